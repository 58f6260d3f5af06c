"""What answers are made of, against the truth: after each of many writes every answer that it changed was dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from tests.golden.cases import reads
from tests.golden.site import NOW, newsroom_of
from wirepress.app.asgi import sealed
from wirepress.app.dispatch import Dispatcher
from wirepress.app.response_cache import CachedResponse, ResponseCache
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.beforehand import Outcomes
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.model.redirect import Redirect
from wirepress.model.story import StoryArticle, TextPrint
from wirepress.model.term import Term
from wirepress.model.web import Request, Response
from wirepress.model.wire import Origin, Source
from wirepress.store import comments, journal, posts, prints, redirects, sources, stories, terms

EVERY: Final = 9
"""One in so many of the recorded reads is asked for."""
ARTICLES: Final = (43, 44, 48, 51, 53, 56)
API: Final = "/wp-json/wp/v2"
PAGES: Final = (
    "/", "/?paged=2", "/?s=budget", "/?s=harbour&paged=2", "/?author=1", "/?cat=2", "/?m=202412", "/?page_id=93",
    "/index.php/feed/", "/index.php/comments/feed/", "/wp-sitemap.xml", "/wp-sitemap-posts-post-1.xml", "/?feed=atom",
    "/index.php/2024/12/08/volcano-economy-island-forecast-budget-volcano-harbour-reform/",
    "/index.php/2025/04/20/duplicate-title-3/", "/index.php/category/world/", "/index.php/author/editor/",
    f"{API}/posts", f"{API}/posts?page=3", f"{API}/posts?categories=2", f"{API}/posts?_embed&per_page=30",
    f"{API}/posts?author=2&orderby=title", f"{API}/posts?search=budget", f"{API}/posts/41", f"{API}/posts/42",
    f"{API}/posts/99999", f"{API}/posts?slug=fresh", f"{API}/categories", f"{API}/tags?post=41", f"{API}/comments",
    f"{API}/media", f"{API}/pages?orderby=menu_order", f"{API}/users", f"{API}/search?search=reform",
    f"{API}/posts/41?_embed", f"{API}/categories?orderby=count", f"{API}/posts?tags_exclude=9&offset=20",
)  # fmt: skip

Write = Callable[[View], Any]


def change(post: int, **changes: Any) -> Write:
    return lambda view: posts.update(view.unit, post, **changes)


def save(post: int, **changes: Any) -> Write:
    return lambda view: publishing.update(view, NEWSROOM, post, Changes(**changes))


def create(**changes: Any) -> Write:
    return lambda view: publishing.create(view, NEWSROOM, "post", Changes(**changes))


def comment(post: int, approved: str = "1") -> Write:
    at = Stamp("2025-06-01 10:00:00")
    made = Comment(0, post, author_name="A reader", content="So it is.", date=at, date_gmt=at, approved=approved)
    return lambda view: comments.insert(view.unit, made)


def option(name: str, value: Any) -> Write:
    return lambda view: options.set(view.unit, name, value)


def tell_together(view: View) -> None:
    """Two posts come to be of one story."""
    story = stories.add(view.unit, 1)
    for post in (44, 51):
        stories.put(view.unit, StoryArticle(0, story, post, by_hand=True))
    view.unit.raise_epoch()


def share_a_passage(view: View) -> None:
    """The texts of two posts come to have a passage in common."""
    prints.add(view.unit, 56, 0, 1, TextPrint(frozenset({64, 128})), [64, 128])
    view.unit.raise_epoch()


def origin_of(source: int) -> Origin:
    address = "https://wire.example/1"
    return Origin(source, "1", address, address, NOW, NOW, post=48)


def prepare(view: View) -> None:
    """A comment that waits, one that was answered, a post whose text is known, a draft that shares a passage with it,
    and a post that came from a source."""
    comment(42, approved="0")(view)
    at = Stamp("2025-06-01 10:00:00")
    made = Comment(0, 53, content="An answered one.", date=at, date_gmt=at, approved="trash")
    answered = comments.insert(view.unit, made)
    comments.insert(view.unit, replace(made, content="An answer.", approved="1", parent=answered))
    source = sources.add(view.unit, Source(0, url="https://wire.example/feed", name="The old wire"))
    sources.save_origin(view.unit, origin_of(source))
    hidden = publishing.create(view, NEWSROOM, "post", Changes(title="Hidden", slug="hidden", status="draft"))
    for post in (44, hidden.id):
        prints.add(view.unit, post, 0, 1, TextPrint(frozenset({64, 128})), [64, 128])


def restyle(view: View) -> None:
    """The palette of the site is changed."""
    colour = {"slug": "accent", "name": "Accent", "color": "#7a0019"}
    styles = {
        "version": 3,
        "isGlobalStylesUserThemeJSON": True,
        "settings": {"color": {"palette": {"custom": [colour]}}},
        "styles": {"color": {"background": "#fffdf5", "text": "#101010"}},
    }
    number = view.unit.rows("SELECT max(id) FROM posts WHERE type = 'wp_global_styles'")[0][0]
    posts.update(view.unit, number, content=json.dumps(styles))


def rename_source(view: View) -> None:
    """What a source is called, that a post came from."""
    [one] = [one.source for one in sources.standings(view.unit)]
    sources.change(view.unit, replace(one, name="The new wire"))


def show_hidden(view: View) -> None:
    """A draft that has a passage in common with posts is published."""
    hidden = posts.by_slug(view.unit, "hidden", ("post",))
    assert hidden is not None
    posts.update(view.unit, hidden.id, status="publish", date=Stamp("2001-01-01 00:00:00"))


WRITES: Final[dict[str, Write]] = {
    "the title of a post": save(41, title="Another title"),
    "the text of a post": save(42, content="<!-- wp:paragraph --><p>Other words.</p><!-- /wp:paragraph -->"),
    "its excerpt": save(50, excerpt="In short."),
    "its date": save(41, date=Stamp("2025-01-02 03:04:05")),
    "its date, by hand": change(32, date=Stamp("2025-01-01 00:00:00"), date_gmt=Stamp("2025-01-01 00:00:00")),
    "its slug": save(41, slug="fresh"),
    "its author": save(42, author=2),
    "its password": save(50, password="secret"),
    "its categories": lambda view: posts.set_terms(view.unit, 41, [2, 5]),
    "its tags": lambda view: posts.set_terms(view.unit, 42, [2, 13, 14]),
    "a post withdrawn": save(73, status="draft"),
    "a post binned": lambda view: posts.update(view.unit, 74, status="trash"),
    "a post deleted": lambda view: posts.delete(view.unit, 75),
    "a new post": create(title="News", content="About the budget.", status="publish", terms={"category": [2]}),
    "a new post of long ago": create(title="Old", status="publish", date=Stamp("2024-12-09 00:00:00")),
    "a draft": create(title="Not yet", status="draft"),
    "a draft that is published": lambda view: publishing.update(
        view, NEWSROOM, publishing.create(view, NEWSROOM, "post", Changes(title="Now")).id, Changes(status="publish")
    ),
    "the number of a featured picture": save(44, thumbnail=2),
    "the caption of a picture": change(2, excerpt="Another caption"),
    "a picture deleted": lambda view: posts.delete(view.unit, 3),
    "the title of a page": change(93, title="Another page"),
    "the place of a page": change(96, menu_order=7),
    "a page deleted": lambda view: posts.delete(view.unit, 97),
    "a menu's entry": change(117, title="Elsewhere"),
    "a comment": comment(41),
    "a comment that waits": comment(42, approved="0"),
    "a comment approved": lambda view: comments.update(
        view.unit, view.unit.rows("SELECT max(id) FROM comments WHERE post = 42")[0][0], approved="1"
    ),
    "a comment deleted": lambda view: comments.delete(
        view.unit, view.unit.rows("SELECT max(id) FROM comments WHERE approved = '1'")[0][0]
    ),
    "a term's name": lambda view: terms.update(view.unit, 2, name="The world"),
    "a new term": lambda view: terms.insert(view.unit, Term(0, "category", name="Sports", slug="sports")),
    "a term deleted": lambda view: terms.delete(view.unit, 14),
    "a title of the site": option("blogname", "Another site"),
    "fewer posts a page": option("posts_per_page", 3),
    "sticky posts": option("sticky_posts", [41, 50]),
    "a redirect": lambda view: redirects.put(view.unit, Redirect("/nowhere/", "/about/", 301)),
    "a story that two tell": tell_together,
    "a passage in common": share_a_passage,
    "a draft with that passage published": show_hidden,
    "what people changed of the theme": restyle,
    "a comment that waits and was answered deleted": lambda view: comments.delete(
        view.unit, view.unit.rows("SELECT id FROM comments WHERE content = 'An answered one.'")[0][0]
    ),
    "a comment under a page that nobody sees": lambda view: comment(
        view.unit.rows("SELECT min(id) FROM posts WHERE status = 'private'")[0][0]
    )(view),
    "the name of a source": rename_source,
    "the date of a neighbour": save(43, date=Stamp("2024-12-08 00:00:01")),
}


UNSEEN: Final = ("a draft", "a comment that waits", "a redirect")


Seen = tuple[int, list[tuple[bytes, bytes]], bytes]


def seen(answer: CachedResponse) -> Seen:
    """What a client sees of an answer, but for the secret that each embed has of its own."""
    body = re.sub(rb"secret=\w+|data-secret=\W+\w+", b"", answer.body)
    headers = [line for line in answer.headers if line[0] not in (b"etag", b"content-length")]
    return answer.status, headers, body


class Kept:
    """Answers as the web process keeps them, and whether they would be made the same."""

    def __init__(self, newsroom: Newsroom, folder: Path) -> None:
        self.newsroom = newsroom
        self.folder = folder
        self.dispatcher = Dispatcher(newsroom, Settings(folder))
        self.cache = ResponseCache(256 << 20)
        recorded = [case for case in reads() if not case["as"] and case["method"] == "GET"]
        addresses = [f"{case['path']}?{case['query']}" for case in recorded[::EVERY]]
        with newsroom.view() as view:
            self.articles = [
                urlsplit(view.lookup.permalink(one)).path for one in posts.load(view.unit, ARTICLES).values()
            ]
        self.addresses = [*dict.fromkeys([*addresses, *PAGES, *self.articles])]

    def made(self, address: str, dispatcher: Dispatcher) -> Response | None:
        path, _, query = address.partition("?")
        found = dispatcher.begin(dispatcher.answer, Request("GET", path, query), Outcomes())
        assert isinstance(found, Response)
        return found if found.keepable else None

    def fill(self) -> None:
        """Keeps all answers that may be kept and are not."""
        self.follow()
        for address in self.addresses:
            if self.cache.get(address.encode()) is None and (found := self.made(address, self.dispatcher)) is not None:
                assert found.tags is not None
                self.cache.keep(address.encode(), sealed(found))

    def follow(self) -> None:
        """Drops what the writes since then have touched."""
        database = self.newsroom.database
        epoch = database.heard()
        assert epoch is not None
        if epoch != self.cache.epoch:
            self.cache.at(epoch, database.recent.since(self.cache.epoch, epoch))
        # One that knows nothing yet: what others keep for an epoch must not hide what has changed.
        other = Newsroom(database, self.newsroom.clock, self.newsroom.files)
        self.other = Dispatcher(other, Settings(self.folder))

    def left(self) -> list[str]:
        return [key.decode() for key in self.cache.answers]

    def known(self, address: str) -> Seen:
        """The kept answer to an address."""
        found = self.cache.get(address.encode())
        assert found is not None
        return seen(found)

    def fresh(self, address: str) -> Seen | None:
        """What would be answered now, where that may be kept."""
        found = self.made(address, self.other)
        return seen(sealed(found)) if found is not None else None


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("tags")
    found = Kept(newsroom_of("golden", folder), folder)
    with found.newsroom.write() as view:
        prepare(view)
    yield found
    found.newsroom.database.close()


@pytest.mark.parametrize("name", WRITES)
def test_what_a_write_changes_is_dropped(kept: Kept, name: str) -> None:
    kept.fill()
    before = {address: kept.known(address) for address in kept.left()}
    with kept.newsroom.write() as view:
        WRITES[name](view)
    kept.follow()
    left = kept.left()
    assert [address for address in left if kept.fresh(address) != before[address]] == []
    changed = any(kept.fresh(address) != before[address] for address in before.keys() - set(left))
    assert changed is (name not in UNSEEN), "what the write does is seen in some answer, or in none"


STAYS: Final[list[tuple[str, Write, list[str]]]] = [
    ("the title of a post", save(42, title="New"), [f"{API}/posts/43", f"{API}/posts?categories=5", f"{API}/pages"]),
    ("a comment", comment(41), [f"{API}/posts/42", f"{API}/posts", f"{API}/categories", f"{API}/media"]),
    ("a page", change(93, content="New"), [f"{API}/posts", f"{API}/posts/41", f"{API}/categories"]),
    ("a new post", create(title="N", status="publish"), [f"{API}/posts/41", f"{API}/posts/41?_embed"]),
]


@pytest.mark.parametrize(("name", "write", "addresses"), STAYS, ids=[name for name, _, _ in STAYS])
def test_what_a_write_has_nothing_to_do_with_stays(kept: Kept, name: str, write: Write, addresses: list[str]) -> None:
    kept.addresses += [one for one in addresses if one not in kept.addresses]
    kept.fill()
    with kept.newsroom.write() as view:
        write(view)
    kept.follow()
    assert set(addresses) <= set(kept.left())


def test_an_article_stays_when_another_is_published_that_stands_nowhere_beside_it(kept: Kept) -> None:
    kept.fill()
    before = set(kept.articles) & set(kept.left())
    with kept.newsroom.write() as view:
        create(title="Elsewhere", status="publish", terms={"category": [6]})(view)
    kept.follow()
    assert len(before & set(kept.left())) > 1


def test_what_nobody_has_written_down_drops_everything(kept: Kept) -> None:
    kept.fill()
    with kept.newsroom.write() as view:
        view.unit.raise_epoch()
    with kept.newsroom.database.write() as unit:
        unit.run("DELETE FROM journal WHERE epoch >= (SELECT number FROM state WHERE name = 'epoch')")
    kept.follow()
    assert kept.left() == []


def test_the_journal_is_bounded(kept: Kept) -> None:
    for _ in range(3):
        with kept.newsroom.database.write() as unit:
            unit.run("UPDATE state SET number = number + 700 WHERE name = 'epoch'")
            unit.raise_epoch()
    with kept.newsroom.database.write() as unit:
        unit.run("UPDATE state SET number = (number / 64 + 1) * 64 - 1 WHERE name = 'epoch'")
        unit.raise_epoch()
    with kept.newsroom.view() as view:
        assert len(journal.after(view.unit, 0)) <= 3
