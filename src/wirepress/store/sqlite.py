"""SQLite: write-ahead log, one writer at a time, readers on connections of their own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wirepress.store.search_tokens import indexed_words
from wirepress.store.unit import Database, Row, Unit, busy, encode

CACHE_KIB = 8_000
STATEMENTS = 512
PAGE_SIZE = 8192
"""An article and its texts fit a page or two of this size; with the usual 4096 every one spills over."""


class SqliteDatabase(Database):
    """A database in one file."""

    def __init__(self, url: URL, *, pool: int, wait: float) -> None:
        super().__init__()
        if not url.database or url.database == ":memory:":
            raise ValueError("a database in memory cannot be shared by the connections of a pool")
        self._path = url.database
        self._wait = wait
        self._turn = threading.Lock()
        with closing(self._connect()) as first:
            first.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # heard by a new file only
            first.execute("PRAGMA journal_mode = WAL")
        self._readers = self._engine(url, pool, "BEGIN", ("PRAGMA query_only = ON",))
        # A write that was answered survives a loss of power: the log is synced at each commit.
        # What is deleted is overwritten: a text that may no longer be kept must not lie on in free pages.
        pragmas = ("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON")
        self._writer = self._engine(url, 1, "BEGIN IMMEDIATE", pragmas)
        self._watch = self._connect()
        self._watching = threading.Lock()
        self._heard: tuple[int, int] | None = None

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=self._wait, isolation_level=None, check_same_thread=False)

    def _engine(self, url: URL, size: int, begin: str, pragmas: Sequence[str]) -> Engine:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0,
            pool_timeout=self._wait,
            json_serializer=encode,
            connect_args={
                "timeout": self._wait,
                "isolation_level": None,  # the driver begins nothing by itself
                "check_same_thread": False,  # the pool lends a connection to one thread at a time
                "cached_statements": STATEMENTS,
            },
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _record: object) -> None:
            for pragma in ("PRAGMA foreign_keys = ON", f"PRAGMA cache_size = -{CACHE_KIB}", *pragmas):
                connection.execute(pragma)
            connection.create_function("indexed_words", 4, indexed_words, deterministic=True)

        @event.listens_for(engine, "begin")
        def start(connection: Connection) -> None:
            raw: Any = connection.connection.dbapi_connection
            raw.execute(begin)

        return engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            connection = self._readers.connect()
        except PoolTimeout as error:
            raise busy() from error
        with connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if not self._turn.acquire(timeout=self._wait):
            raise busy()
        try:
            with self._writer.connect() as connection:
                try:
                    transaction = connection.begin()
                except (OperationalError, sqlite3.OperationalError) as error:
                    if "locked" not in str(error):
                        raise
                    raise busy() from error
                with transaction:
                    yield connection
        finally:
            self._turn.release()

    def fetch(self, raw: Any, sql: str, params: Sequence[Any]) -> list[Row]:
        rows: list[Row] = raw.execute(sql, params).fetchall()
        return rows

    def run(self, raw: Any, sql: str, params: Sequence[Any]) -> int:
        count: int = raw.execute(sql, params).rowcount
        return count

    def run_many(self, raw: Any, sql: str, params: Sequence[Sequence[Any]]) -> None:
        raw.executemany(sql, params)

    def announce(self, unit: Unit) -> None:
        """Nothing: data_version tells everybody."""

    def hint(self) -> int | None:
        """SQLite's data_version, which changes when another connection has committed: this one never does."""
        with self._watching:
            return self._data_version()

    def _data_version(self) -> int:
        number: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    def heard(self) -> int | None:
        """The epoch as it is.  The row is read after the hint that it is kept under, so it is never older."""
        with self._watching:
            version = self._data_version()
            if self._heard is None or self._heard[0] != version:
                row = self._watch.execute("SELECT number FROM state WHERE name = 'epoch'").fetchone()
                self._heard = (version, int(row[0]))
            return self._heard[1]

    def scrub(self) -> None:
        """Merges the search indexes, whose segments keep what was deleted, and empties the log of writes.

        Readers that still see the past keep the log as it is; the next scrub, or the log's own round, empties it then.
        """
        with self.write() as unit:
            unit.run("DELETE FROM search_words WHERE word NOT IN (SELECT term FROM search_word_counts)")
            for index in ("search_index", "search_word_index", "search_vocabulary"):
                unit.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        with self._turn, closing(self._connect()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._readers.dispose()
        self._writer.dispose()
        with self._watching:
            self._watch.close()
