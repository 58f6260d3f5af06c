"""The page of a list that a query asks for, with the number of all that the list holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirepress.model.query import Found
from wirepress.store.clauses import Where
from wirepress.store.unit import Row, Unit

Order = tuple[str, list[Any]]
"""An ORDER BY expression with its values."""


def page(unit: Unit, key: str, table: str, where: Where, order: Order, window: tuple[int, int]) -> Found:
    """The page as the database cuts it: one statement, and a second one where there is nothing on the page."""
    name = key.partition(".")[0]
    total = f"SELECT count(*) FROM {table} {name} WHERE {where.sql}"
    limit, offset = window
    rows = unit.rows(
        f"SELECT {key}, {name}.version, ({total}) FROM {table} {name} WHERE {where.sql}"
        f" ORDER BY {order[0]} LIMIT ? OFFSET ?",
        (*where.values, *where.values, *order[1], limit, offset),
    )
    number = 0
    if rows:
        number = rows[0][2]
    elif offset or not limit:
        number = unit.rows(total, where.values)[0][0]
    return Found(tuple((row[0], row[1]) for row in rows), number)


def cut(rows: Sequence[Row], window: tuple[int, int]) -> Found:
    """The page of rows that begin with id and version and were sifted here."""
    limit, offset = window
    return Found(tuple((row[0], row[1]) for row in rows[offset : offset + limit]), len(rows))
