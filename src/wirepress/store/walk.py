"""All rows of a table, some at a time and in the order of their ids."""

from __future__ import annotations

from typing import Literal

from wirepress.store.unit import Unit

Walked = Literal["posts", "comments", "terms", "users"]
_KEYS: dict[Walked, str] = {"posts": "id", "comments": "id", "terms": "taxonomy_id", "users": "id"}


def after(unit: Unit, table: Walked, last: int, limit: int) -> list[int]:
    """The ids that follow one, of terms their taxonomy ids."""
    key = _KEYS[table]
    rows = unit.rows(f"SELECT {key} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?", (last, limit))
    return [row[0] for row in rows]


def number(unit: Unit, table: Walked) -> int:
    """How many rows there are."""
    return int(unit.rows(f"SELECT count(*) FROM {table}")[0][0])
