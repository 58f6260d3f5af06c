"""Small pieces of SQL that the queries of all nouns share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol, TypeVar

T = TypeVar("T")

EVERY: Final = 2**31 - 1
"""A LIMIT that limits nothing."""


class Paged(Protocol):
    """What every query says about its page."""

    @property
    def page(self) -> int: ...

    @property
    def per_page(self) -> int: ...

    @property
    def offset(self) -> int | None: ...


class Where:
    """Conditions that must all hold, with their values."""

    __slots__ = ("parts", "values")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, sql: str, *values: Any) -> None:
        """A condition with `?` for each value."""
        self.parts.append(sql)
        self.values.extend(values)

    def one_of(self, column: str, values: Sequence[Any]) -> None:
        """The column holds one of the values; nothing is found when there are none."""
        values = storable(values)
        if len(values) == 1:
            self.add(f"{column} = ?", values[0])
        else:
            self.add(f"{column} IN ({marks(len(values))})" if values else "1 = 0", *values)

    def none_of(self, column: str, values: Sequence[Any]) -> None:
        """The column holds none of the values."""
        values = storable(values)
        if values:
            self.add(f"{column} NOT IN ({marks(len(values))})", *values)

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts) or "1 = 1"


def storable(values: Sequence[Any]) -> Sequence[Any]:
    """Those of the values that a column can hold: a number of more than 64 bits and a text with a NUL match nothing."""
    return [value for value in values if _storable(value)]


def _storable(value: object) -> bool:
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return not isinstance(value, str) or "\0" not in value


def chunks(values: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """The values in pieces that fit into a statement (SQLite and PostgreSQL bound the number of its values)."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def marks(count: int) -> str:
    """Placeholders for so many values; for none what nothing is equal to."""
    return ", ".join("?" * count) or "NULL"


def window(query: Paged) -> tuple[int, int]:
    """LIMIT and OFFSET of a page; an explicit offset wins over the page, as in WordPress."""
    limit = min(query.per_page, EVERY) if query.per_page > 0 else EVERY
    offset = query.offset if query.offset is not None else (query.page - 1) * limit
    return limit, min(max(0, offset), 2**63 - 1)


def position_order(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """An ORDER BY expression for the place of the column's value in a list, and its values."""
    values = storable(values)
    if not values:
        return column, []
    cases = " ".join(f"WHEN ? THEN {i}" for i in range(len(values)))
    return f"CASE {column} {cases} ELSE {len(values)} END", list(values)


def contains(dialect: str, column: str) -> str:
    """A condition with one `?`: the column holds the value somewhere."""
    return f"instr({column}, ?) > 0" if dialect == "sqlite" else f"position(? IN {column}) > 0"


def decoded(text: str) -> dict[str, Any]:
    """The object of a JSON column that was read as text; most are empty."""
    if text == "{}":
        return {}
    value = json.loads(text)
    return value if isinstance(value, dict) else {}
