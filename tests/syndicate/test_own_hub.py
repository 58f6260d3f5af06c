"""The hub that the site's own feeds name: which feeds name it, and that it is told of their news, at least once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import BOUNDS, HOME, Site
from wirepress.app import doctor
from wirepress.content import options
from wirepress.content.hub import HUB
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.terms import create
from wirepress.feeds.feeds import Feeds
from wirepress.model.web import Request, Response
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Bounds
from wirepress.store import feed_notices
from wirepress.syndicate.websub.telling import MOST_TRIES, Telling

FEEDS = f"{HOME}/index.php/feed/"
FORMATS = ("", "atom/", "json/")


@dataclass
class Hub:
    status: int = 204
    retry_after: int = 0
    url: str = ""

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        assert path == "/hub"
        assert "authorization" not in headers
        return reply(self.status, Retry_After=str(self.retry_after))


@dataclass
class Named:
    """A site whose feeds name a hub."""

    site: Site
    hub: Hub
    server: Loopback

    def publish(self, title: str = "News", **fields: object) -> int:
        with self.site.newsroom.write() as view:
            changes = Changes(**{"title": title, "status": "publish", "author": 1, **fields})  # type: ignore[arg-type]
            return publishing.create(view, NEWSROOM, "post", changes).id

    def change(self, post_id: int, **fields: object) -> None:
        with self.site.newsroom.write() as view:
            publishing.update(view, NEWSROOM, post_id, Changes(**fields))  # type: ignore[arg-type]

    def category(self, name: str, parent: int = 0) -> int:
        with self.site.newsroom.write() as view:
            return create(view, "category", name, parent=parent).id

    def told(self, seconds: int = 10) -> list[str]:
        """What the hub is told when some time has passed."""
        self.site.clock.later(seconds=seconds)
        before = len(self.server.sent)
        telling = Telling(self.site.newsroom, self.site.fetcher)
        while telling.tell():
            pass
        forms = [dict(parse_qsl(body.decode())) for body in self.server.sent[before:]]
        assert {form["hub.mode"] for form in forms} <= {"publish"}
        return sorted(form["hub.url"] for form in forms)

    def waiting(self) -> int:
        with self.site.newsroom.database.read() as unit:
            return int(unit.rows("SELECT count(*) FROM feed_notices")[0][0])

    def get(self, path: str, query: str = "") -> Response:
        answer = Feeds(self.site.newsroom).answer(Request("GET", path, query))
        assert answer is not None
        return answer


@contextmanager
def naming(site: Site) -> Iterator[Named]:
    hub = Hub()
    with Loopback(hub) as server:
        hub.url = f"{server.url}/hub"
        choose(site, hub.url)
        yield Named(site, hub, server)


@pytest.fixture
def named(site: Site) -> Iterator[Named]:
    with naming(site) as made:
        yield made


def choose(site: Site, hub: str) -> None:
    with site.newsroom.write() as view:
        options.set(view.unit, HUB, hub)


def feeds_at(*places: str) -> list[str]:
    return sorted(f"{HOME}/index.php/{place}feed/{kind}" for place in places for kind in FORMATS)


def test_feeds_name_the_hub_and_their_own_address(named: Named) -> None:
    named.publish()
    rss, atom, own = (named.get(f"/index.php/feed/{kind}") for kind in FORMATS)
    assert f'<atom:link rel="hub" href="{named.hub.url}" />'.encode() in rss.body
    assert f'<link rel="hub" href="{named.hub.url}" />'.encode() in atom.body
    assert json.loads(own.body)["hubs"] == [{"type": "WebSub", "url": named.hub.url}]
    assert ("link", f'<{named.hub.url}>; rel="hub", <{FEEDS}atom/>; rel="self"') in atom.headers


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/index.php/feed/rdf/", ""), ("/index.php/comments/feed/", ""), ("/index.php/search/news/feed/", ""),
        ("/index.php/2025/feed/", ""), ("/index.php/feed/", "a=b"), ("/index.php/feed/", "paged=2"),
    ],
)  # fmt: skip
def test_feeds_of_which_the_hub_is_told_nothing_name_none(named: Named, path: str, query: str) -> None:
    named.publish()
    answer = named.get(path, query)
    assert answer.status == 200
    assert b"/hub" not in answer.body
    assert "/hub" not in str(answer.headers)


@pytest.mark.parametrize("chosen", ["", "no address", "javascript:alert(1)"])
def test_without_a_hub_nothing_is_named_or_noted(site: Site, chosen: str) -> None:
    with naming(site) as made:
        choose(site, chosen)
        made.publish()
        assert b"hub" not in made.get("/index.php/feed/").body
        assert made.waiting() == 0


def test_the_hub_is_told_of_each_feed_that_lists_a_post_once(named: Named) -> None:
    world = named.category("World")
    europe = named.category("Europe", world)
    for title in ("a", "b"):
        named.publish(title, terms={"category": [europe]})
    assert named.told(0) == []
    places = ("", "author/admin/", "category/world/", "category/world/europe/")
    assert named.told() == feeds_at(*places)
    assert named.told() == []


def test_the_hub_is_told_of_changes_and_of_what_goes(named: Named) -> None:
    one, two = named.category("One"), named.category("Two")
    number = named.publish(terms={"category": [one]})
    named.told()
    both = feeds_at("", "author/admin/", "category/one/", "category/two/")
    named.change(number, terms={"category": [two]})
    assert named.told() == both
    named.change(number, title="Corrected")
    assert feeds_at("category/one/")[0] not in (told := named.told())
    assert set(feeds_at("", "category/two/")) < set(told)
    with named.site.newsroom.write() as view:
        trash.trash(view, NEWSROOM, number)
    assert set(feeds_at("", "category/two/")) < set(named.told())
    with named.site.newsroom.write() as view:
        trash.delete(view, number)
    assert named.told() == []
    number = named.publish()
    named.told()
    with named.site.newsroom.write() as view:
        trash.delete(view, number)
    assert set(feeds_at("")) < set(named.told())


def test_nothing_is_told_of_what_no_reader_sees(named: Named) -> None:
    number = named.publish(status="draft")
    named.change(number, title="Other")
    with named.site.newsroom.write() as view:
        publishing.create(view, NEWSROOM, "page", Changes(title="Imprint", status="private", author=1))
    assert named.waiting() == 0


def test_a_write_that_fails_notes_nothing(named: Named) -> None:
    def write() -> None:
        with named.site.newsroom.write() as view:
            publishing.create(view, NEWSROOM, "post", Changes(title="News", status="publish", author=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert named.waiting() == 0


def test_news_that_come_while_the_hub_is_told_are_told_as_well(named: Named) -> None:
    named.publish()
    with named.site.newsroom.database.read() as unit:
        [first, *_] = feed_notices.due(unit, 2**40, 1, "")
    named.publish("while it was told")
    with named.site.newsroom.database.write() as unit:
        feed_notices.taken(unit, first, 0)
    assert named.waiting() == len(feeds_at("", "author/admin/", "category/uncategorized/"))


def test_a_hub_that_refuses_is_asked_again_ever_more_rarely_and_doctor_says_so(named: Named) -> None:
    named.hub.status = 403
    named.publish()
    told = named.told()
    assert set(told) >= set(feeds_at(""))
    assert named.told(60) == []
    assert named.told(400) == told
    assert named.told(400) == []
    found = {finding.check: finding for finding in doctor.examine(named.site.settings)}
    assert (found["hub"].state, "status 403" in found["hub"].detail) == ("note", True)
    named.publish("more")
    assert named.told(10) == []
    for _ in range(MOST_TRIES):
        named.told(2 * 86_400)
    assert named.told(10 * 86_400) == []
    named.hub.status = 204
    named.publish("yet more")
    assert named.told() == told
    assert named.waiting() == 0


def test_a_hub_that_asks_to_wait_is_left_alone(named: Named) -> None:
    named.hub.status, named.hub.retry_after = 503, 3_000
    named.publish()
    assert len(named.told()) == 1
    assert named.told(2_900) == []
    named.hub.status = 204
    with WebFetcher(BOUNDS) as named.site.fetcher:  # the one before leaves the host alone by the time of the machine
        assert set(feeds_at("")) <= set(named.told(1_000))


def test_what_waits_for_one_hub_waits_for_no_other(named: Named) -> None:
    named.hub.status, named.hub.retry_after = 503, 3_000
    named.publish()
    assert len(named.told()) == 1
    named.hub.status = 204
    choose(named.site, f"{named.hub.url}/other")
    with WebFetcher(BOUNDS) as named.site.fetcher:
        assert set(feeds_at("")) <= set(named.told(1))


def test_a_hub_that_is_back_is_told_of_everything_that_waited(named: Named) -> None:
    """Whichever feed finds it back: one that has news meanwhile is not held up by the pause of the others."""
    named.hub.status, named.hub.retry_after = 503, 3_000
    named.publish()
    assert len(named.told()) == 1
    named.hub.status = 204
    with named.site.newsroom.database.write() as unit:
        unit.run("UPDATE feed_notices SET next_at = 0, hub = '' WHERE feed = 'site' AND format = 'rss2'")
    with WebFetcher(BOUNDS) as named.site.fetcher:
        assert set(feeds_at("")) <= set(named.told(1))
    assert named.waiting() == 0


def test_nobody_is_told_where_the_owner_wants_no_hub_any_more(named: Named) -> None:
    named.publish()
    choose(named.site, "")
    assert named.told() == []
    assert named.waiting() == 0


def test_no_hub_in_a_private_network_is_asked(named: Named) -> None:
    named.publish()
    with WebFetcher(Bounds(host_delay=0.0)) as fetcher:
        named.site.clock.later(seconds=10)
        Telling(named.site.newsroom, fetcher).tell()
    assert named.server.sent == []
    with named.site.newsroom.database.read() as unit:
        number, reason = feed_notices.refused(unit)
    assert number
    assert "private" in reason or "public" in reason


def test_a_feed_that_is_no_more_is_forgotten(named: Named) -> None:
    with named.site.newsroom.database.write() as unit:
        feed_notices.note(unit, ["term/99", "author/99"], ("rss2",), 0)
    assert named.told() == []
    assert named.waiting() == 0
