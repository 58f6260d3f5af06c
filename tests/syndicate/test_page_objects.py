"""The objects of a page's JSON-LD: which of them tell of its article, and references that lead nowhere."""

from __future__ import annotations

from datetime import UTC, datetime
from json import dumps
from typing import Any

import pytest

from tests.syndicate.test_page_facts import TITLE, URL, article
from wirepress.syndicate.parse.page import read_page

NEWS = {"@type": "NewsArticle", "headline": TITLE}
OTHER = {"datePublished": "2010-01-01", "author": {"@type": "Person", "name": "Cy Dunn"}}
METAS = (
    '<meta property="article:published_time" content="2025-03-04T10:00:00Z"><meta name="author" content="Ada Byron">'
)


def data(*things: Any) -> str:
    return f'<script type="application/ld+json">{dumps({"@graph": list(things)})}</script>'


def facts(head: str, **parts: str) -> tuple[tuple[str, ...], str]:
    """The authors and the day of a page."""
    found = read_page(article(head, **parts), URL)
    return found.authors, found.published.date().isoformat() if found.published else ""


@pytest.mark.parametrize(
    "other",
    [
        {"@type": "VideoObject", "mainEntityOfPage": "https://thewire.example/films/1"},
        {"@type": "VideoObject", "url": URL},
        {"@type": "Review"},
        {"@type": "Recipe", "@id": f"{URL}#recipe"},
        {"@type": "SocialMediaPosting"},
        {"@type": "Article", "headline": "The old quay is closed"},
        {"@type": "Article", "headline": TITLE, "url": "https://thewire.example/world/other"},
        {"@type": "BlogPosting", "@id": "https://thewire.example/world/other#article"},
        {"@type": "WebPage", "@id": "https://thewire.example/about"},
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_an_object_beside_the_article_tells_nothing_of_it(other: dict[str, str], *, is_first: bool) -> None:
    things = [{**other, **OTHER}, NEWS] if is_first else [NEWS, {**other, **OTHER}]
    assert facts(data(*things) + METAS) == (("Ada Byron",), "2025-03-04")
    assert facts(data(*things)) == ((), "")


@pytest.mark.parametrize(
    "other",
    [
        {"@type": "WebPage"},
        {"@type": "WebPage", "@id": f"{URL}#webpage"},
        {"@type": "Article", "headline": TITLE},
        {"@type": "Article", "mainEntityOfPage": {"@id": URL}, "headline": "Harbour opens"},
        {"@type": "Recipe", "mainEntityOfPage": f"{URL}/#page"},
    ],
)
def test_an_object_of_the_same_page_tells_what_the_article_lacks(other: dict[str, Any]) -> None:
    assert facts(data(NEWS, {**other, **OTHER}) + METAS) == (("Cy Dunn",), "2010-01-01")


@pytest.mark.parametrize("kind", ["VideoObject", "Recipe", "Review", "SocialMediaPosting"])
def test_the_only_object_tells_of_the_article_where_nothing_else_does(kind: str) -> None:
    assert facts(data({"@type": kind, **OTHER})) == (("Cy Dunn",), "2010-01-01")
    assert facts(data({"@type": kind, **OTHER}) + METAS) == (("Ada Byron",), "2025-03-04")


@pytest.mark.parametrize(
    ("author", "known", "authors"),
    [
        ({"@id": "#a"}, [{"@id": "#a", "name": "Ada Byron"}], ("Ada Byron",)),
        ({"@id": "#a"}, [{"@id": "#a", "url": "/a"}, {"@id": "#a", "name": "Ada Byron"}], ("Ada Byron",)),
        ({"@id": "#a"}, [{"@id": "#a", "name": [{"@id": "#a"}]}], ()),
        ({"@id": "#a"}, [{"@id": "#a", "name": [{"@id": "#b"}]}, {"@id": "#b", "name": [{"@id": "#a"}]}], ()),
        ({"@id": ["#a"]}, [{"@id": ["#a"], "name": "Ada Byron"}], ()),
        ({"@id": "#0"}, [{"@id": f"#{at}", "name": [{"@id": f"#{at + 1}"}] * 12} for at in range(14)], ()),
    ],
)
def test_references_to_authors_are_followed_to_an_end(
    author: object, known: list[object], authors: tuple[str, ...]
) -> None:
    assert facts(data({**NEWS, "author": author}, *known))[0] == authors


@pytest.mark.parametrize(
    "key", ["author", "datePublished", "image", "publisher", "mainEntityOfPage", "headline", "url"]
)
@pytest.mark.parametrize("depth", [300, 900, 5_000])
def test_lists_in_lists_are_read_no_deeper_than_some(key: str, depth: int) -> None:
    nested = f'"{key}":{"[" * depth}"Ada Byron"{"]" * depth}'
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle",{nested}}}</script>{METAS}'
    assert read_page(article(head), URL).published == datetime(2025, 3, 4, 10, tzinfo=UTC)


def test_the_name_of_the_host_is_that_of_a_person_where_the_data_say_so() -> None:
    head = data({"@type": "BlogPosting", "headline": TITLE, "author": {"@type": "Person", "name": "Ada Byron"}})
    page = article(head, below="<p>By Royal Appointment</p>")
    assert read_page(page, "https://adabyron.example/quay").authors == ("Ada Byron",)
    assert read_page(page, "https://www.adabyron-writes.example/quay").authors == ("Ada Byron",)


@pytest.mark.parametrize("name", ["The Wire", "thewire", "Harbour News"])
def test_an_account_of_the_house_is_no_person_though_the_data_say_so(name: str) -> None:
    head = data({**NEWS, "author": {"@type": "Person", "name": name}, "publisher": {"name": name}})
    head += f'<meta property="og:site_name" content="{name}">'
    assert facts(head, below="<p>By Ada Byron</p>")[0] == ("Ada Byron",)


def test_the_portrait_of_an_author_is_found_among_many_things() -> None:
    ada = {"@type": "Person", "@id": "#ada", "name": "Ada Byron", "image": {"@id": "#face"}}
    face = {"@id": "#face", "url": "https://thewire.example/ada.jpg"}
    crowd = [{"@id": f"#{at}", "author": [{"image": {"@id": "#face"}}] * 10} for at in range(1_900)]
    head = data({**NEWS, "image": "https://thewire.example/quay.jpg"}, ada, face, *crowd)
    head += '<meta property="og:image" content="https://thewire.example/ada.jpg">'
    page = read_page(article(head), URL)
    pictures = [one.url for one in (page.picture, *page.more_pictures) if one is not None]
    assert pictures == ["https://thewire.example/quay.jpg"]
