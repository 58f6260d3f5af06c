"""The menu of the administration: what its screens offer to somebody, in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wirepress.admin.table import screens
from wirepress.admin.visit import Group, Menu, Visit
from wirepress.content.identity import second_factor

Placed = tuple[Menu, str]
"""An entry as its screen gives it, and the address that it leads to."""
GROUPS: dict[Group, tuple[str, str]] = {
    "": ("", "today"),
    "posts": ("Posts", "posts"),
    "media": ("Media", "media"),
    "pages": ("Pages", "pages"),
    "comments": ("Comments", "comments"),
    "sources": ("Sources", "sources"),
    "users": ("Users", "users"),
    "settings": ("Settings", "settings"),
    "tools": ("Tools", "tools"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu, with those below it; `count` is how much waits there."""

    label: str
    href: str
    icon: str = ""
    current: bool = False
    below: tuple[Entry, ...] = ()
    count: int = 0


def menu(visit: Visit) -> tuple[Entry, ...]:
    """The menu of a user: what they may not see is not there, and nothing is while a second factor is due."""
    if second_factor.is_due(visit.view, visit.viewer):
        return ()
    found = _found(visit)
    entries: list[Entry] = []
    for group, (label, icon) in _groups(found).items():
        placed = sorted(found.get(group, ()), key=lambda pair: pair[0].order)
        made = _entries(visit, placed)
        if not group:
            entries += [replace(one, icon=one.icon or icon) for one in made]
        elif made:
            if group == "users" and len(made) == 1:
                label = placed[0][0].label  # who may see no other users has a profile here
            entries.append(_heading(visit.say(label), icon, made))
    return tuple(entries)


def _found(visit: Visit) -> dict[Group, list[Placed]]:
    """The entries by group; an address has one, whichever screen names it first."""
    given: dict[str, Menu] = {}
    for screen in screens():
        if screen.menus is not None:
            given = {**screen.menus(visit), **given}
    found: dict[Group, list[Placed]] = {}
    for path, entry in given.items():
        found.setdefault(entry.group, []).append((entry, path))
    return found


def _entries(visit: Visit, placed: Sequence[Placed]) -> tuple[Entry, ...]:
    here = visit.request.path.rpartition("/wp-admin/")[2]
    asked = f"{here}?{visit.request.query}" if visit.request.query else here
    return tuple(
        Entry(visit.say(entry.label), visit.address(path), entry.icon, _stands_at(path, asked), count=entry.count)
        for entry, path in placed
    )


def _heading(label: str, icon: str, below: tuple[Entry, ...]) -> Entry:
    """The entry of a group, which leads to its first screen and counts what waits in all of them."""
    current = any(one.current for one in below)
    return Entry(label, below[0].href, icon, current, below, sum(one.count for one in below))


def _groups(found: Mapping[Group, list[tuple[Menu, str]]]) -> dict[Group, tuple[str, str]]:
    """The groups of the menu in their order, with those that entries bring along behind the pages."""
    own = {
        group: (entries[0][0].heading, entries[0][0].icon or "posts")
        for group, entries in found.items()
        if group not in GROUPS
    }
    groups: dict[Group, tuple[str, str]] = {}
    for group, named in GROUPS.items():
        groups[group] = named
        if group == "pages":
            groups |= own
    return groups


WITHIN = {"comment.php": "edit-comments.php", "term.php": "edit-tags.php"}
"""Screens of one thing, and the lists in whose place of the menu they stand."""


def _stands_at(path: str, asked: str) -> bool:
    """Whether an entry is where somebody is: the same screen, with the variables that the entry names."""
    screen, _, variables = path.partition("?")
    here, _, given = asked.partition("?")
    here = WITHIN.get(here, here)
    if (screen or "index.php") != (here or "index.php"):
        return False
    wanted = {pair for pair in variables.split("&") if pair}
    there = set(given.split("&"))
    if wanted:
        return wanted <= there
    there.discard("post_type=post")
    return not any(pair.startswith(("post_type=", "taxonomy=", "page=")) for pair in there)
