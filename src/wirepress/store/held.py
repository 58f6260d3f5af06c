"""Articles that wait for somebody's decision, in the order in which they came, and what came of their originals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirepress.store.clauses import Where
from wirepress.store.unit import Unit

HELD: Final = "posts p JOIN origins o ON o.post = p.id WHERE p.type = 'post' AND p.status = 'pending'"
"""Posts that wait, with what is known of their originals, in SQL."""


@dataclass(frozen=True, slots=True)
class HeldOriginal:
    """What is kept of an original while its article waits: its page, or what the feed says of it, as plain markup."""

    kind: str
    markup: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands among those that wait: its number, of how many, and the posts before and behind it."""

    number: int
    total: int
    before: int
    behind: int


def number(unit: Unit) -> int:
    """How many articles wait."""
    return int(unit.rows(f"SELECT count(*) FROM {HELD}")[0][0])


def _where(source: int, post: int = 0, sign: str = "") -> Where:
    where = Where()
    if source:
        where.one_of("o.source", (source,))
    if post:
        where.add(f"o.id {sign} (SELECT x.id FROM origins x WHERE x.post = ?)", post)
    return where


def page(unit: Unit, source: int, limit: int, offset: int = 0) -> tuple[list[int], int]:
    """The posts that wait, of one source or of all, and how many there are."""
    where = _where(source)
    rows = unit.rows(
        f"SELECT p.id FROM {HELD} AND {where.sql} ORDER BY o.id LIMIT ? OFFSET ?", (*where.values, limit, offset)
    )
    total = unit.rows(f"SELECT count(*) FROM {HELD} AND {where.sql}", where.values)[0][0]
    return [row[0] for row in rows], int(total)


def place(unit: Unit, post: int, source: int = 0) -> Place:
    """Where a post stands, or would stand that waits no more."""
    before, behind, all_of_them = _where(source, post, "<"), _where(source, post, ">"), _where(source)
    row = unit.rows(
        f"SELECT (SELECT count(*) FROM {HELD} AND {before.sql}), (SELECT count(*) FROM {HELD} AND {all_of_them.sql}),"
        f" (SELECT p.id FROM {HELD} AND {before.sql} ORDER BY o.id DESC LIMIT 1),"
        f" (SELECT p.id FROM {HELD} AND {behind.sql} ORDER BY o.id LIMIT 1)",
        (*before.values, *all_of_them.values, *before.values, *behind.values),
    )[0]
    return Place(row[0] + 1, row[1], row[2] or 0, row[3] or 0)


def sources(unit: Unit) -> dict[int, int]:
    """How many articles of each source wait."""
    return {row[0]: int(row[1]) for row in unit.rows(f"SELECT o.source, count(*) FROM {HELD} GROUP BY o.source")}


# ---- what came of them


def keep(unit: Unit, post: int, original: HeldOriginal, now: int) -> None:
    unit.run(
        "INSERT INTO held_originals (post, kind, markup, at) VALUES (?, ?, ?, ?)",
        (post, original.kind, original.markup, now),
    )


def original(unit: Unit, post: int) -> HeldOriginal | None:
    found = unit.rows("SELECT kind, markup FROM held_originals WHERE post = ?", (post,))
    return HeldOriginal(*found[0]) if found else None


def drop(unit: Unit, post: int) -> None:
    """Forgets what came of an original: it was decided, or the rights of its source do not reach to it any more."""
    unit.run("DELETE FROM held_originals WHERE post = ?", (post,))


def forget(unit: Unit, before: int, most: int) -> int:
    """Forgets what was kept before a moment, or beside articles that wait no more, some at a time; how many."""
    return unit.run(
        "DELETE FROM held_originals WHERE post IN (SELECT h.post FROM held_originals h JOIN posts p ON p.id = h.post"
        " WHERE h.at < ? OR p.status <> 'pending' LIMIT ?)",
        (before, most),
    )
