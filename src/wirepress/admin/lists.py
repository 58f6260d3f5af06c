"""What lists of all kinds share: pages, sorting, tabs, how many rows somebody wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wirepress.admin.forms import Values
from wirepress.admin.visit import Visit

SIZES = (10, 20, 50, 100, 200)
USUAL = 20
MOST_PAGES = 1 << 40


@dataclass(frozen=True, slots=True)
class Paging:
    """The place of a page in a list, and the addresses beside it (None: there is none)."""

    number: int
    pages: int
    count_text: str
    first: str | None
    previous: str | None
    next: str | None
    last: str | None


def here(visit: Visit, **changed: Any) -> str:
    """The address of this list with some variables changed; "" leaves one out."""
    kept: dict[str, Any] = {
        name: values if len(values) > 1 else values[0]
        for name, values in visit.asked.pairs.items()
        if name not in NOT_KEPT
    }
    return visit.address(visit.screen.path, **{**kept, **changed})


NOT_KEPT = frozenset({"_wpnonce", "action", "action2", "paged", "updated", "trashed", "untrashed", "drafted", "deleted",
                      "skipped",
                      "added", "attached", "detach", "copied", "unchosen", "approved", "unapproved", "spammed",
                      "unspammed", "replied", "reply", "settings-updated", "ids", "quick", "bulk", "promoted", "mailed",
                      "saved", "ended", "revoked", "factor-off", "paused", "resumed", "removed", "ordered", "order",
                       "redirected", "unredirected", "requested",
                       "taken-down", "lifted", "erased-content", "accepted", "rejected", "joined",
                       "merged", "split",
                      "events"})  # fmt: skip
"""Variables that say what has just happened, or where a list stands."""


def paging(visit: Visit, total: int, size: int) -> Paging:
    """The pages of a list of `total` rows."""
    pages = max(1, -(-total // size))
    number = page_of(visit)

    def address(page: int) -> str | None:
        if 1 <= page <= pages and page != number:
            return here(visit, paged=page if page > 1 else "")
        return None

    count = visit.language.count("%(count)s item", "%(count)s items", total)
    return Paging(number, pages, count, address(1), address(number - 1), address(number + 1), address(pages))


def page_of(visit: Visit) -> int:
    """The page of a list that is asked for, from 1."""
    return max(1, min(visit.asked.number("paged", 1), MOST_PAGES))


def size_of(visit: Visit, name: str) -> int:
    """How many rows somebody wants to see of a list, kept with them under WordPress's name (`edit_post_per_page`)."""
    kept = visit.user.meta.get(name) or [""]
    number = Values({name: [str(kept[0])]}).number(name, USUAL)
    return max(1, min(number, max(SIZES)))


Direction = Literal["", "ascending", "descending"]


def sorts(visit: Visit, columns: Mapping[str, Literal["asc", "desc"]], usual: str) -> dict[str, tuple[str, Direction]]:
    """For each column that sorts the address that sorts by it, and how it is sorted now; `columns` say in which
    order a column sorts at first."""
    current, order = sorted_by(visit, columns, usual)
    found: dict[str, tuple[str, Direction]] = {}
    for column, first in columns.items():
        direction: Direction = ""
        then = first
        if column == current:
            direction = "ascending" if order == "asc" else "descending"
            then = "desc" if order == "asc" else "asc"
        found[column] = (here(visit, orderby=column, order=then), direction)
    return found


def sorted_by(
    visit: Visit, columns: Mapping[str, Literal["asc", "desc"]], usual: str
) -> tuple[str, Literal["asc", "desc"]]:
    """By which column a list is sorted, and how."""
    column = visit.asked.choice("orderby", tuple(columns), usual)
    if visit.asked.text("order").lower() in ("asc", "desc"):
        return column, "asc" if visit.asked.text("order").lower() == "asc" else "desc"
    return column, columns.get(column, "asc")


def chosen(visit: Visit, name: str) -> tuple[int, ...]:
    """The rows that somebody has checked, or the one whose own button they pressed."""
    return visit.sent.numbers(name) or visit.asked.numbers(name)


def action_of(visit: Visit) -> str:
    """What is to be done with the rows: a row's own button says `action:id`, else the choice over the list."""
    return visit.sent.text("action").partition(":")[0]


def rows_of(visit: Visit, name: str) -> tuple[int, ...]:
    """The rows that an action is meant for."""
    _, colon, own = visit.sent.text("action").partition(":")
    if colon:
        return (int(own),) if own.isascii() and own.isdigit() and len(own) < 19 else ()
    return visit.sent.numbers(name)


def tabs(entries: Sequence[tuple[str, int | None, str, bool]]) -> list[tuple[str, int | None, str, bool]]:
    """Tabs without those that hold nothing, but for the first and the one that is open."""
    return [entry for at, entry in enumerate(entries) if at == 0 or entry[3] or entry[1] != 0]
