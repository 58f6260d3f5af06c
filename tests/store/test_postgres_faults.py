"""Connections that end in the middle of a unit, and servers that only read: told by kind, and nothing lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
import sqlalchemy

from tests.store.full import done
from wirepress.model.errors import CannotWrite, ConnectionLost, NoRoom, OutcomeUnknown
from wirepress.store import options
from wirepress.store.database import Database, Unit, open_database
from wirepress.store.migrations import migrate

URL = os.environ.get("WIREPRESS_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not URL, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")


class Server:
    """A database of our own, and a connection beside it that ends others."""

    def __init__(self, name: str, connection: sqlalchemy.Connection) -> None:
        self.name = name
        self.connection = connection
        self.url = sqlalchemy.make_url(URL).set(database=name).render_as_string(hide_password=False)

    def run(self, sql: str) -> None:
        self.connection.exec_driver_sql(sql)

    def end(self, unit: Unit) -> None:
        """Ends the connection of a unit."""
        self.run(f"SELECT pg_terminate_backend({unit.rows('SELECT pg_backend_pid()')[0][0]}, 5000)")

    def end_all(self) -> int:
        """Ends all connections to the database; how many there were."""
        asked = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{self.name}'"
        return len(self.connection.exec_driver_sql(asked).fetchall())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    name = f"wirepress_faults_{uuid4().hex[:8]}"
    engine = sqlalchemy.create_engine(URL, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        made = Server(name, connection)
        database = open_database(made.url)
        migrate(database)
        database.close()
        yield made
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    opened = open_database(server.url, pool=3, wait=5)
    with opened.write() as unit:
        unit.run("DELETE FROM options WHERE name LIKE 'row %'")
    yield opened
    opened.close()


def set_row(name: str) -> Callable[[Unit], object]:
    return lambda unit: options.set_value(unit, f"row {name}", 1)


def kept(database: Database) -> set[str]:
    with database.read() as unit:
        return {name for name in options.all_of(unit) if name.startswith("row ")}


def test_a_read_whose_connection_ends_is_told_so_and_the_next_is_answered(database: Database, server: Server) -> None:
    for ask in (lambda unit: unit.rows("SELECT 1"), options.all_of):
        with pytest.raises(ConnectionLost) as lost:
            done(database.read(), server.end, ask)
        assert lost.value.wait > 0
        assert kept(database) == set()


def test_a_write_whose_connection_ends_before_its_commit_keeps_nothing(database: Database, server: Server) -> None:
    with pytest.raises(ConnectionLost):
        done(database.write(), set_row("lost"), server.end, set_row("more"))
    assert kept(database) == set()
    with database.write() as unit:
        options.set_value(unit, "row kept", 1)
    assert kept(database) == {"row kept"}


def test_a_commit_that_nobody_answers_is_unknown_and_not_done_again(database: Database, server: Server) -> None:
    asked = "SELECT number FROM state WHERE name = 'term'"
    with database.read() as unit:
        before = unit.rows(asked)
    with pytest.raises(OutcomeUnknown) as unknown:
        done(
            database.write(),
            lambda unit: unit.run("UPDATE state SET number = number + 1 WHERE name = 'term'"),
            server.end,
        )
    assert unknown.value.wait == 0
    with database.read() as unit:
        assert unit.rows(asked) == before


def test_a_pool_whose_connections_have_all_ended_answers_at_once(database: Database, server: Server) -> None:
    reading = [database.read() for _ in range(3)]
    for one in reading:
        one.__enter__().rows("SELECT 1")
    for one in reading:
        one.__exit__(None, None, None)
    assert server.end_all() >= 4
    for number in range(5):
        with database.write() as unit:
            options.set_value(unit, f"row {number}", 1)
        assert len(kept(database)) == number + 1


def test_a_write_whose_connection_ends_while_it_waits_gets_its_turn_on_another(
    database: Database, server: Server
) -> None:
    told: list[BaseException | str] = []

    def write() -> None:
        try:
            with database.write() as unit:
                options.set_value(unit, "row waited", 1)
            told.append("kept")
        except Exception as error:  # noqa: BLE001 - the test looks at it
            told.append(error)

    waits = (
        f"SELECT pid FROM pg_stat_activity WHERE datname = '{server.name}' AND wait_event_type = 'Lock'"
        " AND query LIKE '%%pg_advisory_xact_lock%%'"
    )
    with database.write() as unit:
        options.set_value(unit, "row first", 1)
        waiting = threading.Thread(target=write)
        waiting.start()
        found: list[tuple[int]] = []
        while not found and waiting.is_alive():
            found = [tuple(row) for row in server.connection.exec_driver_sql(waits)]
        server.run(f"SELECT pg_terminate_backend({found[0][0]}, 5000)")
    waiting.join(10)
    assert told == ["kept"]
    assert kept(database) == {"row first", "row waited"}


def test_a_server_that_only_reads_takes_no_write_and_answers_reads(server: Server) -> None:
    server.run(f"ALTER DATABASE {server.name} SET default_transaction_read_only = on")
    opened = open_database(server.url, pool=2, wait=5)
    try:
        with pytest.raises(CannotWrite) as refused, opened.write() as unit:
            options.set_value(unit, "row", 1)
        assert not isinstance(refused.value, NoRoom)
        assert opened.refused is refused.value
        assert kept(opened) is not None
    finally:
        opened.close()
        server.run(f"ALTER DATABASE {server.name} RESET default_transaction_read_only")


def test_a_server_whose_disk_is_full_is_told_as_such(database: Database) -> None:
    """The server itself raises the error here, with the code that it has for a full disk."""
    raised = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
    with pytest.raises(NoRoom):
        done(database.write(), set_row("full"), lambda unit: unit.run(raised))
    assert kept(database) == set()


def test_what_was_lost_is_watched_with_what_was_kept(database: Database, server: Server) -> None:
    with database.watch() as watch, pytest.raises(ConnectionLost):
        done(database.read(), server.end, lambda unit: unit.rows("SELECT 1"))
    assert (watch.lost, watch.written) == (True, False)
    with database.watch() as watch, database.write() as unit:
        options.set_value(unit, "row", 1)
    assert (watch.lost, watch.written) == (False, True)
