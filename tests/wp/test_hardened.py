"""The switch `hardened`: what it closes, beside what WordPress does."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from tests.app.press import Client, Reply
from tests.content.desk import HOME, OPTIONS, article, make_newsroom
from tests.store import many
from tests.wp.browser import HASH, PASSWORD
from wirepress.app.asgi import Application
from wirepress.app.compose import create, open_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import load, write_first
from wirepress.content import options
from wirepress.content.identity import application_passwords
from wirepress.content.newsroom import Newsroom
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.store import bulk, users

API = "/wp-json/wp/v2"
EVIL = "https://evil.example"


class Expected(NamedTuple):
    """A request by somebody, and the status it gets from WordPress and from a hardened site."""

    target: str
    who: str
    usual: int
    hardened: int


TABLE = (
    Expected(f"{API}/users", "anonymous", 200, 401),
    Expected(f"{API}/users?slug=editor", "anonymous", 200, 401),
    Expected(f"{API}/users?search=editor&context=embed", "anonymous", 200, 401),
    Expected(f"{API}/users/2", "anonymous", 200, 401),
    Expected(f"{API}/users/2?_method=GET", "anonymous", 200, 401),
    Expected("/?rest_route=/wp/v2/users", "anonymous", 200, 401),
    Expected("/index.php/wp-json//wp/v2//users/", "anonymous", 200, 401),
    Expected(f"{API}/users/5", "anonymous", 401, 401),
    Expected(f"{API}/users/me", "anonymous", 401, 401),
    Expected(f"{API}/users", "editor over https", 200, 200),
    Expected(f"{API}/users/2", "editor over https", 200, 200),
    Expected(f"{API}/users/me", "editor over https", 200, 200),
    Expected(f"{API}/users/me", "editor over http", 200, 403),
    Expected(f"{API}/posts", "editor over http", 200, 403),
    Expected(f"{API}/posts", "wrong over http", 200, 403),
    Expected(f"{API}/posts", "wrong over https", 200, 200),
    Expected(f"{API}/posts", "anonymous", 200, 200),
    Expected(f"{API}/posts?author=2", "anonymous", 200, 200),
    Expected("/?author=2", "anonymous", 301, 404),
    Expected("/index.php?author=0002", "anonymous", 301, 404),
    Expected("/?author=2&feed=rss2", "anonymous", 301, 404),
    Expected("/?author=99", "anonymous", 404, 404),
    Expected("/index.php/author/editor/", "anonymous", 200, 200),
    Expected("/wp-sitemap-users-1.xml", "anonymous", 200, 404),
    Expected("/?sitemap=users", "anonymous", 301, 301),  # leads to the one above
    Expected("/wp-sitemap.xml", "anonymous", 200, 200),
)


@pytest.fixture(params=[False, True], ids=["usual", "hardened"])
def hardened(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


class Site:
    """A site with one article of the editor's, and his application password."""

    def __init__(self, folder: Path, *, hardened: bool) -> None:
        write_first(folder, {"hardened": hardened, "proxies": "192.0.2.1"})
        settings = load(folder, {})
        room = make_newsroom(folder)
        self.newsroom = Newsroom(room.database, room.clock, room.files, hardened=settings.hardened)
        with self.newsroom.write() as view:
            many.posts(view.unit, [article(10, "story", title="Story", content="Text", author=2)])
            bulk.settle(view.unit)
        with self.newsroom.write() as view:
            users.update(view.unit, 2, password=HASH)
            _, self.token = application_passwords.create(view, 2, "A program")
        self.client = Client(Application(settings, Dispatcher(self.newsroom, settings)))

    async def ask(self, target: str, who: str = "anonymous", method: str = "GET", **headers: str) -> Reply:
        name, _, scheme = who.partition(" over ")
        if scheme:
            headers["x_forwarded_proto"] = scheme
            word = {"editor": self.token, "wrong": "wrong"}[name]
            headers["authorization"] = "Basic " + base64.b64encode(f"editor:{word}".encode()).decode()
        return await self.client.ask(target, method, (b"",), **headers)

    def close(self) -> None:
        self.client.app.threads.shutdown()
        self.client.app.writers.shutdown()
        self.newsroom.database.close()


@pytest.fixture
def site(tmp_path: Path, hardened: bool) -> Iterator[Site]:
    made = Site(tmp_path, hardened=hardened)
    yield made
    made.close()


def test_the_table_holds(site: Site, hardened: bool) -> None:
    async def story() -> list[str]:
        wrong = []
        for row in TABLE:
            expected = row.hardened if hardened else row.usual
            reply = await site.ask(row.target, row.who)
            if reply.status != expected:
                wrong.append(f"{row.who}: {row.target} is {reply.status}, not {expected}")
        return wrong

    assert asyncio.run(story()) == []


def test_an_embedded_author_is_what_his_route_answers(site: Site, hardened: bool) -> None:
    reply = asyncio.run(site.ask(f"{API}/posts/10?_embed=author"))
    (author,) = json.loads(reply.body)["_embedded"]["author"]
    assert (author.get("code"), author.get("slug")) == (
        ("rest_user_cannot_view", None) if hardened else (None, "editor")
    )


@pytest.mark.parametrize(
    ("words", "usual", "hardened_total"),
    [("reader@private", "1", "0"), ("203.0.113.9", "1", "0"), ("Kept", "1", "1"), ("Reader", "1", "1")],
)
def test_a_search_of_comments_guesses_no_addresses(
    site: Site, hardened: bool, words: str, usual: str, hardened_total: str
) -> None:
    date = Stamp("2024-02-02 08:00:00")
    said = Comment(
        1,
        10,
        author_name="Reader",
        author_email="reader@private.example",
        author_url="",
        author_ip="203.0.113.9",
        date=date,
        date_gmt=date,
        content="Kept",
    )
    with site.newsroom.write() as view:
        many.comments(view.unit, [said])
        bulk.settle(view.unit)
    reply = asyncio.run(site.ask(f"{API}/comments?search={words}"))
    assert reply.header("x-wp-total") == (hardened_total if hardened else usual)
    reply = asyncio.run(site.ask(f"{API}/comments?search={words}", "editor over https"))
    assert reply.header("x-wp-total") == usual


def test_oembed_names_the_site_for_the_author(site: Site, hardened: bool) -> None:
    address = f"{HOME}/index.php/2024/02/01/story/"
    told = json.loads(asyncio.run(site.ask(f"/wp-json/oembed/1.0/embed?url={address}")).body)
    assert (told["author_name"], told["author_url"]) == (
        ("Wirepress", HOME) if hardened else ("Editor", f"{HOME}/index.php/author/editor/")
    )


@pytest.mark.parametrize("target", [f"{API}/posts", f"{API}/users/me"])
def test_foreign_origins_get_no_credentials(site: Site, hardened: bool, target: str) -> None:
    async def story() -> None:
        foreign, own = await site.ask(target, origin=EVIL), await site.ask(target, origin=HOME)
        allowed = foreign.header("access-control-allow-origin"), foreign.header("access-control-allow-credentials")
        assert allowed == (("*", "") if hardened else (EVIL, "true"))
        allowed = own.header("access-control-allow-origin"), own.header("access-control-allow-credentials")
        assert allowed == (HOME, "true")
        preflight = await site.ask(target, method="OPTIONS", origin=EVIL)
        assert (preflight.header("access-control-allow-credentials") == "") is hardened
        assert "Origin" in foreign.header("vary")

    asyncio.run(story())


def test_application_passwords_are_not_made_over_http(site: Site, hardened: bool) -> None:
    async def story() -> None:
        kind = "application/x-www-form-urlencoded"
        body = urlencode({"log": "editor", "pwd": PASSWORD}).encode()
        reply = await site.client.ask("/wp-login.php", "POST", (body,), content_type=kind)
        assert reply.status == 302
        lines = [value.partition(";")[0] for name, value in reply.headers if name == "set-cookie"]
        cookies = "; ".join(lines)
        page = await site.client.ask("/wp-admin/authorize-application.php?app_name=A", cookie=cookies)
        assert page.status == (403 if hardened else 200)
        page = await site.client.ask(
            "/wp-admin/authorize-application.php?app_name=A", cookie=cookies, x_forwarded_proto="https"
        )
        assert page.status == 200

    asyncio.run(story())


def test_an_http_site_offers_no_application_passwords(tmp_path: Path, hardened: bool) -> None:
    room = make_newsroom(tmp_path, options={**OPTIONS, "home": "http://localhost", "siteurl": "http://localhost"})
    write_first(tmp_path, {"hardened": hardened})
    settings = load(tmp_path, {})
    newsroom = Newsroom(room.database, room.clock, room.files, hardened=hardened)
    client = Client(Application(settings, Dispatcher(newsroom, settings)))
    told = json.loads(asyncio.run(client.ask("/wp-json/")).body)
    assert (told["authentication"] == []) is hardened
    client.app.threads.shutdown()
    newsroom.database.close()


def test_the_switch_is_a_setting(tmp_path: Path) -> None:
    assert not load(tmp_path, {}).hardened
    assert load(tmp_path, {"WIREPRESS_HARDENED": "1"}).hardened
    write_first(tmp_path, {"hardened": True})
    settings = load(tmp_path, {})
    create(settings, {})
    newsroom = open_newsroom(settings)
    with newsroom.view() as view:
        assert view.site.hardened
    with newsroom.write() as view:
        options.set(view.unit, "blogname", "Another")
        assert view.site.option("blogname") == "Another"
        assert view.site.hardened
    newsroom.database.close()
