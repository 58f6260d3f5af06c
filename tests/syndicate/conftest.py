from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.wire.press import Press, serving
from tests.syndicate.site import Site, site_in


@pytest.fixture
def press() -> Iterator[Press]:
    with serving() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as made:
        yield made
