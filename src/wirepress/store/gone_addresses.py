"""Addresses of posts that were published and are deleted for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Column, Index, Table, Text

from wirepress.store.clauses import marks
from wirepress.store.table_parts import Id, filled, metadata
from wirepress.store.unit import Unit

MOST: Final = 50_000
"""Addresses that are remembered: the newest."""

gone_addresses: Final = Table(
    "gone_addresses", metadata, Column("path", Text, primary_key=True), *filled(Id, "at")
)  # fmt: skip
Index(None, gone_addresses.c.at)


def note(unit: Unit, paths: Iterable[str], now: int) -> None:
    unit.run_many(
        "INSERT INTO gone_addresses (path, at) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET at = excluded.at",
        [(path, now) for path in paths],
    )


def is_one(unit: Unit, path: str) -> bool:
    """Whether a path is an address of what is gone."""
    return bool(unit.rows("SELECT 1 FROM gone_addresses WHERE path = ?", (path,)))


def lift(unit: Unit, paths: Sequence[str]) -> bool:
    """Forgets that something is gone at these paths and says whether that was known."""
    return unit.run(f"DELETE FROM gone_addresses WHERE path IN ({marks(len(paths))})", paths) > 0


def trim(unit: Unit, limit: int, most: int = MOST) -> int:
    """Forgets the oldest beyond so many, at most `limit`; how many there were."""
    return unit.run(
        "DELETE FROM gone_addresses WHERE path IN"
        " (SELECT path FROM gone_addresses ORDER BY at DESC, path LIMIT ? OFFSET ?)",
        (limit, most),
    )
