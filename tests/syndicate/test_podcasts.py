"""Podcasts: the sounds that a feed encloses are played in the text, and enclosed again by our own feeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import Site
from wirepress.feeds.enclosures import Enclosure, of_meta
from wirepress.model.post import Post
from wirepress.model.wire import Entry, Medium, Rights, Rules, Source
from wirepress.store import posts
from wirepress.syndicate import enclosed
from wirepress.syndicate.narrow import narrow
from wirepress.syndicate.pull import pull_source

FEED = "https://radio.example/feed"
FILE = "https://radio.example/1.mp3?a=1&b=2"
RSS = """<rss version="2.0"><channel><title>Radio</title><item><guid>1</guid>
<link>https://radio.example/1</link><title>{title}</title><description>Short notes: {title}.</description>
<enclosure url="https://radio.example/1.mp3?a=1&amp;b=2" length="{length}" type="audio/mpeg"/></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Radio</title><entry><id>1</id><title>First</title>
<link href="https://radio.example/1"/><summary>Short notes.</summary>
<link rel="enclosure" href="https://radio.example/1.mp3?a=1&amp;b=2" length="1234" type="audio/mpeg"/></entry></feed>"""


def pulled(site: Site, feed: str, rights: Rights = Rights.FULL, *, page: bool = False) -> Post:
    """What a feed brings, whose articles have pages without a text."""
    known = [one.id for one in [site.source(1)]] if site.posts() else []
    number = known[0] if known else site.add(FEED, rights, rules=Rules(page=page))
    site.clock.later(hours=2)
    pages = {FEED: feed, "https://radio.example/1": "<html><title>1</title><p>Listen</p></html>"}
    report = pull_source(site.newsroom, number, Elsewhere(pages))
    assert not report.error
    (made,) = site.posts()
    with site.newsroom.database.read() as unit:
        found = posts.get(unit, made.id)
    assert found is not None
    return found


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("feed", [RSS.format(title="First", length=1234), ATOM])
def test_a_sound_is_played_and_enclosed_again(site: Site, feed: str, page: bool) -> None:
    post = pulled(site, feed, page=page)
    assert post.content.startswith('<!-- wp:audio -->\n<figure class="wp-block-audio"><audio controls src="')
    assert "Short notes" in post.content
    assert of_meta(post) == [Enclosure(FILE, "audio/mpeg", 1234)]


def test_another_file_takes_its_place(site: Site) -> None:
    pulled(site, RSS.format(title="First", length=1234))
    post = pulled(site, RSS.format(title="Second", length=99).replace("1.mp3", "2.mp3"))
    assert [one.url for one in of_meta(post)] == [FILE.replace("1.mp3", "2.mp3")]
    assert post.content.count("<audio") == 1
    assert "2.mp3" in post.content


def test_without_the_rights_there_is_none_and_none_stays(site: Site) -> None:
    post = pulled(site, RSS.format(title="First", length=1234))
    source = replace(site.source(1), rights=Rights.EXCERPT)
    site.change(source)
    assert narrow(site.newsroom, source) == 1
    with site.newsroom.database.read() as unit:
        found = posts.get(unit, post.id)
    assert found is not None
    assert "<audio" not in found.content
    assert of_meta(found) == []


@pytest.mark.parametrize(
    ("medium", "kind"),
    [
        (Medium(FILE, "audio/mpeg; charset=x"), "audio/mpeg"),
        (Medium(FILE), "audio/mpeg"),
        (Medium("https://radio.example/a.mp4", "video"), "video/mp4"),
        (Medium("https://radio.example/a.jpg", "image/jpeg"), ""),
        (Medium("https://radio.example/a.mp3", "image"), ""),
        (Medium("https://radio.example/a", "application/pdf"), ""),
    ],
)
def test_what_is_a_sound_or_a_film(medium: Medium, kind: str) -> None:
    assert enclosed.kind_of(medium) == kind


def test_a_hostile_address_is_no_file() -> None:
    media = tuple(Medium(url, "audio/mpeg") for url in ("javascript:alert(1)", "file:///etc/passwd", "x" * 9999, FILE))
    found = enclosed.files_of(Source(1, FEED, rights=Rights.FULL), Entry("1", media=media))
    assert [one.url for one in found] == [FILE]
    assert enclosed.with_players("", found).count('src="https://radio.example/1.mp3?a=1&amp;b=2"') == 1
    assert enclosed.files_of(Source(1, FEED), Entry("1", media=media)) == ()
