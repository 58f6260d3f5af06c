"""Hostile bodies of writes by somebody who may write: a clear error each, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from tests.wp.browser import Browser, Desk
from wirepress.model.web import Request, Response

API = "/wp-json/wp/v2"
DEEP = 10_000
HUGE = (2**63, 2**64, 2**70, 10**30)
COLLECTIONS = ("posts", "pages", "categories", "tags", "users", "comments", "blocks", "media", "menus", "menu-items")


class Admin:
    """An administrator who writes by cookie."""

    def __init__(self, folder: Path) -> None:
        self.newsroom = make_newsroom(folder)
        self.browser = Browser(Desk(self.newsroom))
        self.browser.log_in("administrator")
        self.nonce = self.browser.nonce()

    def send(self, path: str, body: bytes, method: str = "POST", kind: str = "application/json") -> Response:
        cookies = "; ".join(f"{name}={value}" for name, (value, _) in self.browser.cookies.items())
        headers = {"cookie": cookies, "x-wp-nonce": self.nonce, "content-type": kind}
        bare, _, query = path.partition("?")
        return self.browser.desk.answer(Request(method, bare, query, headers, body, "192.0.2.1", "https"))

    def rows(self) -> list[int]:
        with self.newsroom.view() as view:
            tables = ("posts", "terms", "users", "comments", "uploads")
            return [view.unit.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Admin]:
    made = Admin(tmp_path_factory.mktemp("hostile"))
    yield made
    made.newsroom.database.close()


def refused(response: Response, *statuses: int) -> str:
    """The code of an error that is a client's own."""
    told = json.loads(response.body)
    assert response.status in (statuses or (400,)), told
    assert told["data"]["status"] == response.status
    code: str = told["code"]
    return code


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP + b"]" * DEEP,
        b'{"title":' * DEEP + b'"x"' + b"}" * DEEP,
        b'{"title":"\xff\xfe","status":"draft"}',
        b'{"title":"\xed\xa0\x80"}',
        b'{"title":"cut',
        b'{"title":NaN}',
        b"\x00\x00\x00",
    ],
    ids=["deep list", "deep object", "no UTF-8", "surrogate", "half", "NaN", "NUL"],
)
@pytest.mark.parametrize("where", COLLECTIONS)
def test_json_that_is_none_is_refused(admin: Admin, where: str, body: bytes) -> None:
    before = admin.rows()
    assert refused(admin.send(f"{API}/{where}", body)) == "rest_invalid_json"
    assert admin.rows() == before


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("posts", {"title": "a\0b", "content": "x"}),
        ("posts", {"title": "x", "slug": "a\0b", "excerpt": "\0"}),
        ("pages", {"content": "\0"}),
        ("categories", {"name": "a\0b"}),
        ("tags", {"name": "a", "description": "\0"}),
        ("users", {"username": "a\0b", "email": "a@news.example.com", "password": "x"}),
        ("users", {"username": "nul", "email": "nul\0@news.example.com", "password": "x"}),
        ("settings", {"title": "a\0b"}),
    ],
)
def test_nul_is_never_kept(admin: Admin, where: str, fields: dict[str, str]) -> None:
    response = admin.send(f"{API}/{where}", json.dumps(fields).encode())
    assert response.status < 500, response.body
    with admin.newsroom.view() as view:
        for table in ("posts", "terms", "users", "options"):
            for row in view.unit.rows(f"SELECT * FROM {table}"):
                assert not any(isinstance(value, str) and "\0" in value for value in row)


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("where", ["posts", "pages", "categories", "users", "comments", "media", "blocks"])
def test_numbers_of_more_than_64_bits_name_nothing(admin: Admin, where: str, method: str, number: int) -> None:
    query = "?force=true&reassign=1" if method == "DELETE" else ""
    refused(admin.send(f"{API}/{where}/{number}{query}", b'{"slug":"x"}', method), 404)


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("posts", "author"),
        ("posts", "featured_media"),
        ("posts", "categories"),
        ("pages", "parent"),
        ("pages", "menu_order"),
        ("categories", "parent"),
        ("comments", "post"),
        ("comments", "parent"),
        ("media", "post"),
    ],
)
def test_fields_of_more_than_64_bits_break_nothing(admin: Admin, where: str, field: str, number: int) -> None:
    value: object = [number] if field == "categories" else number
    sent = {"title": "Huge", "name": f"Huge {field} {number}", "content": "Huge", field: value}
    for signed in (sent, {**sent, field: [-number] if field == "categories" else -number}):
        response = admin.send(f"{API}/{where}", json.dumps(signed).encode())
        assert response.status < 500 or json.loads(response.body)["data"] is None, response.body
        json.loads(response.body)
