"""The store on PostgreSQL."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy

from tests.servers.databases import own_database
from tests.store.conformance import Conformance
from tests.store.nouns import article
from tests.store.suite_hearing import heard
from tests.store.suite_reading import Reading
from wirepress.store import posts
from wirepress.store.collation import fold
from wirepress.store.database import Database, open_database
from wirepress.store.listener import LEASE, Listener
from wirepress.store.migrations import migrate
from wirepress.store.search_tokens import indexed_words
from wirepress.store.tables import metadata
from wirepress.store.tags import Recent

URL = os.environ.get("WIREPRESS_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not URL, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")


@pytest.fixture(scope="module")
def blank() -> Iterator[str]:
    """A database of our own on the server."""
    with own_database(URL) as url:
        database = open_database(url)
        migrate(database)
        database.close()
        yield url


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
    with own_database(URL) as url:
        yield url


class TestPostgres(Conformance):
    """The suite of all stores."""


def test_the_server_keeps_any_text() -> None:
    engine = sqlalchemy.create_engine(URL)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
        assert connection.scalar(sqlalchemy.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")) == 1
    engine.dispose()


def test_how_a_slug_begins_is_not_told_by_the_locale() -> None:
    """In Czech "ch" is a letter behind "h"."""
    with own_database(URL, "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'cs' ENCODING 'UTF8'") as url:
        czech = open_database(url)
        migrate(czech)
        Reading().test_an_address_is_guessed_by_how_its_slug_begins(czech)
        czech.close()


KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND query LIKE %s"
ASKING = "%FROM state LEFT JOIN journal%"
"""What only a listener asks."""


def test_a_listener_that_is_killed_leads_to_no_old_answer(database: Database, url: str) -> None:
    other = open_database(url, pool=1)
    address = sqlalchemy.make_url(url)
    server = psycopg.connect(host=address.host, port=address.port, user=address.username, dbname="postgres")
    try:
        with server:
            for number in range(3):
                before = heard(other)
                killed = server.execute(KILL, (address.database, ASKING)).fetchall()
                assert killed
                server.commit()
                with database.write() as unit:
                    posts.insert(unit, article(f"p{number}"))
                assert heard(other, besides=before) == before + 1
    finally:
        other.close()


class Hand:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def listener(database: Database, url: str, hand: Hand) -> Iterator[Listener]:
    """What hears of the writes of `database` as another process would."""
    made = Listener(sqlalchemy.make_url(url), Recent(), hand)
    yield made
    made.close()


def first_heard(listener: Listener) -> int:
    """What is heard as soon as something is."""
    for _ in range(30_000):
        if (epoch := listener.epoch()) is not None:
            return epoch
        time.sleep(0.002)
    pytest.fail("nothing was heard")


def test_what_was_seen_is_told_for_a_second_and_no_longer(database: Database, listener: Listener, hand: Hand) -> None:
    """A thread that stands still (a stopped process, a network without an end) tells nothing after a second."""
    before = first_heard(listener)
    with listener._lock:  # stands still by itself only where a network fails
        with database.write() as unit:
            posts.insert(unit, article())
        hand.seconds += LEASE
        assert listener.epoch() is None
    assert first_heard(listener) == before + 1


def test_a_second_after_a_write_nothing_older_is_told(database: Database, listener: Listener, hand: Hand) -> None:
    for number in range(10):
        before = first_heard(listener)
        with database.write() as unit:
            posts.insert(unit, article(f"p{number}"))
        hand.seconds += LEASE
        assert {listener.epoch() for _ in range(1000)} <= {None, before + 1}
        assert first_heard(listener) == before + 1


def test_scrubbing_leaves_no_old_row_to_be_read(database: Database, url: str) -> None:
    with database.write() as unit:
        unit.run("CREATE EXTENSION IF NOT EXISTS pgstattuple")
        posts.insert(unit, article("licensed", content="A text that may not stay. " * 400))
    for text in ("Shorter.", "Shortest."):
        with database.write() as unit:
            found = posts.by_slug(unit, "licensed", ("post",))
            assert found is not None
            posts.update(unit, found.id, content=text)
    database.scrub()
    with database.read() as unit:
        for table in ("posts", "(SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'posts')"):
            named = f"'{table}'" if table == "posts" else table
            assert unit.rows(f"SELECT dead_tuple_count FROM pgstattuple({named})")[0][0] == 0


@pytest.mark.parametrize("title", ["", "Café 9, to be", "ab" * 100, "日本 Ж'n"])
@pytest.mark.parametrize("text", ["", "be, or\nnot. Ωmega", "0123456789a" * 50, "x" * 64, "y" * 65])
def test_the_database_finds_the_words_that_python_finds(database: Database, title: str, text: str) -> None:
    title, text = fold(title), fold(text)
    with database.read() as unit:
        found = unit.rows("SELECT indexed_words(?, ?)", (title, text))[0][0]
    assert sorted(found) == sorted(indexed_words(title, text).split())
