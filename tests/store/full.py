"""Databases without room: SQLite's own bound of pages says "full" as a disk does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from wirepress.store.database import Database, Unit


def done(opening: AbstractContextManager[Unit], *acts: Callable[[Unit], object]) -> None:
    """Does some things in a unit, one after the other."""
    with opening as unit:
        for act in acts:
            act(unit)


def fill(database: Database) -> None:
    """Lets a SQLite database grow no further, and uses up what it has of free pages."""
    with database.write() as unit:
        unit.rows("PRAGMA secure_delete = OFF")
        pages = unit.rows("PRAGMA page_count")[0][0]
        unit.rows(f"PRAGMA max_page_count = {pages}")
    with database.write() as unit:
        assert unit.rows("PRAGMA freelist_count")[0][0] == 0


def empty(database: Database) -> None:
    """Gives it room again."""
    with database.write() as unit:
        unit.rows("PRAGMA max_page_count = 1000000")


@contextmanager
def full(database: Database) -> Iterator[None]:
    """A SQLite database that can grow no further in here."""
    fill(database)
    try:
        yield
    finally:
        empty(database)


@contextmanager
def refusing(database: Database) -> Iterator[None]:
    """A SQLite database that takes no write at all in here: SQLite says that it is read-only."""
    _query_only(database, "ON")
    try:
        yield
    finally:
        _query_only(database, "OFF")


def _query_only(database: Database, value: str) -> None:
    writer = getattr(database, "_writer").raw_connection()  # noqa: B009 - its one connection that writes
    writer.execute(f"PRAGMA query_only = {value}")
    writer.close()
