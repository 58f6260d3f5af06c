# ruff: noqa: E501 (a table reads better unbroken)
"""What pages say to machines of their rights narrows what is kept of them, and is passed on with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import HOME, Site
from wirepress.app.dispatch import Dispatcher
from wirepress.model.entry import EntryQuery
from wirepress.model.post import Post
from wirepress.model.signals import Signals
from wirepress.model.web import Request
from wirepress.model.wire import CanonicalPolicy, Rights, Rules, SignalPolicy
from wirepress.store import entries
from wirepress.syndicate.article import read_article
from wirepress.syndicate.preview import preview

URL = "https://courier.example/news/ledger"
MARKER = "the oldest boat of the harbour had paid twice"
DESCRIPTION = "The page tells in its own words of a ledger that was found."
TEXT = "".join(
    f"<p>On day {number} the keeper of the archive said that {MARKER}, and that boat number {number} had not.</p>"
    for number in range(8)
)
FEED = (
    '<rss version="2.0"><channel><title>Courier</title><item><guid>one</guid><link>{url}/news/ledger</link>'
    "<title>The ledger</title>{summary}</item></channel></rss>"
)


def page(head: str = "") -> bytes:
    return (
        f'<html><head><title>The ledger</title><meta name="description" content="{DESCRIPTION}">'
        f'<meta property="og:image" content="/lead.jpg">{head}</head>'
        f"<body><article><h1>The ledger</h1>{TEXT}</article></body></html>"
    ).encode()


def signals(head: str = "", **headers: str) -> Signals:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_article(page(head), URL, "text/html", headers=named).page.signals


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


RSL_PROHIBITS = (
    '<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<prohibits type="usage">ai-train</prohibits></license></content></rsl></script>'
)
RSL_PERMITS = (
    '<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<permits type="usage">all</permits></license></content></rsl></script>'
)


@pytest.mark.parametrize(
    ("head", "headers", "expected"),
    [
        ("", {}, Signals()),
        (meta("robots", "index, follow, max-image-preview:large"), {}, Signals()),
        (meta("robots", "NoArchive,  max-snippet: 50"), {}, Signals(("noarchive", "max-snippet:50"), 50, True, False)),
        (meta("robots", "max-snippet:-1, max-snippet:x"), {}, Signals()),
        (meta("wirepress", "noimageindex"), {}, Signals(("noimageindex",), None, False)),
        (meta("googlebot", "noarchive, nosnippet"), {}, Signals()),
        ("", {"x_robots_tag": "noarchive"}, Signals(("noarchive",), None, True, False)),
        ("", {"x_robots_tag": "googlebot: noindex, nosnippet\nnoarchive"}, Signals(("noarchive",), None, True, False)),
        ("", {"x_robots_tag": "otherbot: noarchive, Wirepress: nosnippet"}, Signals(("nosnippet",), 0)),
        ("", {"x_robots_tag": "unavailable_after: 25 Jun 2026 15:00:00 PST, noindex"}, Signals(("noindex",))),
        (meta("robots", "max-snippet:80"), {"x_robots_tag": "max-snippet:9"}, Signals(("max-snippet:80", "max-snippet:9"), 9)),
        (meta("tdm-reservation", "1"), {}, Signals(("tdm-reservation",), is_reserved=True)),
        ("", {"tdm_reservation": "1"}, Signals(("tdm-reservation",), is_reserved=True)),
        (meta("tdm-reservation", "0"), {"tdm_reservation": "1"}, Signals()),
        (RSL_PROHIBITS, {}, Signals(("rsl",), is_reserved=True)),
        (RSL_PERMITS, {}, Signals()),
        ('<link rel="license" type="application/rsl+xml" href="/l.xml">', {}, Signals(("rsl",), is_reserved=True)),
        ("", {"link": '</l.xml>; rel="license"; type="application/rsl+xml"'}, Signals(("rsl",), is_reserved=True)),
        ("", {"link": '</style.css>; rel="preload", </by/4.0>; rel=license'}, Signals()),
        (meta("robots", "noarchive," * 50_000), {}, Signals(("noarchive",), None, True, False)),
    ],
)  # fmt: skip
def test_what_is_said_and_to_whom(head: str, headers: dict[str, str], expected: Signals) -> None:
    assert signals(head, **headers) == expected


def test_a_licence_in_a_header_is_one() -> None:
    link = '</style.css>; rel="preload", </by/4.0>; rel="license"'
    assert (
        read_article(page(), URL, "text/html", headers={"link": link}).page.licence == "https://courier.example/by/4.0"
    )


@dataclass
class Courier:
    head: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    more: bytes = b""
    summary: str = ""
    url: str = ""

    def __call__(self, path: str, _: dict[str, str]) -> bytes:
        if path == "/feed":
            return reply(body=FEED.format(url=self.url, summary=self.summary).encode())
        if path == "/lead.jpg":
            import pyvips

            return reply(body=pyvips.Image.black(640, 400, bands=3).write_to_buffer(".jpg"))
        if path != "/news/ledger":
            return reply(404)
        answer = reply(body=page(self.head), Content_Type="text/html", **self.headers)  # type: ignore[arg-type] # headers
        return answer.replace(b"Connection: close\r\n", b"Connection: close\r\n" + self.more)


@dataclass
class Desk:
    site: Site
    courier: Courier
    number: int

    def pull(self) -> Any:
        self.site.clock.later(hours=1)
        report = self.site.pull(self.number)
        assert not report.error, report.error
        return report

    @property
    def post(self) -> Post:
        return self.site.post("ledger")


@contextmanager
def desk_of(site: Site, courier: Courier, rights: Rights, **rules: Any) -> Iterator[Desk]:
    with Loopback(courier) as press:
        courier.url = press.url
        yield Desk(site, courier, site.add(f"{press.url}/feed", rights, rules=Rules(**rules)))


RESERVED = Courier(headers={"TDM_Reservation": "1"})
AGAINST_ALL = "narrowed: nothing of the page's own words and pictures (tdm-reservation)"


def test_an_excerpt_of_a_reserved_page_has_none_of_its_own_words_and_pictures(site: Site) -> None:
    courier = replace(RESERVED, summary="<description>What the feed itself gives away.</description>")
    with desk_of(site, courier, Rights.EXCERPT, picture=True) as desk:
        report = desk.pull()
        assert "What the feed itself" in desk.post.content
        assert (desk.post.thumbnail, site.uploads(), site.holds(DESCRIPTION)) == (0, [], [])
        assert report.entries[0]["detail"] == AGAINST_ALL
        assert tuple(site.origin(desk.post).facts.signals) == ("tdm-reservation",)


def test_without_a_word_of_the_feed_nothing_but_the_link_is_left(site: Site) -> None:
    with desk_of(site, replace(RESERVED), Rights.EXCERPT) as desk:
        desk.pull()
        assert desk.post.excerpt == ""
        assert site.holds(DESCRIPTION) == []


def test_a_header_s_every_line_counts(site: Site) -> None:
    courier = Courier(more=b"X-Robots-Tag: otherbot: noindex\r\nX-Robots-Tag: max-snippet:20\r\n")
    with desk_of(site, courier, Rights.EXCERPT) as desk:
        report = desk.pull()
        assert desk.post.excerpt == "The page tells in …"
        assert "a summary of 20 characters (max-snippet)" in report.entries[0]["detail"]


def test_what_was_agreed_stands_above_it_unless_it_is_to_be_heeded(site: Site) -> None:
    with desk_of(site, Courier(head=meta("robots", "noarchive")), Rights.FULL) as desk:
        desk.pull()
        assert MARKER in desk.post.content
        source = site.source(desk.number)
        site.change(replace(source, rules=replace(source.rules, signals=SignalPolicy.HEED)))
        (told,) = preview(site.newsroom, site.source(desk.number), site.fetcher, lambda *_: None)["entries"]
        assert told["result"] == "skipped"  # nothing says anything new of it
        desk.pull()
        assert (site.holds(MARKER), site.uploads()) == ([], [])
        assert DESCRIPTION in desk.post.content


def test_heeded_it_is_an_excerpt_and_says_why(site: Site) -> None:
    courier = Courier(head=meta("robots", "noarchive"))
    with desk_of(site, courier, Rights.FULL, signals=SignalPolicy.HEED) as desk:
        (told,) = preview(site.newsroom, site.source(desk.number), site.fetcher, lambda *_: None)["entries"]
        assert (told["result"], told["narrowed"]) == ("created", "no more than an excerpt (noarchive)")
        assert told["words"] > 0
        assert "narrowed: no more than an excerpt (noarchive)" in told["detail"]
        desk.pull()
        assert DESCRIPTION in desk.post.content
        assert (site.holds(MARKER), site.uploads()) == ([], [])
        assert desk.pull().counts["revised"] == 0
        courier.head = ""  # it says nothing any more, and its feed that it has changed
        courier.summary = "<description>New words.</description>"
        assert desk.pull().counts["revised"] == 1
        assert MARKER in desk.post.content


def test_a_page_that_begins_to_say_so_has_its_text_taken_back(site: Site) -> None:
    courier = Courier()
    with desk_of(site, courier, Rights.FULL, signals=SignalPolicy.HEED) as desk:
        desk.pull()
        assert (len(site.uploads()) > 0, site.holds(MARKER) != []) == (True, True)
        courier.headers = {"TDM_Reservation": "1"}
        courier.summary = "<description>New words.</description>"
        desk.pull()
        assert "New words." in desk.post.content
        assert (site.holds(MARKER), site.uploads(), desk.post.thumbnail) == ([], [], 0)


@pytest.mark.parametrize("canonical", [CanonicalPolicy.ORIGINAL, CanonicalPolicy.SELF])
def test_what_it_says_is_passed_on_with_our_copy(site: Site, canonical: CanonicalPolicy) -> None:
    courier = Courier(head=meta("robots", "noindex, max-snippet:90") + meta("tdm-reservation", "1"))
    with desk_of(site, courier, Rights.FULL, canonical=canonical) as desk:
        desk.pull()
        path = site.ask(f"{HOME}/index.php/wp-json/wp/v2/posts/{desk.post.id}")["link"].removeprefix(HOME)
        answer = Dispatcher(site.newsroom, site.settings).answer(Request("GET", path, "", {"host": "news.example.com"}))
        html = answer.body.decode()
        assert (answer.status, MARKER in html) == (200, True)
        robots = re.findall(r'<meta name="(?:robots|tdm-reservation)" content="([^"]*)">', html)
        assert robots == ([] if canonical is CanonicalPolicy.SELF else ["noindex, max-snippet:90", "1"])


PAID = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","isAccessibleForFree":false}</script>'


def test_what_has_to_be_paid_for_is_what_its_feed_gives_and_its_entry_says_so(site: Site) -> None:
    own = "".join(f"<p>The feed itself tells of {number} boats in the harbour.</p>" for number in range(12))
    content = f'<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/"><![CDATA[{own}]]></c:encoded>'
    courier = Courier(head=PAID, summary=content)
    with desk_of(site, courier, Rights.FULL) as desk:
        (seen,) = preview(site.newsroom, site.source(desk.number), site.fetcher, lambda *_: None)["entries"]
        assert (seen["result"], seen["detail"]) == ("created", "paywall")
        report = desk.pull()
        assert (report.entries[0]["result"], report.entries[0]["detail"]) == ("created", "paywall")
        assert ("11 boats" in desk.post.content, site.holds(MARKER)) == (True, [])
        with site.newsroom.database.read() as unit:
            (entry,), _ = entries.find(unit, EntryQuery())
        assert (entry.state, entry.reason) == ("taken", "paywall")
        courier.summary = content.replace("11 boats", "eleven boats")
        assert desk.pull().counts["revised"] == 1
        with site.newsroom.database.read() as unit:
            (entry,), _ = entries.find(unit, EntryQuery())
        assert (entry.state, entry.reason, site.holds(MARKER)) == ("updated", "paywall", [])


def test_what_has_to_be_paid_for_and_has_no_more_than_a_line_in_its_feed_is_not_taken(site: Site) -> None:
    with desk_of(site, Courier(head=PAID, summary="<description>A line.</description>"), Rights.FULL) as desk:
        desk.pull()
        with site.newsroom.database.read() as unit:
            (entry,), _ = entries.find(unit, EntryQuery())
        assert (entry.state, entry.reason, site.posts(), site.holds(MARKER)) == ("failed", "paywall", [], [])
