"""The list of all sources: how each stands, when it was looked at and will be, what it brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from wirepress.admin import lists, pages
from wirepress.admin.screens.sources import words
from wirepress.admin.visit import Visit
from wirepress.model.errors import Forbidden, WirepressError
from wirepress.model.web import Response
from wirepress.model.wire import SourceKind
from wirepress.syndicate import orders, sources
from wirepress.syndicate.reading.table import readings
from wirepress.syndicate.sources import Health, Overview
from wirepress.url.parse import open_address

HERE = "admin.php?page=sources"
PER_PAGE = "sources_per_page"
COLUMNS: Mapping[str, Literal["asc", "desc"]] = {
    "name": "asc", "health": "asc", "last": "desc", "next": "asc", "rate": "desc",
}  # fmt: skip
WORST_FIRST: Sequence[Health] = (
    "failing", "gone", "flood", "silent", "slow", "running", "never", "fine", "proposed", "paused", "removed",
)  # fmt: skip
TABS: Sequence[tuple[str, str, tuple[Health, ...]]] = (
    ("", "All", ("fine", "slow", "silent", "flood", "failing", "never", "running", "paused", "proposed", "gone")),
    ("fine", "Fine", ("fine", "running")),
    ("slow", "Slow", ("slow",)),
    ("unusual", "Unusual", ("silent", "flood")),
    ("failing", "Failing", ("failing", "gone")),
    ("never", "Never run", ("never",)),
    ("proposed", "Proposed", ("proposed",)),
    ("paused", "Paused", ("paused",)),
    ("removed", "Removed", ("removed",)),
)


def show(visit: Visit) -> Response:
    found = sources.overviews(visit.view)
    tab = visit.asked.choice("health", [name for name, _, _ in TABS])
    numbers = Counter(one.health for one in found)
    wanted = next(held for name, _, held in TABS if name == tab)
    rows = [one for one in found if one.health in wanted and _matches(visit, one)]
    column, order = lists.sorted_by(visit, COLUMNS, "name")
    rows.sort(key=_KEYS[column], reverse=order == "desc")
    size = lists.size_of(visit, PER_PAGE)
    paging = lists.paging(visit, len(rows), size)
    shown = rows[(paging.number - 1) * size : paging.number * size]
    return pages.page(
        visit,
        "sources/list.html",
        visit.say("Sources"),
        rows=[_row(visit, one) for one in shown],
        paging=paging,
        sorts=lists.sorts(visit, COLUMNS, "name"),
        tabs=lists.tabs([_tab(visit, *one, numbers, tab) for one in TABS]),
        any=bool(found),
        tab=tab,
        kinds=[(kind.value, visit.say(reading.label)) for kind, reading in readings()],
        changes=sources.may(visit.view, visit.viewer, "change"),
        here=visit.address(HERE),
    )


def _tab(visit: Visit, name: str, label: str, held: tuple[Health, ...], numbers: Counter[Health], open_: str) -> Any:
    number = sum(numbers[health] for health in held)
    return visit.say(label), number, lists.here(visit, health=name), name == open_


def _matches(visit: Visit, one: Overview) -> bool:
    kind = visit.asked.choice("kind", tuple(SourceKind))
    wanted = visit.asked.text("s").strip().casefold()
    source = one.source
    texts = (source.name, sources.name_of(source), open_address(source.url), source.rules.category, source.memory.error)
    return (not kind or source.kind == kind) and (not wanted or any(wanted in text.casefold() for text in texts))


def _name(one: Overview) -> str:
    return sources.name_of(one.source).casefold()


_KEYS: Mapping[str, Callable[[Overview], Any]] = {
    "name": lambda one: (_name(one), one.source.id),
    "health": lambda one: (WORST_FIRST.index(one.health), _name(one)),
    "last": lambda one: (one.run.started if one.run else 0, one.source.id),
    "next": lambda one: (not one.source.active, one.standing.next_at, one.source.id),
    "rate": lambda one: (one.rate, one.source.id),
}


def _row(visit: Visit, one: Overview) -> Mapping[str, Any]:
    source = one.source
    active = source.active and not one.standing.removed_at
    return {
        "id": source.id,
        "name": sources.name_of(source),
        "url": open_address(source.url),
        "kind": words.kind(visit, source.kind),
        "rights": visit.say(words.RIGHTS[source.rights.value]),
        "category": source.rules.category,
        "href": visit.address(HERE, source=source.id),
        "health": words.health(visit, one),
        "last": words.moment(visit, one.run.started) if one.run else None,
        "left": words.left(visit, one),
        "brought": words.counted(visit, one.run.facts) if one.run and one.run.ended else "",
        "next": next_look(visit, one),
        "rate": rate(one),
        "active": active,
        "proposed": one.health == "proposed",
        "removed": bool(one.standing.removed_at),
    }


def next_look(visit: Visit, one: Overview) -> Mapping[str, str] | None:
    """When a source is looked at next; None for one that is not looked at."""
    if not one.source.active:
        return None
    if one.standing.next_at <= visit.view.now().timestamp():
        return {"ago": visit.say("now"), "full": "", "iso": ""}
    return words.moment(visit, one.standing.next_at)


def rate(one: Overview) -> str:
    """The articles a day that a source brings, as a number."""
    if not one.rate:
        return "0"
    return f"{one.rate:.0f}" if one.rate >= 10 else f"{max(one.rate, 0.1):.1f}"


def act(visit: Visit) -> Response:
    """Has the sources that are checked, or the one whose button was pressed, paused, resumed, removed or looked at."""
    name = lists.action_of(visit)
    if name == "bulk":
        name = visit.sent.text("bulk-action")
    if name == "run":
        return _run(visit)
    verb = _VERBS.get(name)
    if verb is None:
        return pages.towards(visit, HERE)
    if not sources.may(visit.view, visit.viewer, "change"):
        raise Forbidden("no_access", "You may look at sources, but not change them.")
    done, skipped = 0, 0
    for number in lists.rows_of(visit, "source"):
        try:
            verb[0](visit.view, number)
            done += 1
        except WirepressError:
            skipped += 1
    return pages.towards(visit, HERE, **{verb[1]: done, "skipped": skipped})


_VERBS = {
    "pause": (sources.pause, "paused"),
    "resume": (sources.resume, "resumed"),
    "remove": (sources.remove, "removed"),
}


def _run(visit: Visit) -> Response:
    """Orders looks; one alone is followed, of several the list tells."""
    placed = []
    skipped = 0
    wanted = lists.rows_of(visit, "source")
    for number in wanted:
        try:
            placed.append(orders.run(visit.view, visit.viewer, number))
        except WirepressError:
            if len(wanted) == 1:
                raise
            skipped += 1
    if len(placed) == 1 and not skipped:
        return pages.towards(visit, HERE, source=placed[0].source, order=placed[0].id)
    return pages.towards(visit, HERE, ordered=len(placed), skipped=skipped)
