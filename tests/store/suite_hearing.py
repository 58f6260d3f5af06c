"""Hearing of what other processes write, on every database."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.store.nouns import article
from wirepress.store import options, posts, state
from wirepress.store.database import Database, open_database

WRITING = """
import sys
from tests.store.nouns import article
from wirepress.store import posts
from wirepress.store.database import open_database
database = open_database(sys.argv[1], pool=1, wait=60)
with database.write() as unit:
    posts.insert(unit, article("elsewhere"))
print("written", flush=True)
sys.stdin.readline()
database.close()
"""


def heard(database: Database, *, besides: int | None = None) -> int:
    """What is heard as soon as something is (other than `besides`)."""
    patience = time.monotonic() + 60  # a hang becomes a failure; how long it took is no matter here
    while (epoch := database.heard()) in (None, besides):
        assert time.monotonic() < patience, "nothing was heard"
        time.sleep(0.005)
    assert epoch is not None
    return epoch


def true_epoch(database: Database) -> int:
    with database.read() as unit:
        return state.epoch(unit)


class Hearing:
    """What is heard is never older than it may be."""

    def test_a_write_of_this_process_is_heard_at_once(self, database: Database) -> None:
        for number in range(20):
            assert heard(database) == true_epoch(database)
            with database.write() as unit:
                posts.insert(unit, article(f"p{number}"))
            assert database.heard() in (None, true_epoch(database))

    def test_a_write_that_nobody_sees_is_not_heard(self, database: Database) -> None:
        before = heard(database)
        with database.write() as unit:
            posts.insert(unit, article("d", status="draft"))
        assert heard(database) == before

    def test_a_write_of_another_process_is_heard(self, database: Database, url: str) -> None:
        before = heard(database)
        command = [sys.executable, "-c", WRITING, url]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "written\n"
            assert heard(database, besides=before) == before + 1
            process.communicate("\n")
        assert process.returncode == 0

    def test_what_others_have_touched_is_heard_with_their_epochs(self, database: Database, url: str) -> None:
        other = open_database(url, pool=1)
        try:
            before = heard(other)
            for number in range(3):
                with database.write() as unit:
                    posts.insert(unit, article(f"p{number}"))
            while (now := heard(other)) < before + 3:
                time.sleep(0.005)
            touched = other.recent.since(before, now)
            assert touched is not None
            assert {"post:1", "post:2", "post:3", "list:post", "beside:2"} <= touched
            assert {"list:page", "comments:1", "*"}.isdisjoint(touched)
            assert other.recent.since(now - 1, now) == other.recent.since(before + 2, now)
            assert other.recent.since(now, now) == frozenset()
        finally:
            other.close()

    def test_what_is_not_known_whole_is_everything(self, database: Database, url: str) -> None:
        other = open_database(url, pool=1)
        try:
            before = heard(other)
            with database.write() as unit:
                options.set_value(unit, "blogname", "Another")  # which may be shown anywhere
            assert other.recent.since(before, heard(other, besides=before)) is None
            before = heard(other)
            with database.write() as unit:
                unit.run("UPDATE state SET number = number + 5 WHERE name = 'epoch'")
                posts.insert(unit, article("g"))
            assert other.recent.since(before, heard(other, besides=before)) is None, "a gap"
            assert other.recent.since(before + 9, before) is None, "an older database in the place of this one"
        finally:
            other.close()

    def test_another_connection_pool_is_another_process(self, database: Database, url: str) -> None:
        other = open_database(url, pool=1)
        try:
            before = heard(other)
            with database.write() as unit:
                posts.insert(unit, article())
            assert heard(other, besides=before) == before + 1
        finally:
            other.close()
