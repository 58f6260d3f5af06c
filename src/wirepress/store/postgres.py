"""PostgreSQL through psycopg."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wirepress.model.errors import Unavailable
from wirepress.store.connections import Lent
from wirepress.store.faults import busy, is_lost, of_postgres, unknown, unreachable
from wirepress.store.listener import CHANNEL, Listener
from wirepress.store.search_lists import LISTS
from wirepress.store.tables import metadata
from wirepress.store.unit import Database, Row, Unit, encode

WRITER_LOCK = 0x77697265
"""The advisory lock that puts the writes of all processes in a row."""


@lru_cache(maxsize=2048)
def _formatted(sql: str) -> str:
    """The statement with psycopg's placeholders."""
    return sql.replace("%", "%%").replace("?", "%s")


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except PoolTimeout as error:
        raise busy() from error
    except OperationalError as error:
        # A server with no connection left to give is there and busy (SQLSTATE 53300); any other does not let us in.
        crowded = getattr(error.orig, "sqlstate", None) == "53300" or "too many clients" in str(error.orig)
        raise (busy() if crowded else unreachable()) from error


@contextmanager
def _given_up(connection: Connection) -> Iterator[None]:
    """Throws a connection away that ends in here: the pool lends it to nobody else."""
    try:
        yield
    except BaseException as error:
        if _is_lost(connection, error):
            connection.invalidate()
        raise


def _is_lost(connection: Connection, error: BaseException) -> bool:
    raised = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if connection.invalidated or is_lost(raised):
        return True
    return bool(getattr(connection.connection.dbapi_connection, "closed", False))


def _lent(connection: Connection) -> Lent:
    return Lent(connection.connection.dbapi_connection, connection)


class PostgresDatabase(Database):
    """A database on a PostgreSQL server."""

    dialect = "postgresql"

    def __init__(self, url: URL, *, pool: int, wait: float) -> None:
        super().__init__()
        self._url = url
        self._wait = wait
        self._listener: Listener | None = None
        self._starting = threading.Lock()
        self._readers = self._engine(url, pool, "REPEATABLE READ", read_only=True)
        # Whether a write may write is the server's to say: one that was switched to reading refuses.
        self._writers = self._engine(url, 4, "READ COMMITTED", read_only=None)

    def _engine(self, url: URL, size: int, isolation: str, *, read_only: bool | None) -> Engine:
        engine = create_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=self._wait,
            pool_pre_ping=True,  # a server that was started again costs no error
            isolation_level=isolation,
            json_serializer=encode,
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            # Compiling a statement takes longer than any of ours runs that is compiled.
            connection.autocommit = True
            connection.execute("SET jit = off")
            connection.autocommit = False
            connection.read_only = read_only

        return engine

    @contextmanager
    def _reading(self) -> Iterator[Lent]:
        connection = _connected(self._readers)
        with connection, connection.begin(), _given_up(connection):
            yield _lent(connection)

    @contextmanager
    def _writing(self) -> Iterator[Lent]:
        try:
            connection = self._in_turn()
        except OperationalError as error:  # it ended while it waited for its turn: nothing was asked of it yet
            if error.orig is None or not is_lost(error.orig):
                raise
            connection = self._in_turn()
        with connection, _given_up(connection):
            yield _lent(connection)
            try:
                connection.commit()
            except BaseException as error:
                if _is_lost(connection, error):
                    raise unknown() from error
                raise

    def _in_turn(self) -> Connection:
        """A connection in a transaction that no other write is beside."""
        connection = _connected(self._writers)
        try:
            with _given_up(connection):
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(self._wait * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
        except BaseException:
            connection.close()
            raise
        return connection

    def meaning(self, error: BaseException, *, writing: bool) -> Unavailable | None:
        return of_postgres(error, writing=writing)

    def fetch(self, raw: Any, sql: str, params: Sequence[Any]) -> list[Row]:
        rows: list[Row] = raw.execute(_formatted(sql), params).fetchall()
        return rows

    def run(self, raw: Any, sql: str, params: Sequence[Any]) -> int:
        count: int = raw.execute(_formatted(sql), params).rowcount
        return count

    def run_many(self, raw: Any, sql: str, params: Sequence[Sequence[Any]]) -> None:
        with raw.cursor() as cursor:
            cursor.executemany(_formatted(sql), params)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        raised = None
        try:
            with super().write() as unit:
                raised = unit
                yield unit
        finally:
            # After the commit, and also when nobody knows whether there was one.
            if self._listener is not None and raised is not None and raised.raised:
                self._listener.note()

    def announce(self, unit: Unit) -> None:
        unit.run(f"NOTIFY {CHANNEL}")

    def hint(self) -> int | None:
        """None: a view looks at the epoch in its own snapshot, so that what is made for a person is never older."""
        return None

    def heard(self) -> int | None:
        """What the listener knows.  It starts with the first question: who never asks needs no connection for it."""
        if self._listener is None:
            with self._starting:
                if self._listener is None:
                    self._listener = Listener(self._url, self.recent)
        return self._listener.epoch()

    def scrub(self) -> None:
        """Removes the rows of the past; those that a transaction may still look at go with the server's next vacuum."""
        with _connected(self._writers).execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM {', '.join((*metadata.tables, LISTS))}")

    def close(self) -> None:
        if self._listener is not None:
            self._listener.close()
        self._readers.dispose()
        self._writers.dispose()
