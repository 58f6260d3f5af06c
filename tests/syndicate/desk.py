"""A site that takes one article of a press whose words a test changes, and the site's editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.content.posts import originals, publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.original import OriginalChange, UpdatePolicy
from wirepress.model.post import Post
from wirepress.model.wire import Rules
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import users as user_store
from wirepress.syndicate.report import Report

TEXT = "<p>The water in the old harbour rose by two metres during the night.</p>"


@dataclass
class Press:
    """A feed with one article, whose fields a test changes."""

    title: str = "Flood in the harbour"
    content: str = TEXT
    summary: str = "The water rose."
    tags: tuple[str, ...] = ("flood",)
    published: str = "Sun, 15 Jun 2025 08:00:00 GMT"
    picture: str = ""
    author: str = ""
    asked: list[str] = field(default_factory=list)
    url: str = ""
    number: int = 0

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        self.asked.append(path)
        if path.endswith(".png"):
            return reply(body=picture(path), Content_Type="image/png")
        tags = "".join(f"<category>{tag}</category>" for tag in self.tags)
        author = f"<dc:creator>{self.author}</dc:creator>" if self.author else ""
        shown = f'<enclosure url="{self.url}{self.picture}" type="image/png" length="1"/>' if self.picture else ""
        return reply(
            body=(
                '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
                ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
                f"<title>The Wire</title><item><guid>one</guid><link>{self.url}/flood</link><title>{self.title}</title>"
                f"<description>{self.summary}</description><pubDate>{self.published}</pubDate>{tags}{shown}{author}"
                f"<content:encoded>{escape(self.content)}</content:encoded></item></channel></rss>"
            ).encode()
        )


def picture(path: str) -> bytes:
    """A picture that differs by its address."""
    import pyvips

    size = 20 + sum(path.encode()) % 50
    made: bytes = pyvips.Image.black(size, size, bands=3).write_to_buffer(".png")
    return made


@dataclass
class Desk:
    """A site that takes the press's article, and its editor."""

    site: Site
    press: Press

    def pull(self) -> Report:
        self.site.clock.later(minutes=10)
        report = self.site.pull(self.press.number)
        assert not report.error
        return report

    @property
    def post(self) -> Post:
        with self.site.newsroom.database.read() as unit:
            found = post_store.get(unit, self.number)
        assert found is not None
        return found

    @property
    def number(self) -> int:
        with self.site.newsroom.database.read() as unit:
            return int(unit.rows("SELECT min(id) FROM posts WHERE type = 'post'")[0][0])

    def viewer(self, view: View) -> Viewer:
        found = user_store.by_login(view.unit, "admin")
        assert found is not None
        return viewer_of(view.site, found)

    def edit(self, **changes: Any) -> None:
        with self.site.newsroom.write() as view:
            publishing.update(view, self.viewer(view), self.number, Changes(**changes))

    def policy(self, policy: UpdatePolicy) -> None:
        source = self.site.source(self.press.number)
        self.site.change(replace(source, rules=replace(source.rules, updates=policy)))

    def waiting(self) -> list[OriginalChange]:
        with self.site.newsroom.view() as view:
            return originals.waiting(view, self.number)

    def changes(self) -> list[OriginalChange]:
        with self.site.newsroom.view() as view:
            return originals.browse(view, self.number, 1, 100)[0]

    def offered(self) -> dict[str, Any]:
        """What waits, by field."""
        found: dict[str, Any] = {}
        with self.site.newsroom.view() as view:
            for change in originals.waiting(view, self.number):
                found |= originals.values_of(view, change, change.offered)
        return found

    def decide(self, verb: Callable[..., OriginalChange], *fields: str) -> OriginalChange:
        (change,) = self.waiting()
        with self.site.newsroom.write() as view:
            return verb(view, self.viewer(view), change.id, fields)


def printed_plainly(site: Site, post: Post) -> None:
    """Has a post and its origin be as they were before markup was compared as the block editor writes it."""
    text = f"<p><a href='https://a.example/it&#x27;s'>It</a><br /></p>\n\n{post.content}"
    origin = site.origin(post)
    with site.newsroom.database.write() as unit:
        unit.run("UPDATE posts SET content = ? WHERE id = ?", (text, post.id))
        written = {**origin.facts.written, "content": originals.digest(text)}
        kept = replace(origin, facts=replace(origin.facts, written=written))
        sources.save_origin(unit, kept)


@contextmanager
def at_the_desk(site: Site) -> Iterator[Desk]:
    """The article has come in once."""
    press = Press()
    with Loopback(press) as loopback:
        press.url = loopback.url
        press.number = site.add(f"{loopback.url}/feed", rules=Rules(category="Town", page=False))
        made = Desk(site, press)
        assert made.pull().counts["created"] == 1
        yield made
