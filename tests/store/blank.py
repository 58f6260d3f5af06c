"""Databases of SQLite without a row: one is migrated for all tests of a process, the others are copies of it."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate


def blank_database(path: Path) -> Database:
    """The tables of today in a file that is not there yet."""
    shutil.copy(_migrated(), path)
    return open_database(f"sqlite:///{path}")


@cache
def _migrated() -> Path:
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "blank.sqlite"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path
