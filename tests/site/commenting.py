"""A site whose readers comment, for the tests of that: pages are read and forms are sent as browsers do."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser

from tests.app.press import ADDRESS, Client, Reply, make_site, opened
from wirepress.app.asgi import application
from wirepress.app.clock import FrozenClock
from wirepress.app.settings import load
from wirepress.content import options
from wirepress.content.identity import sessions
from wirepress.content.identity.cookies import LOGGED_IN, Jar
from wirepress.content.people import users
from wirepress.model.mail import Mail

FORM = "application/x-www-form-urlencoded"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANN = {"author": "Ann", "email": "ann@example.org", "comment": "What the harbour needs is light."}


class Site:
    """A site with a story, whose clock is turned by hand."""

    def __init__(self, folder: Path, **given: str) -> None:
        make_site(folder)
        with opened(folder) as newsroom, newsroom.write() as view:
            for name, value in given.items():
                options.set(view.unit, name, value)
            row = view.unit.rows("SELECT id FROM posts WHERE title = 'Story 1'")[0]
            post = view.lookup.post(row[0])
            assert post is not None
            self.post = post.id
            self.path = view.lookup.permalink(post).removeprefix(ADDRESS)
        self.client = Client(application(load(folder, {})))
        self.newsroom = self.client.app.dispatcher.newsroom
        self.mails: list[Mail] = []
        self.newsroom.post = self.mails.extend
        self.now = START
        self.wait(0)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.newsroom.clock = FrozenClock(self.now)

    def get(self, path: str = "", **headers: str) -> Reply:
        return asyncio.run(self.client.ask(path or self.path, "GET", (b"",), **headers))

    def page(self, path: str = "", **headers: str) -> LexborHTMLParser:
        return LexborHTMLParser(self.get(path, **headers).body.decode())

    def send(self, fields: dict[str, str], **headers: str) -> Reply:
        """Sends a form as it is."""
        body = urlencode(fields, errors="surrogatepass").encode()
        return asyncio.run(self.client.ask("/wp-comments-post.php", "POST", (body,), content_type=FORM, **headers))

    def comment(self, fields: dict[str, str], path: str = "", *, after: float = 60, cookie: str = "") -> Reply:
        """Reads a page, fills in its form and sends it a while later, as a browser without scripts does."""
        headers = {"cookie": cookie} if cookie else {}
        filled = fields_in(self.page(path, **headers))
        self.wait(after)
        return self.send({**filled, **{name: value for name, value in fields.items() if value}}, **headers)

    def states(self) -> list[str]:
        with self.newsroom.view() as view:
            return [row[0] for row in view.unit.rows("SELECT approved FROM comments ORDER BY id")]

    def login(self, name: str = "ada") -> str:
        with self.newsroom.write() as view:
            user = users.by_login(view, name)
            assert user is not None
            session = sessions.begin(view, user, remember=False)
            cookie = Jar(view.site, secure=True).name(LOGGED_IN)
            return f"{cookie}={sessions.cookie(view, user, session, LOGGED_IN)}"

    def close(self) -> None:
        self.client.app.close()


def fields_in(tree: LexborHTMLParser) -> dict[str, str]:
    """What a form that nobody has touched sends."""
    found = {}
    for field in tree.css("#commentform input, #commentform textarea"):
        if field.attributes.get("type") != "checkbox" or "checked" in field.attributes:
            found[str(field.attributes["name"])] = field.attributes.get("value") or field.text()
    return found


def words(tree: LexborHTMLParser, css: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(css)]
