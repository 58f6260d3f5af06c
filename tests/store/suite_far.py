"""Far pages of lists, on every database: what is found by a jump is what a walk finds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from tests.store import many
from tests.store.nouns import article
from wirepress.model.moment import Stamp
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import bulk, ladders, posts
from wirepress.store.database import Database, Unit

NUMBER = 2_300
ORDERS = ("date", "modified", "title", "slug", "author", "comment_count", "id")
WAYS: Final[Sequence[Literal["asc", "desc"]]] = ("asc", "desc")
PUBLIC = Visibility(all_of=("publish",))


def fill(unit: Unit, authors: Sequence[int] = (0, 1, 2)) -> None:
    dice = random.Random(7)
    made = [
        replace(
            article(f"post-{number}", title=f"News {dice.randrange(40)}"),
            id=number,
            date=Stamp(f"2025-0{dice.randrange(1, 7)}-01 10:00:0{dice.randrange(3)}"),
            comment_count=dice.randrange(4),
            author=dice.choice(authors),
        )
        for number in range(1, NUMBER + 1)
    ]
    many.posts(unit, made)
    bulk.settle(unit)


class Far:
    """Far pages."""

    def test_every_page_is_that_of_a_walk(self, database: Database) -> None:
        with database.write() as unit:
            fill(unit)
        with database.read() as unit:
            for orderby, way in ((orderby, way) for orderby in ORDERS for way in WAYS):
                query = PostQuery(statuses=("publish",), visibility=PUBLIC, orderby=orderby, order=way, per_page=NUMBER)
                whole = posts.find(unit, query).ids
                for offset in (1_000, 2_250, 1_199, 1_200, 1_201, 2_299, 2_300, 5_000, 1_400, 999):
                    found = posts.find(unit, replace(query, per_page=7, offset=offset))
                    assert found.ids == whole[offset : offset + 7], (orderby, way, offset)
                    assert found.total == NUMBER

    def test_narrowed_lists_have_places_of_their_own(self, database: Database) -> None:
        with database.write() as unit:
            fill(unit)
        query = PostQuery(statuses=("publish",), visibility=PUBLIC, per_page=NUMBER)
        with database.read() as unit:
            for narrowed in (query, replace(query, authors=(1, 2)), replace(query, exclude=(4, 9, 400))):
                whole = posts.find(unit, narrowed).ids
                found = posts.find(unit, replace(narrowed, per_page=5, offset=1_300))
                assert found.ids == whole[1_300:1_305]

    def test_the_list_of_one_author_is_jumped_in(self, database: Database) -> None:
        with database.write() as unit:
            fill(unit, (1, 1, 1, 1, 2))
        query = PostQuery(statuses=("publish",), visibility=PUBLIC, authors=(1,), per_page=NUMBER)
        with database.read() as unit:
            for narrowed in (
                query,
                replace(query, order="asc"),
                replace(query, orderby="title"),
                replace(query, exclude=(4, 9, 400)),
                replace(query, authors=(2,)),
            ):
                whole = posts.find(unit, narrowed)
                for offset in (1_000, 1_201, 1_750, 2_299):
                    found = posts.find(unit, replace(narrowed, per_page=5, offset=offset))
                    assert found.ids == whole.ids[offset : offset + 5]
                    assert found.total == whole.total
        with database.read() as unit:
            posts.find(unit, replace(query, per_page=5, offset=1_700))
            assert unit.statements == 2  # the epoch and the page: its place is known

    def test_a_known_place_is_one_step_away(self, database: Database) -> None:
        with database.write() as unit:
            fill(unit)
        query = PostQuery(statuses=("publish",), visibility=PUBLIC, per_page=5, offset=2_100)
        with database.read() as unit:
            posts.find(unit, query)
        with database.read() as unit:
            posts.find(unit, query)
            posts.find(unit, replace(query, offset=1_500))
            assert unit.statements == 4  # the epoch and the page, twice

    def test_a_write_moves_the_places(self, database: Database) -> None:
        with database.write() as unit:
            fill(unit)
        query = PostQuery(statuses=("publish",), visibility=PUBLIC, per_page=3, offset=1_500)
        with database.read() as unit:
            before = posts.find(unit, query).ids
        with database.write() as unit:
            made = posts.insert(unit, article("newest", date=Stamp("2026-01-01 00:00:00")))
            assert posts.find(unit, query).ids != before  # a write sees itself
            unit.raise_epoch()
        with database.read() as unit:
            after = posts.find(unit, query).ids
            assert posts.find(unit, replace(query, offset=0, per_page=1)).ids == (made,)
        assert after[1:] == before[:2]

    def test_drafts_have_no_places(self, database: Database) -> None:
        """A write that no reader sees moves them, and raises no epoch."""
        with database.write() as unit:
            fill(unit)
        seen = Visibility(all_of=("publish", "draft"))
        with database.read() as unit:
            posts.find(unit, PostQuery(statuses=("draft", "publish"), visibility=seen, offset=1_500))
            assert unit.statements <= 2
            assert ladders.FAR <= 1_500
