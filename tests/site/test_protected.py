"""The password of a post: asked for on its page, kept as a proof in a cookie, and true for this password only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.app.press import ADDRESS, Client, Reply, make_site, opened
from wirepress.app.asgi import application
from wirepress.app.settings import load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes

FORM = "application/x-www-form-urlencoded"
TEXT = "<p>The first part.</p><!--nextpage--><p>The second part.</p>"


class Site:
    def __init__(self, folder: Path) -> None:
        make_site(folder)
        self.folder = folder
        self.first = self.guarded("sesame")
        self.second = self.guarded("other")
        self.client = Client(application(load(folder, {})))

    def guarded(self, password: str) -> str:
        """The path of a new post with a password."""
        with opened(self.folder) as newsroom, newsroom.write() as view:
            fields = Changes(title="Guarded", content=TEXT, status="publish", password=password)
            post = publishing.create(view, NEWSROOM, "post", fields)
            return view.lookup.permalink(post).removeprefix(ADDRESS)

    def give(self, password: str, back: str = "", **headers: str) -> Reply:
        form = urlencode({"post_password": password, "redirect_to": back}).encode()
        target = "/wp-login.php?action=postpass"
        return asyncio.run(self.client.ask(target, "POST", (form,), content_type=FORM, **headers))

    def get(self, path: str, **headers: str) -> Reply:
        return asyncio.run(self.client.ask(path, "GET", (b"",), **headers))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("guarded") / "site")
    yield made
    made.client.app.threads.shutdown()
    made.client.app.writers.shutdown()
    made.client.app.database.close()


def cookie(reply: Reply) -> str:
    return reply.header("set-cookie").partition(";")[0]


def test_a_page_asks_for_the_password_and_shows_the_text_to_who_gave_it(site: Site) -> None:
    asked = site.get(site.first)
    assert b"part." not in asked.body
    assert f'action="{ADDRESS}/wp-login.php?action=postpass"'.encode() in asked.body
    given = site.give("sesame", f"{ADDRESS}{site.first}")
    assert (given.status, given.header("location")) == (302, f"{ADDRESS}{site.first}")
    line = given.header("set-cookie")
    assert all(word in line for word in ("wp-postpass_", "HttpOnly", "SameSite=Lax", "secure", "Max-Age=864000"))
    assert "sesame" not in line
    shown = site.get(site.first, cookie=cookie(given))
    assert b"The first part." in shown.body
    assert b"The second part." in shown.body
    assert "no-store" in shown.header("cache-control")
    assert shown.header("etag") == ""
    assert b"part." not in site.get(site.first).body


@pytest.mark.parametrize("password", ["wrong", "Sesame", "sesame ", ""])
def test_another_password_opens_nothing(site: Site, password: str) -> None:
    given = site.give(password, f"{ADDRESS}{site.first}")
    assert given.status == 302
    assert b"part." not in site.get(site.first, cookie=cookie(given) or "wp-postpass_1=x").body


def test_a_proof_opens_what_has_its_password_and_nothing_else(site: Site) -> None:
    proof = cookie(site.give("sesame"))
    assert b"part." not in site.get(site.second, cookie=proof).body
    name, _, value = proof.partition("=")
    assert b"part." not in site.get(site.first, cookie=f"{name}={value[:-1]}").body
    assert b"part." not in site.get(site.first, cookie=f"{name}=").body


@pytest.mark.parametrize(
    ("back", "referer", "where"),
    [
        ("https://evil.example/", "", f"{ADDRESS}/"),
        ("", "https://evil.example/", f"{ADDRESS}/"),
        ("", f"{ADDRESS}/a/", f"{ADDRESS}/a/"),
        ("/b/", f"{ADDRESS}/a/", "/b/"),
    ],
)
def test_it_leads_back_to_this_site_only(site: Site, back: str, referer: str, where: str) -> None:
    assert site.give("x", back, referer=referer).header("location") == where


@pytest.mark.parametrize(
    ("path", "where"),
    [("/admin", "wp-admin/"), ("/dashboard/", "wp-admin/"), ("/login", "wp-login.php"), ("/login/?x=1", "")],
)
def test_who_looks_for_the_way_in_is_led_there(site: Site, path: str, where: str) -> None:
    reply = site.get(path)
    assert (reply.status, reply.header("location")) == ((302, f"{ADDRESS}/{where}") if where else (404, ""))
    assert reply.header("etag") == ""


def test_without_a_form_nothing_is_noted(site: Site) -> None:
    target = "/wp-login.php?action=postpass&post_password=sesame"
    assert site.get(target).header("set-cookie") == ""
    assert site.give("p" * 256).header("set-cookie") == ""
