"""Sites whose readers comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.commenting import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "site")
    yield made
    made.close()


@pytest.fixture
def open_site(tmp_path: Path) -> Iterator[Site]:
    """Where nobody's first comment waits."""
    made = Site(tmp_path / "site", comment_previously_approved="0")
    yield made
    made.close()
