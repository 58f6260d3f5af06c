"""What `doctor` finds in a database, on every database."""

from __future__ import annotations

from tests.store.nouns import article
from wirepress.store import health, posts
from wirepress.store.database import Database


class Health:
    """Counts that drifted are found, in whichever way."""

    def test_what_the_store_does_drifts_nowhere(self, database: Database) -> None:
        with database.write() as unit:
            number = posts.insert(unit, article("a"))
            posts.insert(unit, article("b", status="draft"))
            posts.delete(unit, number)
        with database.read() as unit:
            assert health.drifted(unit) == 0
            assert list(health.dangling(unit)) == []
            assert health.doubled(unit) == 0

    def test_a_wrong_count_is_found(self, database: Database) -> None:
        with database.write() as unit:
            posts.insert(unit, article("a"))
            unit.run("UPDATE counts SET number = 7 WHERE type = 'post' AND status = 'publish'")
        with database.read() as unit:
            assert health.drifted(unit) == 1

    def test_a_count_without_a_post_is_found(self, database: Database) -> None:
        with database.write() as unit:
            unit.run("INSERT INTO counts (type, status, number) VALUES ('recipe', 'publish', 3)")
        with database.read() as unit:
            assert health.drifted(unit) == 1

    def test_posts_that_nobody_counted_are_found(self, database: Database) -> None:
        with database.write() as unit:
            posts.insert(unit, article("a"))
            unit.run("DELETE FROM counts")
        with database.read() as unit:
            assert health.drifted(unit) == 1
