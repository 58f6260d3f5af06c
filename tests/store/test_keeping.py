"""Whatever is done to a store in whatever order, what is kept beside the rows stays true."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.store.nouns import DATE, article, category, kept_count_is_true
from wirepress.model.comment import Comment
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import comments, posts, state, terms
from wirepress.store.database import open_database
from wirepress.store.migrations import migrate

STATUSES = ("publish", "draft", "private", "trash", "inherit")
TYPES = ("post", "page", "revision", "attachment")
SEEN = Visibility(all_of=STATUSES, viewer=1)
pick = st.integers(0, 10)


@cache
def blank() -> bytes:
    """A database that has its tables and nothing in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.sqlite"
        database = open_database(f"sqlite:///{path}", pool=1)
        migrate(database)
        database.close()
        return path.read_bytes()


class Newsroom(RuleBasedStateMachine):
    """Writes of all kinds; the totals and the epoch are looked at after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        path = Path(self.folder) / "store.sqlite"
        path.write_bytes(blank())
        self.database = open_database(f"sqlite:///{path}", pool=1)
        self.epoch = 0
        self.shown: object = None

    def chosen(self, table: str, number: int) -> int:
        with self.database.read() as unit:
            ids = unit.rows(f"SELECT {'taxonomy_id' if table == 'terms' else 'id'} FROM {table} ORDER BY 1")
        return int(ids[number % len(ids)][0]) if ids else 0

    @rule(kind=st.sampled_from(TYPES), status=st.sampled_from(STATUSES), parent=pick, title=st.text("aé ", max_size=3))
    def insert(self, kind: str, status: str, parent: int, title: str) -> None:
        above = self.chosen("posts", parent) if kind in ("revision", "attachment") else 0
        with self.database.write() as unit:
            posts.insert(unit, article(type=kind, status=status, parent=above, title=title))

    @rule(number=pick, status=st.sampled_from(STATUSES), title=st.text("aé ", max_size=3))
    def change(self, number: int, status: str, title: str) -> None:
        if post := self.chosen("posts", number):
            with self.database.write() as unit:
                posts.update(unit, post, status=status, title=title)

    @rule(number=pick)
    def remove(self, number: int) -> None:
        if post := self.chosen("posts", number):
            with self.database.write() as unit:
                posts.delete(unit, post)

    @rule(number=pick, assigned=st.lists(pick, max_size=3))
    def assign(self, number: int, assigned: list[int]) -> None:
        post = self.chosen("posts", number)
        ids = [i for i in (self.chosen("terms", n) for n in assigned) if i]
        if post:
            with self.database.write() as unit:
                posts.set_terms(unit, post, ids)

    @rule(name=st.text("abé", min_size=1, max_size=3))
    def add_term(self, name: str) -> None:
        with self.database.write() as unit:
            terms.insert(unit, category(name))

    @rule(number=pick)
    def remove_term(self, number: int) -> None:
        if term := self.chosen("terms", number):
            with self.database.write() as unit:
                terms.delete(unit, term)

    @rule(number=pick, approved=st.sampled_from(("0", "1", "spam")))
    def comment(self, number: int, approved: str) -> None:
        if post := self.chosen("posts", number):
            with self.database.write() as unit:
                comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE, approved=approved))

    @rule(number=pick, approved=st.sampled_from(("0", "1", "spam")))
    def moderate(self, number: int, approved: str) -> None:
        if comment := self.chosen("comments", number):
            with self.database.write() as unit:
                comments.update(unit, comment, approved=approved)

    @invariant()
    def what_is_kept_is_true(self) -> None:
        with self.database.read() as unit:
            kept_count_is_true(unit)
            for kind in TYPES:
                for status in STATUSES:
                    found = posts.find(unit, PostQuery(types=(kind,), statuses=(status,), visibility=SEEN, per_page=1))
                    sql = "SELECT count(*) FROM posts WHERE type = ? AND status = ?"
                    assert found.total == unit.rows(sql, (kind, status))[0][0]
            texts = unit.rows("SELECT count(*) FROM search_texts WHERE title LIKE '%aa%'")[0][0]
            search = PostQuery(types=("post", "page", "attachment"), statuses=STATUSES, visibility=SEEN, search="aa")
            assert posts.find(unit, search).total == texts
            assert unit.rows("PRAGMA foreign_key_check") == []

    @invariant()
    def readers_are_told_of_what_they_see(self) -> None:
        with self.database.read() as unit:
            seen = PostQuery(types=("post", "page"), per_page=100, orderby="id")
            shown = (
                posts.load(unit, posts.find(unit, seen).ids),
                unit.rows("SELECT * FROM terms ORDER BY taxonomy_id"),
            )
            epoch = state.epoch(unit)
        assert epoch > self.epoch or shown == self.shown
        self.epoch, self.shown = epoch, shown

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)


TestKeeping = Newsroom.TestCase
TestKeeping.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
