"""The steps lead to the tables as they are written down."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from wirepress.store import migrations
from wirepress.store.database import open_database
from wirepress.store.tables import metadata


def test_the_head_is_the_last_script() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.HEAD]


def test_an_empty_database_names_what_is_to_do(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    try:
        assert migrations.current(database) is None
        assert migrations.pending(database)[-1] == migrations.HEAD
        migrations.migrate(database)
        assert migrations.pending(database) == []
        with database.read() as unit:
            context = MigrationContext.configure(unit.connection)
            differences = compare_metadata(context, metadata)
        assert [d for d in differences if not str(d).count("search_")] == []
    finally:
        database.close()
