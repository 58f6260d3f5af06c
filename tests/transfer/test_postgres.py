"""An import into PostgreSQL brings what one into SQLite brings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.databases import own_database
from tests.transfer.wordpress import change, held, url
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate
from wirepress.transfer.wordpress import import_database

URL = os.environ.get("WIREPRESS_TEST_POSTGRES")
pytestmark = pytest.mark.skipif(URL is None, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")


@pytest.fixture
def postgres() -> Iterator[Database]:
    """A site without a row, in a database of its own."""
    assert URL is not None
    with own_database(URL) as address:
        database = open_database(address)
        migrate(database)
        yield database
        database.close()


@pytest.mark.parametrize("name", ["golden", "seed"])
def test_it_brings_the_same(name: str, request: pytest.FixtureRequest, postgres: Database, site: Database) -> None:
    path: Path = request.getfixturevalue(name)
    change(
        path,
        "INSERT INTO wp_links (link_id, link_url) VALUES (1, 'https://example.com/?a=%s')",
        "UPDATE wp_users SET user_activation_key = 'k' WHERE ID = 1",
        "INSERT INTO wp_postmeta VALUES (9001, 424242, 'lost', 'nul' || char(0))",
        "UPDATE wp_posts SET post_excerpt = 'nul' || char(0) || '%s ?' WHERE ID = (SELECT min(ID) FROM wp_posts)",
    )
    import_database(site, url(path))
    report = import_database(postgres, url(path))
    assert report.changes > 0
    assert held(postgres) == held(site)
    assert import_database(postgres, url(path)).changes == 0
    with postgres.write() as unit:
        [(last,)] = unit.rows("SELECT max(id) FROM posts")
        assert unit.rows("SELECT nextval(pg_get_serial_sequence('posts', 'id'))") == [(last + 1,)]
