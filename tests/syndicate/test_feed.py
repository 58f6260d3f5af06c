from __future__ import annotations

import gzip
import os
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirepress.model.wire import Entry, Feed, Medium
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.unreadable import Unreadable

URL = "https://wire.example/feeds/world.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>The Wire</title><link>https://wire.example/</link><description>All &amp; sundry</description>
<language>en-gb</language><item>
  <title><![CDATA[Ministers &amp; <b>markets</b>: what&#8217;s next]]></title>
  <link>/world/markets?utm_source=rss</link><guid isPermaLink="false">wire-42</guid>
  <pubDate>Tue, 04 Mar 2025 18:30:00 +0100</pubDate>
  <dc:creator>By Ada Byron and Bo Chen</dc:creator><dc:creator>desk@wire.org (Cy Dow)</dc:creator>
  <category>World</category><category>world</category><category>Economy</category>
  <description>Short &lt;em&gt;summary&lt;/em&gt;.</description>
  <content:encoded><![CDATA[<p>Body with <a href="/x">a link</a>.</p><script>alert(1)</script>]]></content:encoded>
  <enclosure url="https://wire.example/a.mp3" type="audio/mpeg" length="1234"/>
  <media:content url="https://wire.example/a.jpg" medium="image" width="1200" height="800"/>
  <media:description>A market</media:description>
  <source url="https://origin.example/feed">Origin Agency</source>
</item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Der Draht</title><id>urn:draht</id>
<author><name>Redaktion Draht</name></author><updated>2025-03-04T10:00:00Z</updated>
<entry><id>tag:draht.example,2025:1</id><title type="text">1 &lt; 2 &amp;amp; mehr</title>
<link rel="alternate" href="https://draht.example/eins"/><link rel="license" href="https://cc.example/by"/>
<published>2025-03-04T10:00:00+02:00</published><updated>2025-03-05T10:00:00Z</updated>
<summary type="text">Erste Zeile.

Zweite.</summary></entry></feed>"""


def only(feed: Feed) -> Entry:
    (entry,) = feed.entries
    return entry


def test_an_rss_item() -> None:
    feed = read_feed(RSS.encode(), URL, "text/xml")
    assert (feed.title, feed.warning) == ("The Wire", "")
    entry = only(feed)
    assert entry.guid == "wire-42"
    assert entry.link == "https://wire.example/world/markets?utm_source=rss"
    assert entry.title == "Ministers & markets: what’s next"
    assert entry.published == datetime(2025, 3, 4, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    assert entry.authors == ("Ada Byron", "Bo Chen", "Cy Dow")
    assert entry.categories == ("World", "Economy")
    assert entry.summary == "Short <em>summary</em>."
    assert "<script>" in entry.content  # cleaned where it is used, not here
    assert entry.publisher == "Origin Agency"
    assert entry.media == (
        Medium("https://wire.example/a.jpg", "image", width=1200, height=800, caption="A market"),
        Medium("https://wire.example/a.mp3", "audio/mpeg", caption="A market", length=1234),
    )


def test_an_atom_entry() -> None:
    entry = only(read_feed(ATOM.encode(), URL))
    assert entry.title == "1 < 2 &amp; mehr"
    assert entry.authors == ("Redaktion Draht",)
    assert entry.summary == "<p>Erste Zeile.</p><p>Zweite.</p>"
    assert entry.content == ""
    assert (entry.licence, entry.publisher) == ("https://cc.example/by", "Der Draht")
    assert entry.updated == datetime(2025, 3, 5, 10, tzinfo=UTC)


def test_a_json_feed() -> None:
    body = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 7, "url": "/a",
      "title": "T &amp; U", "content_text": "a < b", "date_published": "2025-01-01T00:00:00Z",
      "authors": [{"name": "Ada Byron"}], "tags": ["x", 3], "image": "i.png"}, "junk"]}"""
    entry = only(read_feed(body, URL, "application/json"))
    assert (entry.guid, entry.link, entry.title) == ("7", "https://wire.example/a", "T & U")
    assert entry.content == "<p>a &lt; b</p>"
    assert entry.media[0].url == "https://wire.example/i.png"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (RSS.replace("utf-8", "iso-8859-1").replace("Wire", "Café").encode("latin-1", "xmlcharrefreplace"), ""),
        (RSS.replace("Wire", "Café").encode(), "text/xml"),
        (RSS.replace(' encoding="utf-8"', "").replace("Wire", "Café").encode(), "application/rss+xml; charset=utf-8"),
        (RSS.replace(' encoding="utf-8"', "").replace("Wire", "Café").encode("utf-16"), "text/xml; charset=nonsense"),
        (
            RSS.replace(' encoding="utf-8"', "").replace("Wire", "Café").encode("cp1252"),
            "text/xml; charset=windows-1252",
        ),
    ],
)
def test_charsets_as_declared(body: bytes, content_type: str) -> None:
    assert read_feed(body, URL, content_type).title == "The Café"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the feed is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "this is a web page, not a feed"),
        (b"just words", "this is no feed"),
        (b'{"a": 1}', "this is JSON, but no JSON Feed"),
        (b'{"a": ', "the JSON feed breaks off or is malformed"),
        (b"x" * 21_000_000, "the feed is larger than 20,000,000 bytes"),
    ],
)
def test_what_is_no_feed_is_told_in_one_line(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        read_feed(body, URL)


@pytest.mark.parametrize("cut", [len(RSS) - 20, RSS.index("<enclosure"), RSS.index("</dc:creator>")])
def test_a_feed_that_breaks_off_gives_what_came(cut: int) -> None:
    feed = read_feed(RSS[:cut].encode(), URL)
    assert only(feed).title == "Ministers & markets: what’s next"
    assert "not well-formed" in feed.warning
    assert "\n" not in feed.warning


def test_an_entity_bomb_and_a_file_entity_stay_small() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    feed = read_feed(f"{head}<rss><channel><item><title>&a11;&f;</title></item></channel></rss>".encode(), URL)
    assert len(only(feed).title) < 100


def test_an_item_without_guid_and_link_has_a_stable_name() -> None:
    body = b"<rss><channel><item><title>One</title></item><item><title>Two</title></item></channel></rss>"
    first, second = read_feed(body, URL).entries
    assert first.guid == read_feed(body, URL).entries[0].guid != second.guid


@given(st.binary(max_size=300), st.integers(0, len(RSS)))
@settings(deadline=None, max_examples=60)
def test_nothing_crashes_the_reader(junk: bytes, at: int) -> None:
    raw = RSS.encode()
    try:
        read_feed(raw[:at] + junk + raw[at:], URL)
    except Unreadable as error:
        assert "\n" not in error.message  # noqa: PT017 (junk may or may not be readable)


CORPORA = os.environ.get("WIREPRESS_CORPORA", "")


@pytest.mark.skipif(not CORPORA, reason="real feeds: WIREPRESS_CORPORA is not set")
def test_real_feeds_lose_no_entry() -> None:
    files = sorted(Path(CORPORA, "corpora/feeds/real").glob("*.gz"))
    assert files
    for file in files:
        raw = gzip.decompress(file.read_bytes())
        there = len(re.findall(rb"<(?:\w+:)?(?:item|entry)[\s>]", raw)) or raw.count(b'"date_published"')
        entries = read_feed(raw, URL).entries
        assert len(entries) == there, file.name
        assert all(entry.guid for entry in entries)


@pytest.mark.skipif(not CORPORA, reason="feedparser's cases: WIREPRESS_CORPORA is not set")
def test_the_cases_of_feedparser_lose_no_entry() -> None:
    files = sorted(Path(CORPORA, "corpora/feeds/feedparser").rglob("*.xml"))
    assert files
    for file in files:
        raw = file.read_bytes()
        there = len(
            re.findall(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.sub(rb"(?s)<!--.*?-->|<!\[CDATA.*?\]\]>", b"", raw))
        )
        try:
            assert len(read_feed(raw, URL).entries) >= there, file.name
        except Unreadable:
            assert there == 0, file.name


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("sam.pell@courier.example (Sam Pell)", ("Sam Pell",)),
        ("pell@courier.com (Sam Pell)", ("Sam Pell",)),
        ("Sam Pell", ("Sam Pell",)),
    ],
)
def test_an_author_behind_a_mail_address(author: str, names: tuple[str, ...]) -> None:
    feed = f'<rss version="2.0"><channel><item><title>x</title><author>{author}</author></item></channel></rss>'
    assert read_feed(feed.encode(), "https://wire.example/feed").entries[0].authors == names


@pytest.mark.parametrize("text", ["06.03.2025 08:00", "6.3.2025 08:00", "Do, 06.03.2025 08:00"])
def test_in_a_date_with_dots_the_day_comes_first(text: str) -> None:
    assert read_date(text) == datetime(2025, 3, 6, 8, tzinfo=UTC)
