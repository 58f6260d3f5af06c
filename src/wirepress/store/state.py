"""The counters of the whole site."""

from __future__ import annotations

from wirepress.store.unit import Unit


def epoch(unit: Unit) -> int:
    """Grows with every write that a reader can see, and with no other."""
    return _number(unit, "epoch")


def shared_version(unit: Unit) -> int:
    """Grows when something changes that rows lend to other items: options, terms, users, permalinks, roles."""
    return _number(unit, "shape")


def both(unit: Unit) -> tuple[int, int]:
    """Epoch and shared version in one statement."""
    numbers: dict[str, int] = dict(unit.rows("SELECT name, number FROM state WHERE name IN ('epoch', 'shape')"))
    return numbers.get("epoch", 0), numbers.get("shape", 0)


def _number(unit: Unit, name: str) -> int:
    rows = unit.rows("SELECT number FROM state WHERE name = ?", (name,))
    return int(rows[0][0]) if rows else 0
