"""A database by its address."""

from __future__ import annotations

from sqlalchemy import make_url

from wirepress.store.postgres import PostgresDatabase
from wirepress.store.sqlite import SqliteDatabase
from wirepress.store.unit import Database, Unit

__all__ = ["Database", "Unit", "open_database"]


def open_database(url: str, *, pool: int = 8, wait: float = 10) -> Database:
    """The database at a SQLAlchemy URL (`sqlite:///path` or `postgresql+psycopg://...`).

    `pool` bounds the connections for reading, `wait` the seconds a unit waits for its turn.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return PostgresDatabase(parsed, pool=pool, wait=wait)
    return SqliteDatabase(parsed, pool=pool, wait=wait)
