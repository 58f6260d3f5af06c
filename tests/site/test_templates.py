"""The templates: what they show, that text is escaped, and that a page is sound for every reader."""

import itertools
import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from wirepress.content.themes.catalog import Themes, newspaper
from wirepress.site.assets import Assets
from wirepress.site.rendering import environment, rendered
from wirepress.site.samples import ARTICLE, DATA, HOME, SHOWN, SITE, STORIES, context_of

THEMES = {name: Themes().read(name)[0] for name in ("newspaper", "magazine")}
ENVIRONMENTS = {name: environment(Assets(theme)) for name, theme in THEMES.items()}
PAGES_ALONE = [name for name in SHOWN if name != "embed"]
"""A page that stands in another's frame has none of its own."""


def html(name: str, theme: str = "newspaper", **changes: Any) -> str:
    return rendered(ENVIRONMENTS[theme], SHOWN[name][0], context_of(name, THEMES[theme]) | changes, float)


def page(name: str, theme: str = "newspaper", **changes: Any) -> LexborHTMLParser:
    return LexborHTMLParser(html(name, theme, **changes))


def words(tree: LexborHTMLParser, css: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(css)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES_ALONE)
def test_every_page_has_its_landmarks_and_one_first_heading(name: str, theme: str) -> None:
    tree = page(name, theme)
    assert [len(tree.css(css)) for css in ("h1", "main#main", "body > header", "body > footer", "title")] == [1] * 5
    assert tree.css("a.skip")[0].attributes["href"] == "#main"
    assert tree.css("html")[0].attributes["lang"] == "en-US"
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES_ALONE)
def test_no_page_needs_a_script(name: str, theme: str) -> None:
    tree = page(name, theme)
    assert [node.attributes.get("type") for node in tree.css("script")] == ["application/ld+json"]
    assert not any(attribute.startswith("on") for node in tree.css("*") for attribute in node.attributes)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES_ALONE)
def test_fields_have_labels_and_pictures_have_words(name: str, theme: str) -> None:
    tree = page(name, theme)
    labelled = {node.attributes.get("for") for node in tree.css("label")}
    fields = tree.css("input:not([type=hidden]), textarea")
    assert {node.attributes.get("id") for node in fields} <= labelled
    assert all("alt" in node.attributes for node in tree.css("img"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES_ALONE)
def test_headings_leave_no_level_out(name: str, theme: str) -> None:
    levels = [int(str(node.tag)[1]) for node in page(name, theme).css("h1, h2, h3, h4")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES_ALONE)
def test_text_cannot_become_markup(name: str, theme: str) -> None:
    text = html(name, theme)
    assert "<wait>" not in text
    assert 'content="Twenty-two ships &amp; one &#34;fog&#34;"' in text
    data = page(name, theme).css("script")[0].text()
    assert json.loads(data) == DATA


def test_the_front_page_leads_with_the_newest() -> None:
    tree = page("front")
    assert words(tree, ".story-lead .story-title") == ["Grain ships wait for the fog to lift"]
    assert len(tree.css(".top-beside .story")) == 3
    assert len(tree.css("#more ~ .grid .story")) == 6
    assert words(tree, "#section-1") == ["Harbour"]
    assert tree.css("a[rel=next]")[0].attributes["href"] == HOME + "page/2/"
    assert not tree.css("a[rel=prev]")


def test_an_empty_newsroom_says_so() -> None:
    assert words(page("empty front"), ".empty") == ["Nothing has been published yet."]


def test_only_the_first_picture_is_fetched_at_once() -> None:
    pictures = [node.attributes for node in page("front").css("main img")]
    assert pictures[0]["fetchpriority"] == "high"
    assert all(attributes["loading"] == "lazy" for attributes in pictures[1:])


def test_an_article_says_who_when_and_where_from() -> None:
    tree = page("article")
    assert words(tree, ".article-head .byline-author") == ["By Ada Whitlock"]
    assert tree.css(".article-head time")[0].attributes["datetime"] == "2025-03-10T07:30:00+00:00"
    source = tree.css(".attribution a")[0]
    assert (source.text(), source.attributes["href"]) == ("Meridian Desk", ARTICLE["attribution"]["url"])
    assert words(tree, ".attribution") == ["First published by Meridian Desk."]
    assert words(tree, ".article-picture figcaption") == ["The grain pier of the Teal estuary before the fog came."]
    assert words(tree, ".tags li") == ["fog", "grain & flour"]


def test_a_text_that_names_its_source_is_not_told_twice() -> None:
    source = ARTICLE["attribution"] | {"url": "http://127.0.0.1:1/?a=1&b=2"}
    text = '<p class="syndication-source">First published by <a href="http://127.0.0.1:1/?a=1&amp;b=2">it</a>.</p>'
    assert not page("article", story=ARTICLE | {"attribution": source, "content_html": text}).css(".attribution")
    assert page("article", story=ARTICLE | {"attribution": source}).css(".attribution")


def test_an_article_names_those_that_tell_the_same_story() -> None:
    others = page("article", alike=STORIES[7:8]).css("[aria-labelledby=alike] a")
    assert [link.attributes["href"] for link in others] == [STORIES[7]["url"]]


def test_an_article_of_our_own_names_no_source() -> None:
    assert not page("article", story=ARTICLE | {"attribution": None}, related=[]).css(".attribution, .byline-source")


def test_comments_are_shown_with_their_authors() -> None:
    tree = page("article")
    assert words(tree, ".comment-author") == ["quaysider <3", "Anonymous", "L. Penn"]
    assert words(tree, ".comment .comment .comment-author") == ["Anonymous"]
    assert tree.css(".comment-author a")[0].attributes["rel"] == "ugc external nofollow"
    assert words(tree, "#comments-title") == ["3 comments"]


def test_an_archive_says_what_it_is() -> None:
    tree = page("archive")
    assert words(tree, ".page-head .kicker") == ["Category"]
    assert words(tree, ".page-title") == ["World & beyond"]
    assert words(tree, ".page-note em") == ["other"]


def test_a_search_keeps_what_was_asked() -> None:
    tree = page("search")
    assert tree.css("#search-again")[0].attributes["value"] == 'fog "&'
    assert words(tree, ".page-note") == ["2 stories"]


def test_gone_is_not_missing() -> None:
    assert words(page("gone"), ".page-title") != words(page("missing"), ".page-title")


def test_a_site_of_another_direction() -> None:
    assert page("front", site=SITE | {"language": "ar", "direction": "rtl"}).css("html")[0].attributes["dir"] == "rtl"


def test_the_style_fetches_nothing_from_elsewhere() -> None:
    found = Assets(newspaper()).answer("/-/static/site.css")
    assert found is not None
    style = found.body.decode()
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
