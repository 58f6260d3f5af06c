"""What other sites answered, on every database."""

from __future__ import annotations

from tests.store.nouns import article
from wirepress.model.remote import RemoteKind, Wish
from wirepress.model.rendering import Rendering, Used, solid
from wirepress.store import posts, remote, state
from wirepress.store.database import Database

EMBED = Wish(RemoteKind.EMBED, "a" * 32, "https://a.example/1", 500, 750)
FEED = Wish(RemoteKind.FEED, "f", "https://a.example/feed")


class Remote:
    """Wishes are noted once, claimed by one, answered or failed."""

    def test_a_wish_is_noted_once(self, database: Database) -> None:
        with database.write() as unit:
            epoch = state.epoch(unit)
            remote.want(unit, [])
            remote.want(unit, [EMBED, FEED])
            remote.failed(unit, EMBED, {"error": "down"}, 500)
            remote.want(unit, [EMBED])
        with database.read() as unit:
            assert [(due.wish, due.attempts) for due in remote.due(unit, 400, 10)] == []
            ((wish, memory, attempts),) = [(d.wish, d.memory, d.attempts) for d in remote.due(unit, 500, 10)]
            assert (wish, memory, attempts) == (EMBED, {"error": "down"}, 1)
            assert remote.value(unit, EMBED.kind, EMBED.key) is None
            assert [remote.waiting(unit, one.kind, 10) for one in (EMBED, FEED)] == [0, 1]
            assert [remote.number(unit, one.kind, 10) for one in (EMBED, FEED)] == [1, 1]
            assert remote.number(unit, RemoteKind.PINGBACK, 10) == 0
            assert state.epoch(unit) == epoch

    def test_a_wish_that_is_forgotten_is_noted_anew(self, database: Database) -> None:
        with database.write() as unit:
            remote.want(unit, [EMBED], {"remote": "192.0.2.1"})
            remote.want(unit, [FEED])
            assert [due.memory for due in remote.due(unit, 0, 10)] == [{"remote": "192.0.2.1"}]
            remote.answered(unit, EMBED, {"html": ""}, {}, 100, None)
            remote.forget(unit, EMBED)
            assert remote.value(unit, EMBED.kind, EMBED.key) is None
            assert [remote.number(unit, one.kind, 10) for one in (EMBED, FEED)] == [0, 1]
            remote.want(unit, [EMBED])
            assert [due.wish for due in remote.due(unit, 0, 10)] == [EMBED]

    def test_a_wish_is_claimed_by_one(self, database: Database) -> None:
        with database.write() as unit:
            remote.want(unit, [EMBED])
            assert remote.claim(unit, EMBED, 100, 400)
            assert not remote.claim(unit, EMBED, 100, 400)
            remote.released(unit, EMBED, 100)
            assert remote.claim(unit, EMBED, 100, 400)

    def test_an_answer_is_news_once(self, database: Database) -> None:
        with database.write() as unit:
            remote.want(unit, [EMBED])
            assert remote.answered(unit, EMBED, {"html": "<b>é</b>"}, {}, 100, None)
            assert not remote.answered(unit, EMBED, {"html": "<b>é</b>"}, {}, 200, None)
            assert remote.answered(unit, EMBED, {"html": ""}, {}, 300, None)
        with database.read() as unit:
            assert remote.value(unit, EMBED.kind, EMBED.key) == {"html": ""}
            assert remote.due(unit, 10**9, 10) == []

    def test_a_feed_is_due_while_a_post_shows_it(self, database: Database) -> None:
        made = Rendering(solid(""), solid(""), solid(""), used=Used(wishes=frozenset((FEED, EMBED))))
        with database.write() as unit:
            remote.want(unit, [FEED])
            assert remote.due(unit, 100, 10) == []
            post = posts.insert(unit, article("one"))
            posts.save_rendering(unit, post, made)
            assert [due.wish for due in remote.due(unit, 100, 10)] == [FEED]
            assert posts.stale(unit, "feed", FEED.key) == (post,)
            assert posts.stale(unit, "embed", EMBED.key) == (post,)
            remote.unchanged(unit, FEED, 100, 200)
            assert remote.due(unit, 199, 10) == []
            assert posts.spoil(unit, "feed", FEED.key) == (post,)
            assert remote.due(unit, 200, 10) == []

    def test_what_wordpress_kept_in_a_post_is_found(self, database: Database) -> None:
        with database.write() as unit:
            posts.insert(unit, article(EMBED.key, type="oembed_cache", content="<b>kept</b>"))
        with database.read() as unit:
            assert remote.imported_embed(unit, EMBED.key) == "<b>kept</b>"
            assert remote.imported_embed(unit, "b" * 32) == ""
