"""Small pieces of SQL that the queries of all nouns share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, Protocol

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
        if len(values) == 1:
            self.add(f"{column} = ?", values[0])
        else:
            self.add(f"{column} IN ({marks(len(values))})" if values else "1 = 0", *values)

    def none_of(self, column: str, values: Sequence[Any]) -> None:
        """The column holds none of the values."""
        if values:
            self.add(f"{column} NOT IN ({marks(len(values))})", *values)

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts) or "1 = 1"


def marks(count: int) -> str:
    """Placeholders for so many values."""
    return ", ".join("?" * count)


def window(query: Paged) -> tuple[int, int]:
    """LIMIT and OFFSET of a page; an explicit offset wins over the page, as in WordPress."""
    limit = query.per_page if query.per_page > 0 else EVERY
    if query.offset is not None:
        return limit, max(0, query.offset)
    return limit, max(0, query.page - 1) * limit


def position_order(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """An ORDER BY expression for the place of the column's value in a list, and its values."""
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
