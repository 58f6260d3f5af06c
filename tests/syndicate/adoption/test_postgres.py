"""Adoption on PostgreSQL does what it does on SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.databases import own_database
from tests.syndicate.adoption.conftest import WordPress
from tests.syndicate.adoption.test_adopting import PLUGINS, WHOLE, origins, standings
from tests.syndicate.site import Site, site_in
from wirepress.syndicate.adoption.adopting import adopt, survey

URL = os.environ.get("WIREPRESS_TEST_POSTGRES")
pytestmark = pytest.mark.skipif(URL is None, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Site]:
    assert URL is not None
    with own_database(URL) as address, site_in(tmp_path / "postgres", database=address) as site:
        yield site


def test_it_adopts_the_same(wordpress: WordPress, site: Site, postgres: Site) -> None:
    for number, meta in enumerate(PLUGINS.values()):
        bare = {name: f"{value}-{number}" if str(value).endswith("/flood") else value for name, value in meta.items()}
        wordpress.post(f"A flood of water number {number}", WHOLE, **bare)
    for one in (site, postgres):
        wordpress.into(one)
        assert survey(one.newsroom).recognised == 1 + len(PLUGINS)
        assert adopt(one.newsroom).recognised == 1 + len(PLUGINS)
        assert adopt(one.newsroom).recognised == 0
    assert origins(postgres) == origins(site)
    assert standings(postgres) == standings(site)
    here = "SELECT post, source, at, lead, rest FROM text_prints ORDER BY id"
    with site.newsroom.database.read() as unit, postgres.newsroom.database.read() as other:
        assert [(*row[:3], bytes(row[3]), bytes(row[4])) for row in other.rows(here)] == unit.rows(here)
        bands = 'SELECT count(*), min(band), max(band), min("print"), max("print") FROM text_bands'
        assert other.rows(bands) == unit.rows(bands)
