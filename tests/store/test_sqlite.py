"""The store on SQLite."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conformance import Conformance
from wirepress.store import options
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "blank.sqlite"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture
def url(blank: Path, tmp_path: Path) -> str:
    shutil.copy(blank, tmp_path / "store.sqlite")
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url, pool=4, wait=30)
    yield opened
    opened.close()


@pytest.fixture
def unmigrated(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'unmigrated.sqlite'}"


class TestSqlite(Conformance):
    """The suite of all stores."""


def test_the_log_is_synced_at_each_commit(database: Database, url: str) -> None:
    with database.write() as unit:
        assert unit.rows("PRAGMA synchronous") == [(2,)]
        assert unit.rows("PRAGMA foreign_keys") == [(1,)]
        options.set_value(unit, "x", 1)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_reader_cannot_write(database: Database) -> None:
    with database.read() as unit, pytest.raises(sqlite3.OperationalError):
        unit.run("DELETE FROM options")


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="memory"):
        open_database("sqlite://")
