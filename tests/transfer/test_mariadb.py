"""A WordPress on a real MariaDB, with WordPress's own column types, brings what its SQLite copy brings."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymysql
import pytest
import sqlalchemy

from tests.transfer import mysql_tables
from tests.transfer.wordpress import held, rows, url
from wirepress.model.errors import Invalid
from wirepress.store import posts
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate
from wirepress.transfer.wordpress import import_database, source

URL = os.environ.get("WIREPRESS_TEST_MARIADB")
pytestmark = pytest.mark.skipif(URL is None, reason="WIREPRESS_TEST_MARIADB is unset: `make test-mariadb` sets it")


@pytest.fixture
def wordpress() -> Iterator[sqlalchemy.URL]:
    """An empty database of its own."""
    assert URL is not None
    name = f"wordpress_{uuid.uuid4().hex[:12]}"
    address = sqlalchemy.make_url(URL).set(database=name)
    with connected(sqlalchemy.make_url(URL)) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
        yield address
        cursor.execute(f"DROP DATABASE {name}")


def connected(address: sqlalchemy.URL) -> pymysql.Connection[Any]:
    return pymysql.connect(
        host=address.host or "127.0.0.1",
        port=address.port or 3306,
        user=address.username or "root",
        password=address.password or "",
        database=address.database,
        charset="utf8mb4",
        autocommit=True,
    )


def loaded(address: sqlalchemy.URL, path: Path, prefix: str = "wp_") -> str:
    """The URL of a database that holds what a SQLite copy holds."""
    with connected(address) as connection, connection.cursor() as cursor:
        mysql_tables.create(cursor, prefix)
        mysql_tables.load(cursor, path, prefix)
    return address.render_as_string(hide_password=False)


@pytest.mark.parametrize("name", ["golden", "seed"])
def test_it_brings_what_the_copy_brings(
    name: str,
    request: pytest.FixtureRequest,
    wordpress: sqlalchemy.URL,
    site: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path: Path = request.getfixturevalue(name)
    import_database(site, url(path))
    monkeypatch.setattr(source, "PAGE_ROWS", 20)
    monkeypatch.setattr(source, "PAGE_BYTES", 20_000)
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    migrate(other)
    address = loaded(wordpress, path)
    report = import_database(other, address)
    assert held(other) == held(site)
    assert report.came["posts"].new == len(held(site)["posts"])
    assert import_database(other, address).changes == 0
    other.close()


def test_dates_bytes_and_scripts(wordpress: sqlalchemy.URL, golden: Path, site: Database) -> None:
    address = loaded(wordpress, golden, "blog_")
    with connected(wordpress) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE blog_posts SET post_title = '日本 😀', post_date = '0000-00-00 00:00:00' WHERE ID = 10")
        cursor.execute(
            "CREATE TABLE blog_shop (id bigint unsigned NOT NULL PRIMARY KEY, price decimal(10,2), at datetime,"
            " day date, open time, raw blob, seen timestamp NULL, rules json, flag bit(1))"
        )
        cursor.execute(
            "INSERT INTO blog_shop VALUES (18446744073709551615, 9.50, '0000-00-00 00:00:00', '0000-00-00', '12:00:00',"
            " X'ff00', NULL, '{}', b'1')"
        )
        cursor.execute("CREATE TABLE `blog_odd:name %s` (a int)")
        cursor.execute("INSERT INTO `blog_odd:name %s` VALUES (1), (1)")
        cursor.execute("CREATE VIEW blog_view AS SELECT 1 AS one")
    report = import_database(site, address)
    assert report.prefix == "blog_"
    with site.read() as unit:
        post = posts.get(unit, 10)
    assert post is not None
    assert (post.title, post.date) == ("日本 😀", "0000-00-00 00:00:00")
    kept = rows(site, "SELECT source_key, row FROM kept_rows WHERE source_table = 'blog_shop'")
    assert {key: json.loads(row) for key, row in kept} == {
        "18446744073709551615": {
            "id": 18446744073709551615,
            "price": "9.50",
            "at": "0000-00-00 00:00:00",
            "day": "0000-00-00",
            "open": "12:00:00",
            "raw": {"base16": "ff00"},
            "seen": None,
            "rules": "{}",
            "flag": "\x01",
        }
    }
    assert rows(site, "SELECT count(*) FROM kept_rows WHERE source_table = 'blog_odd:name %s'") == [(2,)]


def test_a_database_that_is_not_wordpress(wordpress: sqlalchemy.URL, site: Database) -> None:
    with pytest.raises(Invalid, match="not a WordPress database") as caught:
        import_database(site, wordpress.render_as_string(hide_password=False))
    assert "\n" not in caught.value.message


def test_the_server_takes_zero_dates_and_any_script() -> None:
    assert URL is not None
    engine = sqlalchemy.create_engine(URL)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TEMPORARY TABLE probe (at DATETIME NOT NULL, name VARCHAR(20))"))
        connection.execute(sqlalchemy.text("INSERT INTO probe VALUES ('0000-00-00 00:00:00', '日本 😀')"))
        assert connection.scalar(sqlalchemy.text("SELECT name FROM probe")) == "日本 😀"
        assert connection.scalar(sqlalchemy.text("SELECT CAST(at AS CHAR) FROM probe")) == "0000-00-00 00:00:00"
    engine.dispose()
