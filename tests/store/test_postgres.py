"""The store on PostgreSQL."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy

from tests.store.conformance import Conformance
from tests.store.nouns import article
from tests.store.suite_hearing import heard
from wirepress.store import posts
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate
from wirepress.store.tables import metadata

URL = os.environ.get("WIREPRESS_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not URL, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")
NAME = "wirepress_conformance"


@pytest.fixture(scope="module")
def blank() -> Iterator[str]:
    """A database of our own on the server."""
    server = sqlalchemy.create_engine(URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
    url = sqlalchemy.make_url(URL).set(database=NAME).render_as_string(hide_password=False)
    database = open_database(url)
    migrate(database)
    database.close()
    yield url
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {NAME} WITH (FORCE)")
    server.dispose()


@pytest.fixture
def url(blank: str) -> str:
    return blank


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url, pool=4, wait=30)
    with opened.write() as unit:
        tables = ", ".join(table for table in metadata.tables if table != "state")
        unit.run(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        unit.run("UPDATE state SET number = CASE name WHEN 'term' THEN 0 ELSE 1 END")
    yield opened
    opened.close()


@pytest.fixture
def unmigrated() -> Iterator[str]:
    name = f"{NAME}_unmigrated"
    server = sqlalchemy.create_engine(URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield sqlalchemy.make_url(URL).set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


class TestPostgres(Conformance):
    """The suite of all stores."""


def test_the_server_keeps_any_text() -> None:
    engine = sqlalchemy.create_engine(URL)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
        assert connection.scalar(sqlalchemy.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")) == 1
    engine.dispose()


KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND query LIKE %s"
ASKING = "%number FROM state WHERE name = 'epoch'%"
"""What a listener asks; the readers of a pool ask it with a placeholder."""


def test_a_listener_that_is_killed_leads_to_no_old_answer(database: Database, url: str) -> None:
    other = open_database(url, pool=1)
    address = sqlalchemy.make_url(URL)
    server = psycopg.connect(host=address.host, port=address.port, user=address.username, dbname="postgres")
    try:
        with server:
            for number in range(3):
                before = heard(other)
                killed = server.execute(KILL, (NAME, ASKING)).fetchall()
                assert killed
                server.commit()
                with database.write() as unit:
                    posts.insert(unit, article(f"p{number}"))
                written = time.monotonic()
                while (epoch := other.heard()) in (None, before):
                    assert epoch is None or time.monotonic() - written < 1.05
                    time.sleep(0.002)
                assert epoch == before + 1
    finally:
        other.close()


def test_without_word_from_the_server_nothing_is_kept(database: Database, url: str) -> None:
    """A thread that stands still (a stopped process, a network without an end) tells nothing after a second."""
    other = open_database(url, pool=1)
    try:
        before = heard(other)
        listener = other._listener  # type: ignore[attr-defined] # stands still by itself only where a network fails
        with listener._lock:
            with database.write() as unit:
                posts.insert(unit, article())
            time.sleep(1)
            assert other.heard() is None
        assert heard(other) == before + 1
    finally:
        other.close()
