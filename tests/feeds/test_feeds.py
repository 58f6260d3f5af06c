"""What feeds and sitemaps hold, and that they are what their formats say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from tests.content.desk import make_newsroom
from tests.golden.site import newsroom_of
from tests.site.hostile import hostile
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request, Response


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("feeds")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


def get(dispatcher: Dispatcher, path: str, query: str = "") -> Response:
    return dispatcher.answer(Request("GET", path, query))


@pytest.mark.parametrize(
    "text",
    [
        "<!-- wp:group -->" * 1_000,
        "Harbour news of the day. " * 300_000,
        "<!-- wp:shortcode -->" + "[gallery]" * 30_000,
    ],
)
def test_an_article_that_is_too_much_costs_a_feed_nothing_but_its_excerpt(tmp_path: Path, text: str) -> None:
    newsroom = make_newsroom(tmp_path)
    with newsroom.write() as view:
        for title, content in (("First", "<p>Before it.</p>"), ("Too much", text), ("Last", "<p>After it.</p>")):
            changes = Changes(title=title, content=content, status="publish", author=1)
            publishing.create(view, NEWSROOM, "post", changes)
    own = Dispatcher(newsroom, Settings(tmp_path))
    for kind in ("", "atom/", "rdf/", "json/"):
        response = get(own, f"/index.php/feed/{kind}")
        assert response.status == 200, kind
        for words in (b"First", b"Before it.", b"Too much", b"Last", b"After it."):
            assert words in response.body, (kind, words)
    newsroom.database.close()


@pytest.mark.parametrize("kind", ["", "atom/", "rdf/"])
def test_feeds_are_well_formed_whatever_they_hold(tmp_path: Path, kind: str) -> None:
    newsroom = hostile(tmp_path)
    own = Dispatcher(newsroom, Settings(tmp_path))
    for path in (f"/index.php/feed/{kind}", f"/index.php/comments/feed/{kind}", "/wp-sitemap-posts-post-1.xml"):
        response = get(own, path)
        assert response.status == 200, path
        etree.fromstring(response.body)
    json.loads(get(own, "/index.php/feed/json/").body)
    newsroom.database.close()


@pytest.mark.parametrize("kind", ["rss2", "atom"])
def test_a_feed_without_articles_ends_as_wordpress_ends_it(dispatcher: Dispatcher, kind: str) -> None:
    response = get(dispatcher, f"/index.php/search/zzzzqq/feed/{kind}/")
    assert response.status == 200
    ends = {"rss2": b"</generator>\n</channel>\n</rss>\n", "atom": b"</generator>\n</feed>\n"}
    assert response.body.endswith(ends[kind])


def test_a_feed_without_comments_ends_as_wordpress_ends_it(dispatcher: Dispatcher) -> None:
    path = "/index.php/2024/02/01/festival-market-festival-drought-verdict-quoted-more/feed/"
    response = get(dispatcher, path)
    assert (response.status, response.body.count(b"<item>")) == (200, 0)
    assert response.body.endswith(b"</generator>\n</channel>\n</rss>\n")


def test_what_an_excerpt_counts_goes_on_in_the_article(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path)
    style = '{"style":{"elements":{"link":{"color":{"text":"#123456"}}}}}'
    text = f'<!-- wp:paragraph {style} --><p>Coloured <a href="#">x</a></p><!-- /wp:paragraph -->'
    with newsroom.write() as view:
        for excerpt in ("", "Said by hand."):
            changes = Changes(title="T", content=text, excerpt=excerpt, status="publish", author=1)
            publishing.create(view, NEWSROOM, "post", changes)
    body = get(Dispatcher(newsroom, Settings(tmp_path)), "/index.php/feed/").body
    by_hand, made = body.split(b"<item>")[1:]
    assert (b"wp-elements-1 " in by_hand, b"wp-elements-3 " in made) == (True, True)
    newsroom.database.close()


def written(tmp_path: Path, *contents: str) -> str:
    """The feed of articles with these contents, the last one first."""
    newsroom = make_newsroom(tmp_path)
    with newsroom.write() as view:
        for content in contents:
            changes = Changes(title="T", content=content, status="publish", author=1)
            publishing.create(view, NEWSROOM, "post", changes)
    body = get(Dispatcher(newsroom, Settings(tmp_path)), "/index.php/feed/", "x=1&y=2").body.decode()
    newsroom.database.close()
    return body


def test_a_feed_has_the_first_page_with_an_anchor_at_the_fold(tmp_path: Path) -> None:
    folded = "Teaser.<!--more Read on-->Rest."
    body = written(tmp_path, "One.<!--nextpage-->Two.", folded, f"<!--noteaser-->{folded}")
    silent, whole, paged = body.split("<item>")[1:]
    assert "<![CDATA[Teaser.Rest.]]>" in whole
    assert '<p>Teaser.<span id="more-' in whole
    assert "Teaser" not in silent
    assert "Rest." in silent
    assert ("One." in paged, "Two." in paged, "nextpage" in paged) == (True, False, False)


def test_a_feed_has_links_for_the_pictures_of_a_gallery(dispatcher: Dispatcher) -> None:
    body = get(dispatcher, "/index.php/search/harbour/feed/").body.decode()
    assert "<a href='https://news.example.com/harbour-at-dawn/'><img " in body
    assert "class='gallery " not in body


def test_a_block_of_a_feed_knows_the_feed_s_address(tmp_path: Path) -> None:
    body = written(tmp_path, "<!-- wp:loginout /-->")
    assert "redirect_to=https%3A%2F%2Fnews.example.com%2Findex.php%2Ffeed%2F%3Fx%3D1%26y%3D2" in body


def test_pictures_of_any_kind_count_for_those_that_load_at_once(tmp_path: Path) -> None:
    known = "<img src='/a.png' width='48' height='48'>"
    late = '<img src="/b.png" width="600" height="400">'
    first, second = written(tmp_path, known * 2 + late * 2, known.replace(" height='48'", "") + late).split("<item>")[
        :0:-1
    ]
    assert 'fetchpriority="high"' in second
    assert first.count('loading="lazy"') == 2


def test_a_title_that_says_nothing_is_the_word_before_it(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path)
    with newsroom.write() as view:
        publishing.create(view, NEWSROOM, "post", Changes(content="c", password="p", status="publish", author=1))
    body = get(Dispatcher(newsroom, Settings(tmp_path)), "/index.php/feed/").body
    assert b"<title>Protected:</title>" in body
    newsroom.database.close()


@pytest.mark.parametrize("path", ["/", "/index.php/about/", "/index.php/nothing/"])
def test_a_format_that_there_is_not_is_an_error_in_xml(dispatcher: Dispatcher, path: str) -> None:
    for word in ("nix", "comments-nix"):
        response = get(dispatcher, path, f"feed={word}")
        assert response.status == 404
        assert dict(response.headers)["content-type"] == "text/xml; charset=UTF-8"
        assert etree.fromstring(response.body).findtext("data/status") == "404"


@pytest.mark.parametrize(
    ("word", "kind", "place"),
    [
        ("rss2", "application/rss+xml", "feed/"),
        ("comments-rss2", "application/octet-stream", "comments/feed/"),
        ("comments-atom", "application/octet-stream", "comments/feed/atom/"),
    ],
)
def test_a_feed_named_in_the_query_is_at_its_own_address(
    dispatcher: Dispatcher, word: str, kind: str, place: str
) -> None:
    headers = dict(get(dispatcher, "/", f"feed={word}").headers)
    assert headers["content-type"] == f"{kind}; charset=UTF-8"
    assert headers["location"] == f"https://news.example.com/index.php/{place}"


def test_users_are_in_the_order_of_their_logins(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path)
    with newsroom.write() as view:
        for number in (1, 2):
            publishing.create(view, NEWSROOM, "post", Changes(title="T", status="publish", author=number))
        view.unit.run("UPDATE users SET slug = 'zz', slug_key = 'zz' WHERE id = 1")
    body = get(Dispatcher(newsroom, Settings(tmp_path)), "/wp-sitemap-users-1.xml").body.decode()
    places = [str(node.text).rstrip("/").rpartition("/")[2] for node in etree.fromstring(body.encode()).iter("{*}loc")]
    assert places == ["zz", "editor"]
    newsroom.database.close()


def test_sitemaps_keep_to_their_schema(dispatcher: Dispatcher) -> None:
    folder = os.environ.get("WIREPRESS_CORPORA")
    if not folder:
        pytest.skip("the schema of sitemaps.org is a third party's: WIREPRESS_CORPORA names where it is")
    schema = etree.XMLSchema(etree.parse(Path(folder) / "schemas" / "sitemap-xsd" / "sitemap.xsd"))
    index = etree.fromstring(get(dispatcher, "/wp-sitemap.xml").body)
    places = [str(node.text).removeprefix("https://news.example.com") for node in index.iter("{*}loc")]
    assert len(places) == 6
    for place in places:
        schema.assertValid(etree.fromstring(get(dispatcher, place).body))
