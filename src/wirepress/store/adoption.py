"""Posts that have come from elsewhere without an origin, and the origins that they get."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import insert

from wirepress.model.origin import Origin
from wirepress.model.story import TextPrint
from wirepress.store.clauses import chunks, marks
from wirepress.store.columns import insert_sql
from wirepress.store.prints import packed
from wirepress.store.sources import origin_values, save_origin
from wirepress.store.tables import origins
from wirepress.store.tags import of_origins
from wirepress.store.unit import Row, Unit

_STATUSES: Final = ("publish", "future", "private", "draft", "pending", "trash")
_PRINTS: Final = ("post", "source", "at", "gone", "modified", "lead", "rest")


def without_origin(unit: Unit, types: Collection[str], after: int, limit: int) -> list[tuple[int, int]]:
    """Posts of some types that nothing is known of, in the order of their ids from behind one of them, each with the
    length of its text."""
    rows = unit.rows(
        "SELECT p.id, length(p.content) FROM posts p LEFT JOIN origins o ON o.post = p.id"
        f" WHERE p.id > ? AND p.type IN ({marks(len(types))}) AND p.status IN ({marks(len(_STATUSES))})"
        " AND o.id IS NULL ORDER BY p.id LIMIT ?",
        (after, *types, *_STATUSES, limit),
    )
    return [(row[0], row[1]) for row in rows]


def number(unit: Unit, types: Collection[str]) -> int:
    """How many posts there are of some types, whatever is known of them."""
    where = f"p.type IN ({marks(len(types))}) AND p.status IN ({marks(len(_STATUSES))})"
    return int(unit.rows(f"SELECT count(*) FROM posts p WHERE {where}", (*types, *_STATUSES))[0][0])


def with_origin(unit: Unit, posts: Sequence[int]) -> set[int]:
    """Those of these posts that have an origin."""
    return {row[0] for row in unit.rows(f"SELECT post FROM origins WHERE post IN ({marks(len(posts))})", posts)}


def named(unit: Unit, keys: Sequence[str], names: Sequence[tuple[int, str]]) -> list[Row]:
    """The origins that have one of these addresses, or one of these names at a source: id, source, guid, key,
    canonical, post, state, and when it was first seen."""
    select = "SELECT id, source, guid, url_key, canonical, post, state, first_seen FROM origins WHERE "
    found: dict[int, Row] = {}
    for some in chunks(keys):
        for column in ("url_key", "canonical"):
            found |= {row[0]: row for row in unit.rows(f"{select}{column} IN ({marks(len(some))})", some)}
    for pairs in chunks(names):
        sources, guids = sorted({source for source, _ in pairs}), [guid for _, guid in pairs]
        where = f"source IN ({marks(len(sources))}) AND guid IN ({marks(len(guids))})"
        rows = unit.rows(select + where, (*sources, *guids))
        found |= {row[0]: row for row in rows if (row[1], row[2]) in pairs}
    return list(found.values())


def save(unit: Unit, found: Sequence[Origin]) -> None:
    """Writes origins: the new ones in one statement, and those that have a row already."""
    fresh = [origin_values(origin) for origin in found if not origin.id]
    if fresh:
        unit.execute(insert(origins), fresh)
        unit.tags.update(of_origins(row["post"] for row in fresh))
    for origin in found:
        if origin.id:
            save_origin(unit, origin)


def add_prints(unit: Unit, prints: Sequence[tuple[int, int, int, TextPrint, Sequence[int]]]) -> None:
    """Keeps prints of posts: post, source, when they come to count from, the print and its bands."""
    if not prints:
        return
    last = int(unit.rows("SELECT coalesce(max(id), 0) FROM text_prints")[0][0])
    rows = [(post, source, at, 0, "", packed(one.lead), packed(one.rest)) for post, source, at, one, _ in prints]
    unit.run_many(insert_sql("text_prints", _PRINTS), rows)
    numbers = unit.rows("SELECT id FROM text_prints WHERE id > ? ORDER BY id", (last,))
    # A write has the table for itself, and its rows get their numbers in the order in which they come.
    bands = [(band, row[0]) for row, one in zip(numbers, prints, strict=True) for band in one[4]]
    unit.run_many(insert_sql("text_bands", ("band", "print")), bands)
