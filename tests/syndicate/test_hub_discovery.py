"""Which hubs a feed is told of by: headers come before the document, and nothing but open addresses counts."""

from __future__ import annotations

import json

import pytest

from wirepress.model.wire import Feed
from wirepress.net.port import Fetched
from wirepress.syndicate.parse.broken import read_broken
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.links import header_links
from wirepress.syndicate.websub.discovery import LONGEST, MOST_HUBS, with_hubs

URL = "https://paper.example/feed"
LINKS = '<atom:link rel="{}" href="{}" xmlns:atom="http://www.w3.org/2005/Atom"/>'
ITEM = "<item><title>A</title><link>https://paper.example/a</link></item>"


def rss(*links: tuple[str, str]) -> bytes:
    named = "".join(LINKS.format(rel, href) for rel, href in links)
    return f'<rss version="2.0"><channel><title>P</title>{named}{ITEM}</channel></rss>'.encode()


def found(body: bytes, link: str = "", url: str = URL) -> tuple[str, tuple[str, ...]]:
    feed = with_hubs(read_feed(body, url), Fetched(200, url, {"link": link} if link else {}, body))
    return feed.itself, feed.hubs


def test_headers_come_before_the_document() -> None:
    body = rss(("hub", "https://b.example/"), ("hub", "https://a.example/"), ("self", "https://paper.example/own"))
    assert found(body) == ("https://paper.example/own", ("https://b.example/", "https://a.example/"))
    link = '<https://c.example/>; rel="hub", <https://a.example/>; rel=hub, <https://paper.example/other>; rel="self"'
    assert found(body, link) == (
        "https://paper.example/other",
        ("https://c.example/", "https://a.example/", "https://b.example/"),
    )


@pytest.mark.parametrize(
    ("link", "hubs"),
    [
        ("<https://a.example/>;rel=HUB", ("https://a.example/",)),
        ("</hub>; rel=\"other hub\"", ("https://paper.example/hub",)),
        ("<https://a.example/>; title=\"x, <https://b.example/>; rel=hub\"; rel=hub", ("https://a.example/",)),
        ("<https://a.example/>; rel=self; rel=hub", ()),
        ("<https://a.example/>; rel=hub; anchor=\"https://other.example/\"", ()),
        ("<https://a.example/>; rel=hubs", ()),
        ("https://a.example/; rel=hub", ()),
        ("<javascript:alert(1)>; rel=hub, <ftp://a.example/>; rel=hub, <https://>; rel=hub", ()),
        ("<https://user:secret@a.example/>; rel=hub", ()),
        (f"<https://a.example/{'x' * LONGEST}>; rel=hub", ()),
    ],
)  # fmt: skip
def test_what_a_header_names(link: str, hubs: tuple[str, ...]) -> None:
    assert found(rss(), link)[1] == hubs


def test_there_are_only_so_many() -> None:
    link = ", ".join(f"<https://h{number}.example/>; rel=hub" for number in range(50))
    assert found(rss(), link)[1] == tuple(f"https://h{number}.example/" for number in range(MOST_HUBS))
    assert found(rss(*(("hub", f"https://h{number}.example/") for number in range(50))))[1] == found(rss(), link)[1]


def test_without_a_name_of_its_own_it_is_known_by_its_address() -> None:
    hub = ("hub", "https://a.example/")
    assert found(rss(hub))[0] == URL
    assert found(rss(hub), url="https://me:secret@paper.example/feed") == ("", ())
    assert found(rss(hub, ("self", URL)), url="https://me:secret@paper.example/feed")[0] == URL


def test_atom_and_json_feed_name_them_too() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><link rel="self" href="/own"/>'
        '<link rel="hub" href="https://a.example/"/><entry><id>1</id><title>A</title></entry></feed>'
    )
    assert found(atom.encode()) == ("https://paper.example/own", ("https://a.example/",))
    hubs = [{"type": "WebSub", "url": "https://a.example/"}, {"type": "rssCloud", "url": "https://b.example/"}, "x"]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "P", "feed_url": "/own", "hubs": hubs, "items": []}
    assert found(json.dumps(feed).encode()) == ("https://paper.example/own", ("https://a.example/",))


def test_a_broken_feed_names_them_too() -> None:
    body = rss(("hub", "https://a.example/"), ("self", "https://paper.example/own")).decode()
    feed = read_broken(body.replace("</item>", ""), URL, 10)
    assert (feed.itself, feed.hubs) == ("https://paper.example/own", ("https://a.example/",))


def test_a_feed_that_names_none() -> None:
    assert found(rss()) == (URL, ())
    assert with_hubs(Feed(), Fetched(200, URL)).hubs == ()


def test_a_hostile_header_costs_little() -> None:
    for header in ("<a>;" * 50_000, '<a>; rel="' + "x" * 50_000, "<" * 50_000, "<a>" + "; x=y" * 20_000):
        assert sum(1 for _ in header_links(header)) < 5_000
