"""The counters of the whole site."""

from __future__ import annotations

from typing import Final

from wirepress.store.tags import KEPT
from wirepress.store.unit import Unit

UNSETTLED: Final = "unsettled"
"""The counter that stands while rows have come and what follows from them is not made yet."""


def epoch(unit: Unit) -> int:
    """Grows with every write that a reader can see, and with no other."""
    rows = unit.rows("SELECT number FROM state WHERE name = 'epoch'")
    return int(rows[0][0]) if rows else 0


def note_worker(unit: Unit, now: int) -> None:
    """Notes that the worker is there, at a time in seconds since 1970."""
    unit.run(
        "INSERT INTO state (name, number) VALUES ('worker', ?)"
        " ON CONFLICT (name) DO UPDATE SET number = excluded.number",
        (now,),
    )


def worker_heard(unit: Unit) -> int:
    """When the worker was last heard of, in seconds since 1970; 0: never."""
    rows = unit.rows("SELECT number FROM state WHERE name = 'worker'")
    return int(rows[0][0]) if rows else 0


def is_unsettled(unit: Unit) -> bool:
    """Whether rows of an import have come, and what follows from them is not made yet."""
    return bool(unit.rows("SELECT 1 FROM state WHERE name = ?", (UNSETTLED,)))


def prove_writing(unit: Unit) -> None:
    """Writes something that changes nothing."""
    unit.run("UPDATE state SET number = number WHERE name = 'epoch'")


def skip_epochs(unit: Unit) -> None:
    """Raises the epoch by far more than the journal reaches back, so that nobody can tell what lies between."""
    unit.run("UPDATE state SET number = number + ? WHERE name = 'epoch'", (1_000 * KEPT,))
    unit.raise_epoch()


def both(unit: Unit) -> tuple[int, int]:
    """Epoch and shared version in one statement; the latter, kept as "shape", grows when something changes that rows
    lend to other items: options, terms, users, permalinks, roles."""
    numbers: dict[str, int] = dict(unit.rows("SELECT name, number FROM state WHERE name IN ('epoch', 'shape')"))
    return numbers.get("epoch", 0), numbers.get("shape", 0)
