"""Finding what a mistyped address may have meant."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.store.clauses import Where, contains, decoded
from wirepress.store.collation import sort_key
from wirepress.store.tables import RENAMED
from wirepress.store.unit import Unit


def begins_with(unit: Unit, slug: str, types: Sequence[str], date: str = "") -> int | None:
    """The id of a published post whose slug begins so (and whose date, where one is given); of several the first in
    the order of their slugs.

    WordPress: redirect_guess_404_permalink.  A range on the index of keys, which are bytes: texts are compared as the
    server's locale has it, where "ch" may come after "h"; and LIKE would take wildcards from the visitor.
    """
    where, key = Where(), sort_key(slug)
    where.add("slug_key >= ? AND slug_key < ?", key, key + b"\xff\xff")
    where.add("substr(slug, 1, ?) = ?", len(slug), slug)
    where.add("status = ?", "publish")
    where.one_of("type", types)
    if date:
        where.add("date >= ? AND date < ?", date, date + "~")
    rows = unit.rows(f"SELECT id FROM posts WHERE {where.sql} ORDER BY slug_key, id LIMIT 1", where.values)
    return rows[0][0] if rows else None


def once_called(unit: Unit, slug: str, kind: str, date: str = "") -> int | None:
    """The id of a post that had this slug before (and has the date that begins so, where one is given), or that had
    such a date and has or had this slug (WordPress: _find_post_by_old_slug, _find_post_by_old_date)."""
    asked = "SELECT id, date, CAST(meta AS TEXT) FROM posts WHERE"
    where = Where()
    where.add("type = ?", kind)
    where.add(RENAMED[unit.dialect])
    where.add(contains(unit.dialect, "CAST(meta AS TEXT)"), f'"{slug}"')
    renamed = unit.rows(f"{asked} {where.sql} ORDER BY id", where.values)
    before = [(post, day, decoded(meta)) for post, day, meta in renamed]
    before = [row for row in before if slug in texts(row[2].get("_wp_old_slug"))]
    for post, day, _ in before:
        if day.startswith(date):
            return int(post)
    if not date:
        return None
    where = Where()
    where.add("slug_key = ? AND type = ?", sort_key(slug), kind)
    now = unit.rows(f"{asked} {where.sql} ORDER BY id", where.values)
    for post, _, meta in (*((post, day, decoded(meta)) for post, day, meta in now), *before):
        if any(day.startswith(date) for day in texts(meta.get("_wp_old_date"))):
            return int(post)
    return None


def texts(value: object) -> list[str]:
    """The texts among the values of a meta key."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
