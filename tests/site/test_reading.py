"""What readers, feeds and sitemaps show, and what they never do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from tests.site.hostile import hostile
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.addresses.archive import show
from wirepress.content.rewrite.rules import resolve
from wirepress.model.query import PostQuery
from wirepress.model.web import Request, Response
from wirepress.store import posts

ARTICLE = "/index.php/2024/02/11/economy-festival-soldiers-parliament-strike-harbour/"
STRUCTURES = [
    "/index.php/%year%/%monthnum%/%day%/%postname%/",
    "/%year%/%monthnum%/%postname%/",
    "/%postname%/",
    "/%postname%",
    "/archives/%post_id%",
    "/%category%/%postname%/",
    "/%year%/%monthnum%/%day%/%hour%/%minute%/%second%/%post_id%/",
    "",
]


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("reading")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


def get(dispatcher: Dispatcher, path: str, query: str = "") -> Response:
    return dispatcher.answer(Request("GET", path, query))


def page(dispatcher: Dispatcher, path: str, query: str = "") -> LexborHTMLParser:
    return LexborHTMLParser(get(dispatcher, path, query).body.decode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)
@given(path=st.text(max_size=60), query=st.text(max_size=60), structure=st.sampled_from(STRUCTURES))
def test_every_address_has_an_answer(dispatcher: Dispatcher, path: str, query: str, structure: str) -> None:
    with dispatcher.newsroom.view() as view:
        options_of = {**view.site.options, "permalink_structure": structure}
        site = type(view.site)(options_of, view.site.registry)
        resolve(site, "/" + path, query)
    raw = ("/" + path).encode("utf-8", "replace").decode("latin-1")
    status = dispatcher.answer(Request("GET", raw, query.encode("utf-8", "replace").decode("latin-1"))).status
    assert status in (200, 301, 302, 400, 404, 405)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", "paged=999999999999999999"),
        ("/", "p=999999999999999999"),
        ("/", "year=0&monthnum=0&day=0"),
        ("/index.php/0000/", ""),
        ("/index.php/2024/00/00/", ""),
        ("/index.php/2024/02/31/", ""),
        ("/index.php/2024/00/feed/", ""),
        ("/", "m=20249999"),
        ("/", "cat=1&feed=rss2"),
        ("/", "feed=comments-atom"),
        ("/wp-sitemap-posts-post-0.xml", ""),
        ("/wp-sitemap-posts-nav_menu_item-1.xml", ""),
        ("/-/static/" + "1" * 5000, ""),
        ("/-/static/..%2freader.py", ""),
        ("/-/static/.", ""),
    ],
    ids=range(15),
)
def test_odd_numbers_are_no_mistake_of_ours(dispatcher: Dispatcher, path: str, query: str) -> None:
    assert get(dispatcher, path, query).status in (200, 301, 404)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_permalink_leads_to_its_post(dispatcher: Dispatcher, structure: str, tmp_path: Path) -> None:
    newsroom = newsroom_of("golden", tmp_path, permalink_structure=structure)
    with newsroom.view() as view:
        found = posts.find(view.unit, PostQuery(types=("post", "page"), per_page=100, with_total=False))
        for post in posts.load(view.unit, found.ids).values():
            link = view.lookup.permalink(post).removeprefix(view.site.home)
            path, _, query = link.partition("?")
            shown = show(view, resolve(view.site, path, query), path)
            assert shown.post is not None, link
            assert (shown.post.id, shown.elsewhere) == (post.id, ""), link
    newsroom.database.close()


def test_protected_posts_tell_nothing_but_their_title(dispatcher: Dispatcher) -> None:
    with dispatcher.newsroom.view() as view:
        found = posts.find(view.unit, PostQuery(types=("post", "page"), per_page=100, with_total=False))
        locked = [post for post in posts.load(view.unit, found.ids).values() if post.password]
        links = [view.lookup.permalink(post).removeprefix(view.site.home) for post in locked]
    assert locked
    secrets = [w for post in locked for w in (post.content, post.excerpt) if len(w) > 4]
    texts = [word for secret in secrets for word in LexborHTMLParser(secret).text().split("\n") if len(word) > 8]
    places = [(link, "") for link in links] + [(link + "feed/", "") for link in links]
    places += [(link + "embed/", "") for link in links] + [("/", ""), ("/index.php/feed/", ""), ("/", "s=password")]
    places += [(f"/index.php/feed/{kind}/", "") for kind in ("atom", "rdf", "json")]
    places += [("/index.php/comments/feed/", ""), ("/index.php/comments/feed/atom/", "")]
    for path, query in places:
        body = get(dispatcher, path, query).body.decode()
        assert not [text for text in texts if text in body], path
    for path in links:
        assert page(dispatcher, path).css_first(".discussion") is None
        assert not get(dispatcher, path).keepable or ("cache-control" in dict(get(dispatcher, path).headers))


def test_what_is_not_published_is_not_there(dispatcher: Dispatcher) -> None:
    with dispatcher.newsroom.view() as view:
        rows = view.unit.rows(
            "SELECT id FROM posts WHERE type IN ('post', 'page')"
            " AND status IN ('draft', 'private', 'future', 'pending')"
        )
    assert rows
    for (post_id,) in rows:
        assert get(dispatcher, "/", f"p={post_id}").status == 404
        assert get(dispatcher, "/", f"p={post_id}&preview=true").status == 404


def test_a_preview_leads_a_stranger_to_the_article(dispatcher: Dispatcher) -> None:
    for query in ("p=11", "p=11&preview=true"):
        seen = get(dispatcher, "/", query)
        assert (seen.status, dict(seen.headers)["location"]) == (301, f"https://news.example.com{ARTICLE}")


def test_pages_carry_a_policy_and_who_is_lost_finds_something(dispatcher: Dispatcher) -> None:
    for path in ("/", ARTICLE, "/index.php/nothing-like-this/"):
        policy = dict(get(dispatcher, path).headers)["content-security-policy"]
        assert "script-src 'none'" in policy
        assert "object-src 'none'" in policy
    lost = page(dispatcher, "/index.php/nothing-like-this/")
    assert len(lost.css(".story")) == 4


@pytest.mark.parametrize(("path", "most"), [("/", 14), (ARTICLE, 15), ("/index.php/category/world/", 9)])
def test_a_page_asks_few_questions(dispatcher: Dispatcher, path: str, most: int) -> None:
    get(dispatcher, path)
    before = dispatcher.newsroom.database.statements
    assert get(dispatcher, path).status == 200
    assert dispatcher.newsroom.database.statements - before <= most


def test_structured_data_cannot_end_its_script(dispatcher: Dispatcher, tmp_path: Path) -> None:
    newsroom = hostile(tmp_path)
    own = Dispatcher(newsroom, Settings(tmp_path))
    with newsroom.view() as view:
        link = view.lookup.permalink(posts.load(view.unit, [11])[11]).removeprefix(view.site.home)
    tree = page(own, link)
    (script, *_) = tree.css('script[type="application/ld+json"]')
    data = json.loads(script.text())
    assert data["@type"] == "NewsArticle"
    newsroom.database.close()


def test_the_head_names_feeds_and_the_page_itself(dispatcher: Dispatcher) -> None:
    tree = page(dispatcher, "/index.php/category/world/page/2/")
    links = {(n.attributes["rel"], n.attributes["href"]) for n in tree.css("head link")}
    world = "https://news.example.com/index.php/category/world/"
    assert {("canonical", f"{world}page/2/"), ("prev", world), ("alternate", f"{world}feed/")} <= links


def test_an_address_of_more_terms_than_anybody_names_shows_none_of_them(dispatcher: Dispatcher) -> None:
    assert get(dispatcher, "/", "tag=" + ",".join(f"t{number}" for number in range(10_000))).status == 404
    assert get(dispatcher, "/index.php/category/world,europe/").status == 200


@pytest.mark.parametrize("query", ["year=99999999", "monthnum=99", "day=99", "p=" + "9" * 5000, "paged=" + "9" * 5000])
def test_numbers_that_are_none_are_no_fault(dispatcher: Dispatcher, query: str) -> None:
    for path in ("/", "/index.php/2024/02/", ARTICLE, "/index.php/about/", "/index.php/feed/"):
        assert get(dispatcher, path, query).status in (200, 301, 404)
