"""Pages, feeds and sitemaps of a site's own types and taxonomies, as docs/add-a-type.md promises them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wp.test_custom_types import example
from wirepress.app.compose import create, open_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import load, write_first
from wirepress.content.rendering import refresh
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.web import Request, Response
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store

HOME = "https://food.example.com"
MORE = """
[types.chapter]
label = "Chapters"
hierarchical = true
slug = "book/chapters"
has_archive = "book"
supports = ["title", "editor", "comments"]

[types.memo]
public = false
"""


def site(folder: Path, structure: str) -> Dispatcher:
    """A site with recipes and chapters: a curry (Thai, which is Asian), and chapter two below chapter one."""
    folder.mkdir(exist_ok=True)
    write_first(folder, {})
    (folder / "types.toml").write_text(example() + MORE, "utf-8")
    settings = load(folder, {})
    create(settings, {"home": HOME, "siteurl": HOME, "permalink_structure": structure})
    newsroom = open_newsroom(settings)
    with newsroom.write() as view:
        asian = term_store.insert(view.unit, Term(0, "cuisine", "Asian", "asian"))
        thai = term_store.insert(view.unit, Term(0, "cuisine", "Thai", "thai", parent=asian.id))

        def post(kind: str, slug: str, parent: int = 0, content: str = "Text.") -> int:
            day = Stamp("2026-01-02 03:04:05")
            made = Post(
                0,
                kind,
                "publish",
                slug=slug,
                title=slug.title(),
                content=content,
                parent=parent,
                date=day,
                date_gmt=day,
                modified=day,
                modified_gmt=day,
            )
            return post_store.insert(view.unit, made)

        curry = post("recipe", "curry", content="One.<!--nextpage-->Two.")
        one = post("chapter", "one")
        made = [curry, one, post("chapter", "two", one), post("memo", "secret"), post("post", "news")]
        post_store.set_terms(view.unit, curry, [thai.taxonomy_id])
        refresh(view, made)
    return Dispatcher(newsroom, settings)


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    return site(tmp_path_factory.mktemp("own"), "/blog/%postname%/")


def get(dispatcher: Dispatcher, path: str) -> Response:
    where, _, query = path.partition("?")
    return dispatcher.answer(Request("GET", where, query, {"host": "food.example.com"}))


def where(response: Response) -> str:
    return dict(response.headers).get("location", "").removeprefix(HOME)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/blog/recipe/curry/", "One."),
        ("/blog/recipe/curry/2/", "Two."),
        ("/blog/recipe/", "Recipes"),
        ("/blog/recipe/feed/", "<title>Curry</title>"),
        ("/blog/cuisine/thai/", "Curry"),
        ("/blog/cuisine/asian/", "Curry"),
        ("/blog/cuisine/thai/feed/", "<title>Curry</title>"),
        ("/blog/book/chapters/one/", "One"),
        ("/blog/book/chapters/one/two/", "Two"),
        ("/blog/book/", "Chapters"),
        ("/?s=curry", "Curry"),
        ("/wp-sitemap.xml", f"{HOME}/wp-sitemap-posts-recipe-1.xml"),
        ("/wp-sitemap.xml", f"{HOME}/wp-sitemap-taxonomies-cuisine-1.xml"),
        ("/wp-sitemap-posts-chapter-1.xml", f"{HOME}/blog/book/chapters/one/two/"),
        ("/wp-sitemap-taxonomies-cuisine-1.xml", f"{HOME}/blog/cuisine/thai/"),
    ],
)
def test_own_kinds_have_pages_feeds_and_sitemaps(dispatcher: Dispatcher, path: str, words: str) -> None:
    response = get(dispatcher, path)
    assert response.status == 200, where(response)
    assert words in response.body.decode()


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/?recipe=curry", "/blog/recipe/curry/"),
        ("/?post_type=recipe", "/blog/recipe/"),
        ("/?post_type=recipe&feed=rss2", "/blog/recipe/feed/"),
        ("/?chapter=one/two", "/blog/book/chapters/one/two/"),
        ("/?cuisine=thai", "/blog/cuisine/thai/"),
        ("/?taxonomy=cuisine&term=thai", "/blog/cuisine/thai/"),
        ("/blog/recipe/curry", "/blog/recipe/curry/"),
        ("/blog/recipe", "/blog/recipe/"),
        ("/blog/recipe/cur/", "/blog/recipe/curry/"),
        ("/index.php/blog/recipe/curry/", "/blog/recipe/curry/"),
    ],
)
def test_other_addresses_lead_to_their_own(dispatcher: Dispatcher, path: str, there: str) -> None:
    response = get(dispatcher, path)
    assert (response.status, where(response)) == (301, there)


@pytest.mark.parametrize(
    "path",
    ["/blog/recipe/nothing/", "/blog/cuisine/nothing/", "/blog/memo/secret/", "/?post_type=memo&name=secret",
     "/blog/cuisine/asian/thai/", "/wp-sitemap-posts-memo-1.xml", "/blog/book/chapters/two/two/"],
)  # fmt: skip
def test_what_is_not_there_is_missing(dispatcher: Dispatcher, path: str) -> None:
    assert get(dispatcher, path).status == 404


def test_the_front_page_and_its_feed_show_posts_only(dispatcher: Dispatcher) -> None:
    assert b"Curry" not in get(dispatcher, "/").body
    assert b"Curry" not in get(dispatcher, "/feed/").body
    assert b"News" in get(dispatcher, "/feed/").body


def test_plain_addresses_name_the_type(tmp_path: Path) -> None:
    plain = site(tmp_path / "plain", "")
    with plain.newsroom.view() as view:
        links = {
            post.slug: view.lookup.permalink(post)
            for post in post_store.load(view.unit, [row[0] for row in view.unit.rows("SELECT id FROM posts")]).values()
        }
        (memo,) = (row[0] for row in view.unit.rows("SELECT id FROM posts WHERE type = 'memo'"))
    assert links["curry"] == f"{HOME}/?recipe=curry"
    assert links["two"] == f"{HOME}/?chapter=one/two"
    assert links["secret"] == f"{HOME}/?post_type=memo&p={memo}"
    for path in ("/?recipe=curry", "/?chapter=one/two", "/?cuisine=thai", "/?post_type=recipe"):
        assert get(plain, path).status == 200, path
    assert get(plain, "/?post_type=recipe&feed=rss2").status == 200
