"""A menu as a list of places with their depths, and what the buttons do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

Place = tuple[int, int]
"""The id of an entry and how deep it stands."""
DEEPEST = 11
"""No entry stands deeper (WordPress: menu_max_depth)."""


def flat(parents: Mapping[int, int]) -> list[Place]:
    """The places of entries, by their order, from what each stands under; who stands under nobody is at the top."""
    below: dict[int, list[int]] = {}
    for number, parent in parents.items():
        below.setdefault(parent if parent in parents else 0, []).append(number)
    found: list[Place] = []
    seen: set[int] = set()
    for root in (*below.get(0, ()), *parents):  # what stands under itself by way of others is not lost
        stack = [(root, 0)]
        while stack:
            number, depth = stack.pop()
            if number not in seen:
                seen.add(number)
                found.append((number, depth))
                stack += [(child, depth + 1) for child in reversed(below.get(number, ()))]
    return sound(found)


def sound(places: Iterable[Place]) -> list[Place]:
    """The places, none of them deeper than one below what it follows."""
    found: list[Place] = []
    last = -1
    for number, depth in places:
        last = max(0, min(depth, last + 1, DEEPEST))
        found.append((number, last))
    return found


def parents_of(places: Sequence[Place]) -> dict[int, int]:
    """What each entry stands under, 0 at the top."""
    found: dict[int, int] = {}
    path: list[int] = []
    for number, depth in places:
        del path[depth:]
        found[number] = path[-1] if path else 0
        path.append(number)
    return found


def end_of(places: Sequence[Place], at: int) -> int:
    """Where what stands under an entry ends."""
    return next((i for i in range(at + 1, len(places)) if places[i][1] <= places[at][1]), len(places))


def _before(places: Sequence[Place], at: int) -> int:
    """The place of the entry before it that stands under the same; -1 for none."""
    depth = places[at][1]
    for i in range(at - 1, -1, -1):
        if places[i][1] < depth:
            return -1
        if places[i][1] == depth:
            return i
    return -1


def up(places: list[Place], at: int) -> list[Place]:
    """Before the one that it follows."""
    before = _before(places, at)
    if before < 0:
        return places
    end = end_of(places, at)
    return [*places[:before], *places[at:end], *places[before:at], *places[end:]]


def down(places: list[Place], at: int) -> list[Place]:
    """Behind the one that follows it."""
    end = end_of(places, at)
    if end == len(places) or places[end][1] != places[at][1]:
        return places
    return up(places, end)


def under(places: list[Place], at: int) -> list[Place]:
    """Under the one that it follows, behind all that is there."""
    if _before(places, at) < 0:
        return places
    end = end_of(places, at)
    return sound([*places[:at], *((number, depth + 1) for number, depth in places[at:end]), *places[end:]])


def out(places: list[Place], at: int) -> list[Place]:
    """Out from under the one that it stands under, behind all that stays there."""
    depth = places[at][1]
    if not depth:
        return places
    above = next(i for i in range(at, -1, -1) if places[i][1] == depth - 1)
    end, stays = end_of(places, at), end_of(places, above)
    moved = [(number, deep - 1) for number, deep in places[at:end]]
    return [*places[:at], *places[end:stays], *moved, *places[stays:]]


def without(places: list[Place], at: int) -> list[Place]:
    """Without an entry; what stands under it takes its place."""
    end = end_of(places, at)
    return sound([*places[:at], *((number, depth - 1) for number, depth in places[at + 1 : end]), *places[end:]])


MOVES: Mapping[str, Callable[[list[Place], int], list[Place]]] = {"up": up, "down": down, "under": under, "out": out}
