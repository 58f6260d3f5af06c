"""Documents made to exhaust whoever reads them: each ends within the limits with one clear line, and costs nobody else.

Those that cost many seconds are read where WIREPRESS_HOSTILE is set (`make test-hostile`), which alone asserts times.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from _pytest.mark.structures import ParameterSet

from tests.net.loopback import Loopback, reply
from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import BOMB, feed, page
from tests.syndicate.test_orders import carried, discovered
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.model.order import OrderState
from wirepress.model.remote import RemoteKind, Wish
from wirepress.model.wire import Rules
from wirepress.store import remote as store
from wirepress.store import runs, sources
from wirepress.store.remote import Due
from wirepress.syndicate import orders, sandbox
from wirepress.syndicate.look import MOST_COSTLY
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.remote import look_up

ALL = bool(os.environ.get("WIREPRESS_HOSTILE"))
SLOW = pytest.mark.skipif(not ALL, reason="WIREPRESS_HOSTILE is not set")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system tells and allows less")
SECONDS = 90.0
"""By the clock, for anything: the limits of a feed and a page, on a machine that has other work."""
MEGABYTES = 150
"""That the worker may grow by, with the server of the test in it: the body is there a few times, for a moment."""
EXCEEDS = "took too long to read|takes too much memory to read|holds more than can be taken"
TEXT = b"It rained all day in the valley, the mayor said, and the river rose by a metre before noon. " * 10


def rss(inside: bytes) -> bytes:
    return b'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>' + inside + b"</channel></rss>"


def item(text: bytes) -> bytes:
    return rss(b"<item><title>Long</title><guid>1</guid><link>/1</link><description>" + text + b"</description></item>")


def json_feed(items: bytes) -> bytes:
    return b'{"version":"https://jsonfeed.org/version/1.1","title":"W","items":' + items + b"}"


def article(inside: bytes) -> bytes:
    return b"<html><head><title>Rain</title></head><body><article><p>" + TEXT + b"</p>" + inside + b"</article>"


_ENTRY = b"<ITEM><TITLE>x</TITLE><DESCRIPTION>" + b"&lt;b&gt;y&lt;/b&gt;" * 6 + b"</DESCRIPTION></ITEM>"
SLOW_TO_READ = b"<RSS><CHANNEL>" + _ENTRY * 19_000 + b"</CHANNEL></RSS>"
"""In capitals it is no XML that our reader knows, and feedparser takes seconds for it."""


Made = Callable[[], bytes]
FEEDS: dict[str, tuple[Made, str]] = {
    "billion laughs": (lambda: BOMB, ""),
    "deep JSON": (lambda: json_feed(b"[" * 4_900_000 + b"]" * 4_900_000), "breaks off or is malformed"),
    "open JSON": (lambda: json_feed(b'[{"a":' * 1_500_000), "breaks off or is malformed"),
    "a long number": (lambda: json_feed(b"1" * 9_800_000), "breaks off or is malformed"),
    "comments": (lambda: rss(b"<!--" * 2_400_000), ""),
    "huge attribute": (lambda: item(b"<a b='" + b"x" * 9_800_000 + b"'>"), ""),
    "2 MB of nested links": (lambda: item(b"<a>" * 666_000), "holds more than 600,000 tags"),
    "2 MB of nested links in text": (lambda: item(b"<![CDATA[" + b"<a>" * 666_000 + b"]]>"), ""),
    "deep XML": (lambda: b"<rss>" + b"<x>" * 500_000, "."),
    "ampersands": (lambda: item(b"&" * 9_000_000), "holds more than 1,500,000 references"),
    "escaped twice": (lambda: item(b"&amp;lt;p " * 900_000), ""),
    "unclosed CDATA": (lambda: rss(b"<![CDATA[" * 1_000_000), ""),
    "document types": (lambda: b"<!DOCTYPE x [" * 700_000 + rss(b""), "."),
    "a tag of relative addresses": (lambda: item(b"<![CDATA[<a" + b" href=a" * 300_000 + b">]]>"), ""),
    "tags in a title": (lambda: rss(b"<item><title><![CDATA[" + b'<a "' * 1_000_000 + b"]]></title></item>"), ""),
}
SLOW_FEEDS: dict[str, tuple[Made, str]] = {
    "one guid for all": (
        lambda: rss(b"".join(b"<item><guid>1</guid><title>t %d</title></item>" % n for n in range(5_000))),
        "",
    ),
    "many attributes": (lambda: rss(b"<item " + b" ".join(b"a%d='1'" % n for n in range(700_000)) + b"/>"), "."),
    "many namespaces": (lambda: rss(b"".join(b"<item xmlns:a%d='u:%d'/>" % (n, n) for n in range(200_000))), ""),
    "200,000 entries": (lambda: rss(b"<item><title>x</title></item>" * 200_000), ""),
    "an entry of 10 MB": (
        lambda: item(b"<![CDATA[<p>" + b"word " * 1_950_000 + b"</p>]]>"),
        "longer than 2,000,000 characters",
    ),
    "900,000 entries of JSON": (lambda: json_feed(b"[" + b'{"id":"1"},' * 850_000 + b"{}]"), ""),
    "open brackets": (lambda: item(b"<" * 9_800_000), "."),
    "no XML at all": (lambda: SLOW_TO_READ, "."),
    "entities": (lambda: b"<!DOCTYPE x [" + b"<!ENTITY a 'x'>" * 600_000 + b"]>" + rss(b""), ""),
}
PAGES: dict[str, tuple[Made, str]] = {
    "deep HTML": (lambda: b"<div>" * 1_900_000, "nested too deeply"),
    "deep and closed": (lambda: article(b"<b>" * 300 + b"</b>" * 300), "nested too deeply"),
    "huge attribute": (lambda: article(b"<p b='" + b"x" * 9_000_000 + b"'>"), ""),
    "tables in tables": (lambda: article(b"<table><tr><td>" * 60), ""),
    "deep JSON-LD": (
        lambda: b"<script type='application/ld+json'>" + b'{"a":[' * 160_000 + article(b""),
        "no article|",
    ),
    "display": (lambda: article(b"<p style='" + b"display:" * 1_000_000 + b"'>x"), ""),
}
SLOW_PAGES: dict[str, tuple[Made, str]] = {
    "unclosed links": (lambda: article(b"<a>" * 3_000_000), "."),
    "a row of 45,000 cells": (lambda: article(b"<table><tr>" + b"<td>x" * 45_000), ""),
    "12,000 tables": (lambda: article(b"<table><tr><td>x</td><td>y</td></tr></table>" * 11_000), ""),
    "49,000 paragraphs": (lambda: article(b"<p>It rained, he said.</p>" * 49_000), ""),
    "a paragraph of 10 MB": (lambda: article(b"<p>" + b"word " * 1_900_000), "."),
    "40,000 pictures": (
        lambda: b"<meta property='og:image' content='/x.jpg'>" * 19 + article(b"<img src=/x.jpg>" * 40_000),
        "picture left out",
    ),
    "headings in a heading": (lambda: article(b"") + b"<h1><div>" * 100 + b"<b>a</b> " * 45_000, "."),
    "a date of a long class": (
        lambda: b"<h1>Rain</h1><time class='" + b"mis mise " * 200_000 + b"'>" + b"<i>ab</i> " * 100 + article(b""),
        "",
    ),
    "a title of 9 MB": (lambda: b"<title>" + b"a - " * 2_300_000 + b"</title>" + article(b""), ""),
}


def both(quick: dict[str, tuple[Made, str]], slow: dict[str, tuple[Made, str]]) -> list[ParameterSet]:
    """All cases; the slow ones where they are wanted."""
    return [pytest.param(*case, id=name) for name, case in quick.items()] + [
        pytest.param(*case, id=name, marks=SLOW) for name, case in slow.items()
    ]


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Whatever a test reads, the worker's own memory does not grow, and the clock has an end."""
    sandbox.run(sandbox.PAGE, len, "")  # started
    before, begun = peak(), time.monotonic()
    yield
    assert peak() - before < MEGABYTES
    assert not ALL or time.monotonic() - begun < SECONDS


def peak() -> int:
    """The most memory that this process ever had, in megabytes; what a test makes itself is in it by then."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1_000_000 if sys.platform == "darwin" else 1_000)


def press(answers: dict[str, bytes]) -> Loopback:
    """Answers by path; three good pages and a feed of them beside."""

    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/good":
            return reply(body=feed("good1", "good2", "good3"))
        if path in answers:
            return reply(body=answers[path], Content_Type="text/html" if path.startswith("/bad") else "")
        return reply(body=page(path[1:]), Content_Type="text/html") if path.startswith("/good") else reply(404)

    return Loopback(answer)


@pytest.mark.parametrize(("make", "wanted"), both(FEEDS, SLOW_FEEDS))
@LINUX
def test_a_hostile_feed_costs_nothing_but_itself(site: Site, make: Made, wanted: str) -> None:
    with press({"/feed": make()}) as running:
        number = site.add(f"{running.url}/feed", rules=Rules(page=False))  # what it says is all there is
        good = site.add(f"{running.url}/good")
        reading = threading.Thread(target=site.pull, args=(number,))
        reading.start()
        assert site.pull(good).counts["created"] == 3
        reading.join()
    with site.newsroom.database.read() as unit:
        (standing,) = (one for one in sources.standings(unit) if one.source.id == number)
        run = runs.last_runs(unit)[number]
    assert standing.lease_until == 0
    assert re.search(f"{wanted}|{EXCEEDS}", run.result), run.result
    assert "\n" not in run.result
    assert len(run.result) < 500
    if re.search(EXCEEDS, standing.source.memory.error):
        assert standing.attempts == 1  # it is asked ever more rarely


@pytest.mark.parametrize(("make", "wanted"), both(PAGES, SLOW_PAGES))
@LINUX
def test_a_hostile_page_costs_nothing_but_itself(site: Site, make: Made, wanted: str) -> None:
    with press({"/feed": feed("good1", "bad", "good2"), "/bad": make()}) as running:
        report = site.pull(site.add(f"{running.url}/feed"))
    assert report.error == ""
    assert report.counts["created"] + report.counts["failed"] == 3
    assert {"Story good1", "Story good2"} <= {post.title for post in site.posts()}
    assert max(len(post.title) for post in site.posts()) <= 1_000
    for note in report.notes:
        assert re.search(f"{wanted or '^$'}|{EXCEEDS}", note), note


@SLOW
@LINUX
def test_a_source_of_nothing_but_bombs_holds_the_others_up_no_longer_than_a_few(site: Site) -> None:
    names = [f"bad{number}" for number in range(3 * MOST_COSTLY)]
    bomb = article(b"<p>" + b"word " * 1_900_000)
    with press({"/feed": feed(*names)} | {f"/{name}": bomb for name in names}) as running:
        report = site.pull(site.add(f"{running.url}/feed"))
        assert len([path for path in running.paths() if path.startswith("/bad")]) == MOST_COSTLY
    assert report.error == f"{MOST_COSTLY} of its articles cost too much to read; the others wait"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second of processor time is the limit: what takes minutes is given up as well as what takes days."""
    for name in ("FEED", "PAGE"):
        limits = replace(getattr(sandbox, name), processor=1)
        monkeypatch.setattr(sandbox, name, limits)


@pytest.mark.usefixtures("soon")
@LINUX
def test_orders_are_within_the_limits(site: Site) -> None:
    elsewhere = Elsewhere({"https://a.example/feed": SLOW_TO_READ})
    order = discovered(site, "https://a.example/feed", elsewhere)
    assert (order.state, order.error) == (OrderState.FAILED, "the answer took too long to read")
    source = site.source(site.add("https://a.example/feed"))
    with site.newsroom.write() as view:
        order = orders.test(view, NEWSROOM, source)
    tested = carried(site, order, elsewhere)
    assert (tested.state, tested.error) == (OrderState.FAILED, "the feed took too long to read")


@pytest.mark.usefixtures("soon")
@LINUX
def test_what_posts_show_of_other_sites_is_within_the_limits(site: Site) -> None:
    feeds = Wish(RemoteKind.FEED, "feed", "https://a.example/feed", 0, 0)
    embed = Wish(RemoteKind.EMBED, "embed", "https://a.example/page", 600, 400)
    elsewhere = Elsewhere({feeds.url: SLOW_TO_READ, embed.url: b"<div>" * 390_000})
    with site.newsroom.database.write() as unit:
        store.want(unit, [feeds, embed])
    for wish, words in ((feeds, "the feed took too long to read"), (embed, "the page's markup is nested too deeply")):
        assert look_up(site.newsroom, Due(wish, {}, 0), elsewhere)
        with site.newsroom.database.read() as unit:
            ((memory,),) = unit.rows("SELECT memory FROM remote_answers WHERE kind = ?", (wish.kind.value,))
        assert words in str(memory)


@pytest.mark.usefixtures("soon")
@LINUX
def test_a_listing_is_within_the_limits(site: Site) -> None:
    with press({"/list": article(b"<a href=/x>a</a>" * 49_000)}) as running:
        number = site.add(f"{running.url}/list", rules=Rules(links="a ~ " * 8 + "a"))
        assert site.pull(number).error == "the page took too long to read"


def test_the_largest_of_honest_feeds_is_read() -> None:
    text = b"<![CDATA[<p>" + TEXT * 2 + b"</p>]]>"
    entry = (
        b"<item><title>Rain %d</title><guid>%d</guid><link>/%d</link><description>" + text + b"</description></item>"
    )
    body = rss(b"".join(entry.replace(b"%d", b"%d" % n) for n in range(4_500)))
    assert len(body) > 8_000_000
    assert len(sandbox.run(sandbox.FEED, read_feed, body, "https://a.example/").entries) == 4_500
