"""The store on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import sqlalchemy

from tests.store.conformance import Conformance
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


class TestPostgres(Conformance):
    """The suite of all stores."""


def test_the_server_keeps_any_text() -> None:
    engine = sqlalchemy.create_engine(URL)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
        assert connection.scalar(sqlalchemy.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")) == 1
    engine.dispose()
