"""The golden data set and the seed as files, and empty sites to bring them into."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.blank import blank_database
from wirepress.store.database import Database

TESTS = Path(__file__).parent.parent


def unpacked(packed: Path, folder: Path) -> Path:
    """A WordPress database as SQLite, to read and to spoil."""
    path = folder / f"{packed.parent.name}.sqlite"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return unpacked(TESTS / "golden" / "wordpress.sqlite.gz", tmp_path)


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    return unpacked(TESTS / "seed" / "wordpress.sqlite.gz", tmp_path)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Database]:
    """A site without a row."""
    database = blank_database(tmp_path / "site.sqlite")
    yield database
    database.close()
