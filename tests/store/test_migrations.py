"""The steps lead to the tables as they are written down."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from wirepress.model.entry import EntryQuery, EntryState
from wirepress.store import backlog, comment_checks, entries, migrations, uploads
from wirepress.store.clauses import marks
from wirepress.store.collation import sort_key
from wirepress.store.database import open_database
from wirepress.store.tables import metadata

DATE = "2025-01-01 00:00:00"


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


def test_comments_that_were_there_get_the_keys_of_their_addresses(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    try:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        with database.write() as unit:
            config.attributes["connection"] = unit.connection
            command.upgrade(config, "0005")
            columns = "post, author_name, author_email, author_url, author_ip, date, date_gmt, content, karma, approved"
            columns += ', agent, type, parent, "user", meta, version'
            row = (1, "Ada", "Ada@X.example", "", "", DATE, DATE, "Hm", 0, "1", "", "comment", 0, 0, "{}", 1)
            unit.run_many(f"INSERT INTO comments ({columns}) VALUES ({marks(len(row))})", [row] * 1500)
        migrations.migrate(database)
        with database.read() as unit:
            assert unit.rows("SELECT DISTINCT email_key FROM comments") == [(sort_key("ada@x.example"),)]
            assert comment_checks.approved_before(unit, name="Ada", email="ada@x.example")
    finally:
        database.close()


def test_what_was_known_of_entries_is_kept(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    try:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        with database.write() as unit:
            config.attributes["connection"] = unit.connection
            command.upgrade(config, "0017")
            unit.run(
                'INSERT INTO sources (url, name, kind, rights, active, rules, memory, "interval", next_at, lease_until,'
                " lease_by, attempts) VALUES ('u', '', 'feed', 'full', 1, '{}', '{}', 1, 0, 0, '', 0)"
            )
            entry = '{"guid":"dead","link":"https://a.example/dead","title":"Dead"}'
            unit.run(
                "INSERT INTO backlog (source, guid, entry, state, place, due_at, since, tries, error)"
                " VALUES (1, 'dead', ?, 'dead', 1, 2, 3, 8, 'no answer')",
                (entry,),
            )
            told, left_out = '{"title": "Told"}', '{"title": "Told", "filters": "0a"}'
            for guid, state, facts in (
                ("two", "skipped", told),
                ("dead", "waiting", told),
                ("out", "skipped", left_out),
            ):
                unit.run(
                    "INSERT INTO origins (source, guid, url, url_key, canonical, content_hash, state, facts,"
                    " first_seen, last_checked) VALUES (1, ?, 'https://a.example/x', ?, '', '', ?, ?, 5, 6)",
                    (guid, guid, state, facts),
                )
        migrations.migrate(database)
        with database.read() as unit:
            found = {one.guid: one for one in entries.find(unit, EntryQuery())[0]}
            assert {guid: (one.state, one.detail, one.title) for guid, one in found.items()} == {
                "dead": (EntryState.DEAD, "no answer", "Dead"),
                "two": (EntryState.REJECTED, "", "Told"),
                "out": (EntryState.REJECTED, "", "Told"),
            }
            keys: dict[str, str] = dict(unit.rows("SELECT guid, url_key FROM origins"))
            assert keys == {"two": "two", "dead": "dead", "out": "out#left-out-by-1"}
            (dead,) = backlog.listed(unit)
            assert (dead.entry.link, dead.tries, dead.since) == ("https://a.example/dead", 8, 3)
    finally:
        database.close()


def test_files_that_were_there_get_the_keys_of_their_names(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    try:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        with database.write() as unit:
            config.attributes["connection"] = unit.connection
            command.upgrade(config, "0025")
            rows = [(f"2026/05/A-{number}-300x200.JPG", 1, 1, "") for number in range(1500)]
            unit.run_many("INSERT INTO uploads (path, post, size, sha256) VALUES (?, ?, ?, ?)", rows)
        migrations.migrate(database)
        with database.read() as unit:
            assert uploads.known_alike(unit, "2026/05/a-1499.jpg")
            assert not uploads.known_alike(unit, "2026/05/a.jpg")
    finally:
        database.close()
