"""What contributors and strangers can send, and no screen falls over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.admin.client import Client
from tests.content.desk import make_newsroom
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.web import Request
from wirepress.site.reader import Reader


@pytest.mark.parametrize(
    ("zone", "date"),
    [("Asia/Tokyo", "9999-12-31T23:59:59"), ("America/Los_Angeles", "0001-01-01T00:00:00")],
)
def test_a_date_at_the_end_of_the_calendar_kills_no_list(tmp_path: Path, zone: str, date: str) -> None:
    client = Client(make_newsroom(tmp_path, options={"timezone_string": zone}))
    for status in ("draft", "pending", "publish"):
        body = json.dumps({"title": "Far", "content": "x", "status": status, "date_gmt": date}).encode()
        headers = {"host": "news.example.com", "content-type": "application/json"}
        headers |= {"cookie": client.cookies["editor"], "x-wp-nonce": client.api_nonce("editor")}
        sent = Request("POST", "/wp-json/wp/v2/posts", "", headers, body, "192.0.2.7", "https")
        made = client.api.answer(sent)
        assert made.status == 201, made.body
    number = json.loads(made.body)["id"]
    for path in ("", "edit.php", "edit.php?post_status=draft", "edit.php?orderby=title", f"edit.php?quick={number}"):
        assert client.get("editor", path).status == 200, path
    reader = Reader(client.newsroom)
    for query in (f"p={number}", f"p={number}&preview=true", "author=2", ""):
        answer = reader.answer(Request("GET", "/", query, {"cookie": client.cookies["editor"]}))
        assert answer.status < 500, query
    client.newsroom.database.close()


def test_a_boundary_that_is_none_is_no_form(client: Client) -> None:
    kind = f"multipart/form-data; boundary={'y' * 3000}"
    assert client.ask("editor", "POST", "media-new.php", b"x", content_type=kind).status in (400, 403)
    headers = {"host": "news.example.com", "content-type": kind, "cookie": client.cookies["editor"]}
    for path in ("/wp-json/wp/v2/media", "/wp-json/wp/v2/posts"):
        answer = client.api.answer(Request("POST", path, "", headers, b"x", "192.0.2.7", "https"))
        assert 400 <= answer.status < 500, path


def test_names_are_shown_as_they_were_typed(client: Client) -> None:
    with client.newsroom.write() as view:
        users.update(view, 3, UserChanges(name="Tom & Jerry's <3"))
    assert "Tom &amp; Jerry&#39;s &lt;3" in client.get("administrator", "users.php").html
    assert 'value="Tom &amp; Jerry&#39;s &lt;3"' in client.get("administrator", "user-edit.php?user_id=3").html
    assert "Tom &amp; Jerry&#39;s &lt;3" in client.get("author").html


def test_a_part_of_a_page_hears_that_the_login_has_ended(client: Client) -> None:
    answer = client.ask("", "GET", "edit.php", hx_request="true")
    assert answer.status == 401
    assert not answer.location


def test_the_database_is_its_owner_s_alone(client: Client, tmp_path: Path) -> None:
    files = list(tmp_path.glob("site.db*"))
    assert files
    for file in files:
        assert file.stat().st_mode & 0o077 == 0, file.name
