"""Prints of texts and stories, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.store.nouns import article
from wirepress.model.story import StoryArticle, StoryQuery, TextPrint
from wirepress.model.wire import Origin, Source
from wirepress.store import posts, prints, sources, stories
from wirepress.store.database import Database

ONE = TextPrint(frozenset(range(16, 400, 8)), frozenset(range(4_000_000_000, 4_000_002_000, 16)))
OTHER = TextPrint(frozenset(range(8, 100, 8)))


class Stories:
    """A text is found by what it shares with others; an article is in one story at most."""

    def test_a_print_is_kept_found_and_forgotten(self, database: Database) -> None:
        with database.write() as unit:
            first = prints.add(unit, 901, 3, 100, ONE, [16, 24, 4_000_000_000])
            second = prints.add(unit, 902, 4, 200, OTHER, [16])
            prints.add(unit, 903, 4, 300, None, [])
            found = prints.near_to(unit, [4_000_000_000, 16, 24], 0)
            assert [(one.id, one.post, one.source, one.print) for one in found] == [
                (first, 901, 3, ONE), (second, 902, 4, OTHER),
            ]  # fmt: skip
            assert all(one.is_gone for one in found)  # there are no such posts
            assert [one.id for one in prints.near_to(unit, [16], 0, first)] == [second]
            assert prints.near_to(unit, [], 0) == prints.near_to(unit, [17], 0) == []
            assert [one.post for one in prints.newest_of(unit, 4, 1)] == [903]
            assert prints.last(unit) == second + 1
            prints.note_gone(unit, 901)
            assert [one.id for one in prints.near_to(unit, [16], 10_000)] == [first]
            assert [one.id for one in prints.kept_before(unit, 250, 10)] == [second]
            prints.forget(unit, found[0], sorted(ONE.numbers))
            assert prints.of_post(unit, 901) == []
            assert [one.id for one in prints.near_to(unit, [16, 24], 0)] == [second]

    def test_stories_are_merged_and_ended(self, database: Database) -> None:
        plain = StoryArticle(0, 0, at=5, title="Straße & Söhne", url="https://a.example/one")
        with database.write() as unit:
            first, second = stories.add(unit, 100), stories.add(unit, 200)
            one = stories.put(unit, replace(plain, story=first, origin=901))
            two = stories.put(unit, replace(plain, story=second, origin=902, at=300, title="Two", likeness=93))
            story = stories.get(unit, second)
            assert story is not None
            assert (story.at, story.latest, story.title) == (200, 300, "Two")
            assert [(a.id, a.likeness, a.by_hand, a.source) for a in story.articles] == [(two, 93, False, 0)]
            found, total = stories.find(unit, StoryQuery())
            assert ([each.id for each in found], total) == ([second, first], 2)
            assert [each.id for each in stories.find(unit, StoryQuery(search="SÖHNE"))[0]] == [first]
            assert stories.find(unit, StoryQuery(source=3)) == ([], 0)
            stories.absorb(unit, first, [second])
            assert stories.get(unit, second) is None
            merged = stories.get(unit, first)
            assert merged is not None
            assert [(a.id, a.by_hand) for a in merged.articles] == [(one, False), (two, True)]
            stories.move_origin(unit, 902, 903)
            moved = stories.article_of(unit, origin=903)
            assert moved is not None
            assert (moved.id, moved.story) == (two, first)
            stories.erase(unit, two)
            stories.leave(unit, one)
            stories.leave(unit, two)
            stories.end_empty(unit, first)
            assert (stories.get(unit, first), stories.get(unit, 2**70), stories.article(unit, 2**70)) == (None,) * 3
            assert stories.of_posts(unit, [1, 2]) == {}

    def test_a_story_of_several_sources_is_told_by_as_many(self, database: Database) -> None:
        with database.write() as unit:
            now = datetime(2025, 6, 15, tzinfo=UTC)
            origins = []
            for name in "ab":
                source = sources.add(unit, Source(0, f"https://{name}.example/feed"))
                origins.append(sources.save_origin(unit, Origin(source, name, "", name, now, now)))
            one, two, three = (posts.insert(unit, article(name)) for name in ("one", "two", "three"))
            story, alone = stories.add(unit, 1), stories.add(unit, 2)
            stories.put(unit, StoryArticle(0, story, one))
            stories.put(unit, StoryArticle(0, alone, two))
            assert stories.shared(unit, [one, two, three]) == {}
            for origin in origins:
                stories.put(unit, StoryArticle(0, story, 0, origin))
            assert stories.shared(unit, [one, two, three]) == {one: (story, 3)}
            assert stories.shared(unit, []) == {}
