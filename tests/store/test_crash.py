"""A process that is killed in the middle of its writes: what it had acknowledged is there, and what is kept is true."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.store.nouns import kept_count_is_true
from wirepress.store import posts, state
from wirepress.store.database import open_database
from wirepress.store.migrations import migrate

KILLS = int(os.environ.get("WIREPRESS_TEST_KILLS", "5"))
WRITING = """
import sys
from tests.store.nouns import DATE, article, category
from wirepress.model.comment import Comment
from wirepress.store import comments, posts, terms
from wirepress.store.database import open_database
database = open_database(sys.argv[1], pool=1)
with database.write() as unit:
    term = terms.insert(unit, category("c" + sys.argv[2]))
while True:
    with database.write() as unit:
        post = posts.insert(unit, article("written", content="text " * 2000))
        posts.set_terms(unit, post, [term.taxonomy_id])
        posts.insert(unit, article(f"{post}-revision-v1", type="revision", status="inherit", parent=post))
        comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE))
    print(post, flush=True)
    if post % 3 == 0:
        with database.write() as unit:
            posts.update(unit, post, status="draft", title="changed")
"""


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    url = f"sqlite:///{path}"
    database = open_database(url)
    migrate(database)
    epoch = 0
    acknowledged: list[int] = []
    try:
        for kill in range(KILLS):
            command = [sys.executable, "-c", WRITING, url, str(kill)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                # Each time at another place of the log.
                acknowledged += [int(process.stdout.readline()) for _ in range(10 + 7 * kill)]
                process.kill()
                whole = process.stdout.read().rpartition("\n")[0]
                acknowledged += map(int, whole.splitlines())
            with database.read() as unit:
                kept_count_is_true(unit)
                assert posts.load(unit, acknowledged).keys() == set(acknowledged)
                revised = "SELECT count(*) FROM posts WHERE type <> 'revision' AND revisions <> 1"
                assert unit.rows(revised) == [(0,)]
                assert state.epoch(unit) > epoch
                epoch = state.epoch(unit)
    finally:
        database.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
