"""Units of work and ids, on every database."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tests.store.nouns import DATE, article, category, person
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Unavailable
from wirepress.model.query import PostQuery
from wirepress.store import comments, options, posts, state, terms, users
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import HEAD, current, migrate, pending

COUNTING = """
import sys
from wirepress.store import options
from wirepress.store.database import open_database
database = open_database(sys.argv[1], pool=1, wait=60)
for _ in range(int(sys.argv[2])):
    with database.write() as unit:
        options.set_value(unit, "counter", options.get(unit, "counter", 0) + 1)
database.close()
"""


class Units:
    """Snapshots, whole writes, no lost update."""

    def test_a_read_sees_one_moment(self, database: Database) -> None:
        with database.read() as reader:
            assert options.get(reader, "x") is None
            with database.write() as unit:
                options.set_value(unit, "x", "new")
            assert options.get(reader, "x") is None
        with database.read() as reader:
            assert options.get(reader, "x") == "new"

    def test_a_write_that_fails_leaves_nothing(self, database: Database) -> None:
        def fail() -> None:
            with database.write() as unit:
                posts.insert(unit, article())
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        with database.read() as unit:
            assert posts.find(unit, PostQuery()).total == 0
            assert state.both(unit) == (1, 1)

    def test_threads_lose_no_update(self, database: Database) -> None:
        def count() -> None:
            for _ in range(10):
                with database.write() as unit:
                    options.set_value(unit, "counter", options.get(unit, "counter", 0) + 1)

        threads = [threading.Thread(target=count) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.read() as unit:
            assert options.get(unit, "counter") == 60
            assert state.epoch(unit) == 61

    def test_processes_lose_no_update(self, database: Database, url: str) -> None:
        command = [sys.executable, "-c", COUNTING, url, "20"]
        running = [subprocess.Popen(command) for _ in range(3)]
        assert [process.wait(120) for process in running] == [0, 0, 0]
        with database.read() as unit:
            assert options.get(unit, "counter") == 60

    def test_a_write_waits_for_its_turn_and_then_gives_up(self, database: Database, url: str) -> None:
        other = open_database(url, pool=1, wait=0.05)
        try:
            with database.write() as unit:
                options.set_value(unit, "x", 1)
                with pytest.raises(Unavailable), other.write():
                    pass
            with other.write() as unit:
                assert options.get(unit, "x") == 1
        finally:
            other.close()

    def test_a_post_is_read_once_until_something_is_written(self, database: Database) -> None:
        with database.write() as unit:
            post_id = posts.insert(unit, article())
            term = terms.insert(unit, category("World"))
        with database.write() as unit:
            first = posts.get(unit, post_id)
            before = unit.statements
            assert posts.get(unit, post_id) is first
            assert unit.statements == before
            posts.set_terms(unit, post_id, [term.taxonomy_id])
            found = posts.get(unit, post_id)
            assert found is not None
            assert [one.id for one in found.terms] == [term.id]
            posts.update(unit, post_id, title="Other")
            found = posts.get(unit, post_id)
            assert found is not None
            assert found.title == "Other"
            posts.delete(unit, post_id)
            assert posts.get(unit, post_id) is None

    def test_statements_are_counted(self, database: Database) -> None:
        before = database.statements
        with database.read() as unit:
            posts.find(unit, PostQuery())
            posts.load(unit, (1,))
            assert unit.statements == 2
        assert database.statements == before + 2

    def test_the_hint_changes_with_a_commit(self, database: Database) -> None:
        before = database.hint()
        assert database.hint() == before
        with database.write() as unit:
            options.set_value(unit, "x", 1)
        assert before is None or database.hint() != before

    def test_migrations_are_done_once(self, database: Database) -> None:
        assert current(database) == HEAD
        assert pending(database) == []
        migrate(database)
        assert current(database) == HEAD

    def test_newer_tables_are_left_alone(self, database: Database) -> None:
        with database.write() as unit:
            unit.run("UPDATE alembic_version SET version_num = '9999'")
        for work in (migrate, pending):
            with pytest.raises(Unavailable, match="of a newer version"):
                work(database)


class Identifiers:
    """Ids are given once."""

    def test_a_removed_id_never_comes_back(self, database: Database) -> None:
        with database.write() as unit:
            first = posts.insert(unit, article())
            term = terms.insert(unit, category("One"))
            user = users.insert(unit, person("one"))
            comment = comments.insert(unit, Comment(0, first, date=DATE, date_gmt=DATE))
            for done in (
                comments.delete(unit, comment),
                posts.delete(unit, first),
                terms.delete(unit, term.taxonomy_id),
                users.delete(unit, user),
            ):
                assert done
        with database.write() as unit:
            again = terms.insert(unit, category("Two"))
            assert posts.insert(unit, article()) > first
            assert again.id > term.id
            assert again.taxonomy_id > term.taxonomy_id
            assert users.insert(unit, person("two")) > user
            assert comments.insert(unit, Comment(0, first + 1, date=DATE, date_gmt=DATE)) > comment

    def test_a_given_id_is_kept_and_the_next_lies_above(self, database: Database) -> None:
        with database.write() as unit:
            assert posts.insert(unit, article(), id=700) == 700
            assert posts.insert(unit, article()) > 700
            assert terms.insert(unit, category("Given"), id=90).id == 90
            assert terms.insert(unit, category("Next")).id > 90
            with pytest.raises(Conflict):
                posts.insert(unit, article(), id=700)

    def test_a_login_is_taken_whatever_its_case_and_accents(self, database: Database) -> None:
        with database.write() as unit:
            user = users.insert(unit, person("Jose"))
            with pytest.raises(Conflict):
                users.insert(unit, person("josé"))
            for login in ("JOSE", "José ", "JOSE@x.example"):
                found = users.by_login(unit, login)
                assert found is not None
                assert found.id == user
            assert users.by_login(unit, "") is None
