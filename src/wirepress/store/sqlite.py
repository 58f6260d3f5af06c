"""SQLite: write-ahead log, one writer at a time, readers on connections of their own.

Writes that wait for each other share one commit: each runs in a savepoint of one transaction, one after the other, and
the last in the row commits for all.  None of them is answered before the log is on the disk, and a disk that takes
milliseconds for that takes them once for the whole row.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, Transaction, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wirepress.model.errors import Unavailable
from wirepress.store.connections import Lent
from wirepress.store.faults import busy, leaves_open, of_sqlite, unknown
from wirepress.store.search_tokens import indexed_words
from wirepress.store.tags import NEWS
from wirepress.store.unit import Database, Row, Unit, encode

CACHE_KIB = 8_000
STATEMENTS = 512
MOST_SHARING = 64
"""How many writes share a commit at most: other processes want their turn too."""
LOOK = 0.05
"""Seconds between two looks of a write that waits for its commit."""
PAGE_SIZE = 8192
"""An article and its texts fit a page or two of this size; with the usual 4096 every one spills over."""


class _Shared:
    """A transaction that writes share; `done` once it is committed, or has failed."""

    def __init__(self, connection: Connection, transaction: Transaction) -> None:
        self.connection = connection
        self.transaction = transaction
        self.writes = 0
        self.done = threading.Event()
        self.failure: BaseException | None = None
        self._ending = False
        self._lock = threading.Lock()

    def fail(self, failure: BaseException) -> bool:
        """Sees to it that nothing of it is kept, and says whether that was in time: its commit had not begun."""
        with self._lock:
            if self._ending:
                return False
            self.failure = self.failure or failure
            return True

    def end(self) -> bool:
        """Called once, when nobody writes in it any more: whether it is to be committed."""
        with self._lock:
            self._ending = True
            return self.writes > 0 and self.failure is None


@contextmanager
def _savepoint(shared: _Shared) -> Iterator[None]:
    """One write in a shared transaction: kept whole, or undone without touching the others."""
    raw: Any = shared.connection.connection.dbapi_connection
    raw.execute("SAVEPOINT one")
    try:
        yield
    except BaseException as error:
        if not _undone(raw):
            shared.fail(error)
        raise
    try:
        raw.execute("RELEASE one")
    except BaseException as error:
        shared.fail(error)
        raise


def _undone(raw: Any) -> bool:
    """Undoes a write alone; False where that cannot be: a full disk has undone the writes of the others too."""
    if not raw.in_transaction:
        return False
    try:
        raw.execute("ROLLBACK TO one")
        raw.execute("RELEASE one")
    except sqlite3.Error:
        return False
    return True


def _of_commit(error: BaseException) -> BaseException:
    raised = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return unknown() if leaves_open(raised) else error


class SqliteDatabase(Database):
    """A database in one file."""

    dialect = "sqlite"

    def __init__(self, url: URL, *, pool: int, wait: float) -> None:
        super().__init__()
        if not url.database or url.database == ":memory:":
            raise ValueError("a database in memory cannot be shared by the connections of a pool")
        self._path = url.database
        self._wait = wait
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._shared: _Shared | None = None
        self.folder = Path(url.database).parent
        with self._faults(writing=True):
            if not Path(url.database).exists():
                # It holds hashes of passwords and people's addresses; the files beside it get the same rights.
                Path(url.database).touch(mode=0o600)
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
            pool_use_lifo=True,  # a connection that is not needed again costs no memory for its cache
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
            if not raw.in_transaction:  # a read has begun before SQLAlchemy hears of it
                raw.execute(begin)

        return engine

    @contextmanager
    def _reading(self) -> Iterator[Lent]:
        try:
            pooled = self._readers.raw_connection()
        except PoolTimeout as error:
            raise busy() from error
        try:
            raw: Any = pooled.dbapi_connection
            raw.execute("BEGIN")
            yield Lent(raw, lambda: Connection(self._readers, pooled))
        finally:
            pooled.close()  # the pool rolls back

    @contextmanager
    def _writing(self) -> Iterator[Lent]:
        with self._taking_turn():
            shared = self._shared or self._begin()
            try:
                with _savepoint(shared):
                    yield Lent(shared.connection.connection.dbapi_connection, shared.connection)
                shared.writes += 1
            finally:
                last = not self._waiting or shared.writes >= MOST_SHARING or shared.failure is not None
                if last:
                    self._commit(shared)
        self._await_commit(shared)
        if shared.failure is not None:
            raise shared.failure

    def _await_commit(self, shared: _Shared) -> None:
        """Waits until a shared transaction is committed, no longer than for a turn.

        Where somebody else still writes in it then, it is given up as a whole, so that whoever asked can be told that
        nothing was kept (Unavailable); where its commit has begun, nobody can say (OutcomeUnknown).
        """
        for _ in range(max(1, round(self._wait / LOOK))):
            if shared.done.wait(LOOK):
                return
            # Whoever was waiting has given up: nobody else commits what was written here.
            if self._turn.acquire(blocking=False):
                with self._released():
                    if self._shared is shared:
                        self._commit(shared)
        if not shared.done.is_set():
            raise busy() if shared.fail(busy()) else unknown()

    @property
    def writes_waiting(self) -> int:
        return self._waiting

    @contextmanager
    def _taking_turn(self) -> Iterator[None]:
        with self._counting:
            self._waiting += 1
        try:
            taken = self._turn.acquire(timeout=self._wait)
        finally:
            with self._counting:
                self._waiting -= 1
        if not taken:
            raise busy()
        with self._released():
            yield

    @contextmanager
    def _released(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._turn.release()

    def _begin(self) -> _Shared:
        connection = self._writer.connect()
        try:
            transaction = connection.begin()
        except BaseException:
            connection.close()
            raise
        self._shared = _Shared(connection, transaction)
        return self._shared

    def _commit(self, shared: _Shared) -> None:
        """Ends the shared transaction; what goes wrong is told to everybody who wrote in it."""
        self._shared = None
        try:
            with shared.connection:
                try:
                    if shared.end():
                        shared.transaction.commit()
                    else:
                        shared.transaction.rollback()
                except BaseException:
                    shared.connection.invalidate()  # nobody knows what it is in the middle of
                    raise
        except BaseException as error:  # noqa: BLE001 - each writer raises it where it waits
            shared.failure = shared.failure or _of_commit(error)
        finally:
            shared.done.set()

    def meaning(self, error: BaseException, *, writing: bool) -> Unavailable | None:
        return of_sqlite(error, writing=writing)

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
                before = self._heard[1] if self._heard is not None else None
                epoch = int(self._watch.execute("SELECT number FROM state WHERE name = 'epoch'").fetchone()[0])
                if before is not None and epoch != before:
                    self.recent.note(before, epoch, self._watch.execute(NEWS, (before,)).fetchall())
                self._heard = (version, epoch)
            return self._heard[1]

    def scrub(self) -> None:
        """Merges the search indexes, whose segments keep what was deleted, and empties the log of writes.

        Readers that still see the past keep the log as it is; the next scrub, or the log's own round, empties it then.
        """
        with self.write() as unit:
            unit.run("DELETE FROM search_words WHERE word NOT IN (SELECT term FROM search_word_counts)")
            for index in ("search_index", "search_word_index", "search_vocabulary"):
                unit.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        with self._taking_turn(), closing(self._connect()) as connection:
            if self._shared is not None:
                self._commit(self._shared)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._readers.dispose()
        self._writer.dispose()
        with self._watching:
            self._watch.close()
