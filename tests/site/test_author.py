"""The box over the list of an author's articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.content.desk import HOME, article, make_newsroom
from tests.store import many
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.model.web import Request
from wirepress.store import bulk


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    newsroom = make_newsroom(tmp_path)
    with newsroom.database.write() as unit:
        many.posts(unit, [article(10, "news", title="News", author=3)])
        unit.run("UPDATE users SET description = 'Writes <b>of</b> tides', url = 'https://me.example/' WHERE id = 3")
        bulk.settle(unit)
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


def page(site: Dispatcher, path: str = "/index.php/author/author/", query: str = "") -> LexborHTMLParser:
    answer = site.answer(Request("GET", path, query))
    assert answer.status == 200
    return LexborHTMLParser(answer.body)


def choose(site: Dispatcher, **given: str) -> None:
    with site.newsroom.write() as view:
        for name, value in given.items():
            options.set(view.unit, name, value)


def links(found: LexborHTMLParser) -> list[str]:
    return [str(node.attributes["href"]) for node in found.css(".person-links a")]


def test_an_author_has_initials_words_a_website_and_a_feed(site: Dispatcher) -> None:
    found = page(site)
    box = found.css_first(".person")
    assert box is not None
    assert [node.text() for node in box.css(".avatar")] == ["A"]
    assert "Writes of tides" in box.text()
    assert links(found) == ["https://me.example/", f"{HOME}/index.php/author/author/feed/"]
    assert not found.css("img[src*=gravatar]")
    feed = site.answer(Request("GET", "/index.php/author/author/feed/"))
    assert (feed.status, b"<title>News</title>" in feed.body) == (200, True)


def test_a_picture_is_asked_for_where_the_owner_wants_it(site: Dispatcher) -> None:
    choose(site, wirepress_gravatar="1")
    assert len(page(site).css(".person img[src*=gravatar]")) == 1
    choose(site, show_avatars="0")
    assert not page(site).css(".person img")


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "me"])
def test_what_is_no_address_is_no_website(site: Dispatcher, address: str) -> None:
    with site.newsroom.database.write() as unit:
        unit.run("UPDATE users SET url = ? WHERE id = 3", (address,))
        unit.raise_shared_version()
    assert links(page(site)) == [f"{HOME}/index.php/author/author/feed/"]


def test_plain_addresses_have_a_feed_too(site: Dispatcher) -> None:
    choose(site, permalink_structure="")
    address = links(page(site, "/", "author=3"))[-1]
    assert address == f"{HOME}/?feed=rss2&author=3"
    feed = site.answer(Request("GET", "/", address.rpartition("?")[2]))
    assert (feed.status, b"<title>News</title>" in feed.body) == (200, True)


def test_lists_of_anything_else_have_no_box(site: Dispatcher) -> None:
    assert not page(site, "/index.php/2024/02/").css(".person")
