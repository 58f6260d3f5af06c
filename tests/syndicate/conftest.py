from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.wire.press import Press, serving
from tests.net.loopback import Loopback
from tests.syndicate.agencies import Agencies, Desk, told
from tests.syndicate.hub import Round, subscribed
from tests.syndicate.site import Site, site_in


@pytest.fixture
def press() -> Iterator[Press]:
    with serving() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as made:
        yield made


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    agencies = Agencies()
    with Loopback(agencies) as running:
        agencies.url = running.url
        yield Desk(site, agencies)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two papers have told the same; the second one was linked."""
    desk.agencies.tell("courier", told("a"))
    desk.agencies.tell("herald", told("a") + told("more", 60))
    for paper in ("courier", "herald"):
        desk.source(paper)
        desk.pull(paper)
    return desk


@pytest.fixture
def hub(site: Site) -> Iterator[Round]:
    """A source whose hub was asked and has confirmed."""
    with subscribed(site) as made:
        yield made
