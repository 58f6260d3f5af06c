"""Finding what a mistyped address may have meant."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.store.clauses import Where
from wirepress.store.unit import Unit


def begins_with(unit: Unit, slug: str, types: Sequence[str], date: str = "") -> int | None:
    """The id of a published post whose slug begins so (and whose date, where one is given); the oldest of several.

    WordPress: redirect_guess_404_permalink.  A range on the index, not LIKE, whose wildcards would be the visitor's.
    """
    where = Where()
    where.add("slug >= ? AND slug < ?", slug, slug + "\U0010ffff")
    where.add("status = ?", "publish")
    where.one_of("type", types)
    if date:
        where.add("date >= ? AND date < ?", date, date + "~")
    rows = unit.rows(f"SELECT id FROM posts WHERE {where.sql} ORDER BY id LIMIT 1", where.values)
    return rows[0][0] if rows else None
