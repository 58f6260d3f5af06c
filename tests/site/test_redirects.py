"""Redirects of the site's own: only where nothing else is, in no circle, and nowhere but to the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.desk import HOME, make_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import redirections
from wirepress.model.errors import Invalid
from wirepress.model.web import Request


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    newsroom = make_newsroom(tmp_path)
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


def put(site: Dispatcher, source: str, target: str, status: int = 301) -> None:
    with site.newsroom.write() as view:
        redirections.put(view, source, target, status)


def get(site: Dispatcher, path: str) -> tuple[int, str]:
    answer = site.answer(Request("GET", path))
    return answer.status, dict(answer.headers).get("location", "")


@pytest.mark.parametrize("asked", ["/old/page", "/old/page/", "/old/p%61ge"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_leads_on(site: Dispatcher, asked: str, status: int) -> None:
    put(site, f"{HOME}/old/page/", "/new/", status)
    assert get(site, asked) == (status, f"{HOME}/new/")


def test_what_is_gone_is_said_to_be(site: Dispatcher) -> None:
    put(site, "/old", "", 410)
    assert get(site, "/old") == (410, "")
    assert b"This page is gone for good" in site.answer(Request("GET", "/old")).body
    assert get(site, "/older") == (404, "")


def test_what_is_there_is_not_redirected(site: Dispatcher) -> None:
    put(site, "/robots.txt", "/elsewhere")
    assert get(site, "/robots.txt") == (200, "")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("/a", "/a/"), ("/a", f"{HOME}/a"), ("/c", "/b"), ("", "/x"), ("/", "/x"), ("/a*", "/x"), ("/a?b=1", "/x"),
        ("/x", "//evil.example/"), ("/x", "/\\evil.example"), ("/x", "javascript:alert(1)"), ("/x", ""),
        ("/x", "https://a.example/\r\nSet-Cookie: a=b"),
    ],
)  # fmt: skip
def test_circles_and_what_is_not_the_web_are_refused(site: Dispatcher, source: str, target: str) -> None:
    put(site, "/b", "/c")
    with pytest.raises(Invalid):
        put(site, source, target)


FOLDER = f"{HOME}/paper"


@pytest.fixture
def below(tmp_path: Path) -> Iterator[Dispatcher]:
    """A site in a folder of its host: requests come to it without the folder."""
    newsroom = make_newsroom(tmp_path, options={"home": FOLDER, "siteurl": FOLDER})
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


@pytest.mark.parametrize("source", ["/old", "/paper/old/", f"{FOLDER}/old"])
@pytest.mark.parametrize("target", ["/new?a=1", "/paper/new?a=1", f"{FOLDER}/new?a=1"])
def test_paths_are_the_site_s_where_it_lies_in_a_folder(below: Dispatcher, source: str, target: str) -> None:
    put(below, source, target)
    assert get(below, "/old") == (301, f"{FOLDER}/new?a=1")


@pytest.mark.parametrize(
    ("target", "where"),
    [("/paper", f"{FOLDER}/"), ("/paper?a=1", f"{FOLDER}/?a=1"), ("/paperback", f"{FOLDER}/paperback"),
     (f"{HOME}/other", f"{HOME}/other"), (f"{HOME}/paperback", f"{HOME}/paperback")],
)  # fmt: skip
def test_what_only_begins_like_the_folder_is_something_else(below: Dispatcher, target: str, where: str) -> None:
    put(below, "/old", target)
    assert get(below, "/old") == (301, where)


@pytest.mark.parametrize(
    "target",
    ["/x/../old", "/./old", "/%2e/old", "/index.php/../old", "https://NEWS.example.com/old", "http://news.example.com/old",
     "https://news.example.com:443/old", "/old/", "?a=1"],
)  # fmt: skip
def test_no_spelling_of_an_address_hides_a_circle(site: Dispatcher, target: str) -> None:
    with site.newsroom.write() as view, pytest.raises(Invalid):
        redirections.put(view, "/old", target)


def test_circles_are_seen_in_a_folder_too(below: Dispatcher) -> None:
    put(below, "/b", "/paper/c")
    for source, target in (("/c", "/paper/b"), ("/paper/c", f"{FOLDER}/b"), ("/d", "/paper/d/")):
        with pytest.raises(Invalid):
            put(below, source, target)
