"""Imported WordPress sites for tests: the golden one and the seed, with their clock standing still."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from tests.store.blank import blank_database
from wirepress.app.clock import FrozenClock
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.content.rendering import refresh
from wirepress.store.files import Files
from wirepress.transfer.wordpress.database import import_database

TESTS = Path(__file__).parent.parent
NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)


def newsroom_of(name: str, folder: Path, **settings: object) -> Newsroom:
    """The site of `tests/<name>/wordpress.sqlite.gz`, imported and rendered."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = folder / f"{name}.sqlite"
    tables.write_bytes(gzip.decompress((TESTS / name / "wordpress.sqlite.gz").read_bytes()))
    database = blank_database(folder / "site.sqlite")
    import_database(database, f"sqlite:///{tables}")
    with database.write() as unit:
        for option, value in settings.items():
            options.set(unit, option, value)
    newsroom = Newsroom(database, FrozenClock(NOW), Files(folder / "uploads"))
    with newsroom.write() as view:
        rows = view.unit.rows("SELECT id FROM posts WHERE type <> 'revision'")
        refresh(view, [row[0] for row in rows])
    return newsroom
