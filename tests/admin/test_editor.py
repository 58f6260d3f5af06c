"""The page of the block editor: what it holds, whose a post is while it is open, and the actions beside the API."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.admin.client import Client, Page
from tests.content.desk import HOME
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.newsroom import View
from wirepress.content.posts import locks, publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request, Response
from wirepress.wp.login import Login


def config(page: Page) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/json" id="wirepress-editor-config">(.*?)</script>', page.html, re.DOTALL
    )
    assert found is not None
    value: dict[str, Any] = json.loads(found[1])
    return value


@pytest.fixture
def post(client: Client) -> int:
    """A draft of the author's."""
    with client.newsroom.write() as view:
        author = viewer_of(view.site, view.lookup.user(3))
        made = publishing.create(
            view, author, "post", Changes(title="</script><b>x</b>", content="Text", status="draft")
        )
        return made.id


def held_by(view: View, number: int, user: int) -> int:
    found = reading.get(view, number)
    assert found is not None
    return locks.holder(view, viewer_of(view.site, view.lookup.user(user)), found)


def test_a_new_post_is_an_auto_draft_of_who_opened_it(client: Client) -> None:
    page = client.get("contributor", "post-new.php")
    told = config(page)
    assert told["post"]["initialEdits"] == {"title": "", "content": "", "excerpt": ""}
    with client.newsroom.view() as view:
        made = reading.get(view, told["post"]["id"])
        assert made is not None
        assert (made.status, made.author, made.type) == ("auto-draft", 4, "post")
        assert held_by(view, made.id, 2) == 4
    assert client.get("contributor", "post-new.php?post_type=page").status == 403
    assert client.get("editor", "post-new.php?post_type=nothing").status == 403
    assert client.get("editor", "post-new.php?post_type=attachment").status == 400


def test_its_page_has_what_it_would_ask_and_no_script_of_ours(client: Client, post: int) -> None:
    page = client.get("author", f"post.php?post={post}&action=edit")
    told = config(page)
    assert told["preload"][f"/wp/v2/posts/{post}?context=edit"]["body"]["title"]["raw"].endswith("x</b>")
    assert "/wp/v2/posts" in told["preload"]["OPTIONS"]
    assert told["preload"]["OPTIONS"]["/wp/v2/posts"]["headers"]["Allow"]
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page.html)
    assert "</script><b>" not in page.html.replace("</script>\n", "")
    assert "'unsafe-eval'" not in page.headers["content-security-policy"]


def test_who_may_not_edit_has_no_editor(client: Client, post: int) -> None:
    assert client.get("contributor", f"post.php?post={post}&action=edit").status == 403
    with client.newsroom.view() as view:
        assert held_by(view, post, 1) == 0, "a lock was taken all the same"


def test_somebody_else_who_has_it_open_is_named_and_taken_over_from(client: Client, post: int) -> None:
    config(client.get("author", f"post.php?post={post}&action=edit"))
    told = config(client.get("editor", f"post.php?post={post}&action=edit"))["settings"]
    assert told["postLock"] == {"isLocked": True, "user": {"name": "Author", "avatar": ""}}
    wrong = client.get("editor", f"post.php?post={post}&action=edit&get-post-lock=1&_wpnonce=0")
    assert wrong.status == 403
    nonce = told["postLockUtils"]["nonce"]
    taken = client.get("editor", f"post.php?post={post}&action=edit&get-post-lock=1&lockKey=1&_wpnonce={nonce}")
    assert taken.status == 303
    with client.newsroom.view() as view:
        assert held_by(view, post, 3) == 2


class Beat:
    """The actions of `admin-ajax.php`, as a browser asks them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.login = Login(client.newsroom, client.admin.ports.attempts, None)  # type: ignore[arg-type]

    def ask(self, role: str, query: str, body: bytes = b"", **headers: str) -> Response:
        given = {"host": "news.example.com", "origin": HOME, "cookie": self.client.cookies.get(role, "")}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.login.answer(Request("POST", "/wp-admin/admin-ajax.php", query, given, body, "192.0.2.7", "https"))

    def lock(self, role: str, post: object, nonce: str | None = None) -> Response:
        nonce = self.client.api_nonce(role) if nonce is None else nonce
        body = json.dumps({"post": post, "lock": None}).encode()
        return self.ask(role, "action=wirepress-lock", body, content_type="application/json", x_wp_nonce=nonce)


def test_a_lock_is_kept_until_somebody_takes_over(client: Client, post: int) -> None:
    beat = Beat(client)
    client.get("author", f"post.php?post={post}&action=edit")
    kept = json.loads(beat.lock("author", post).body)
    assert kept["lock"].endswith(":3")
    assert (kept["holder"], kept["taken_over"]) == (None, False)
    assert kept["nonce"] == client.api_nonce("author")
    with client.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, view.lookup.user(2)), post)
    lost = json.loads(beat.lock("author", post).body)
    assert (lost["lock"], lost["holder"]["name"], lost["taken_over"]) == (None, "Editor", True)


def test_who_lost_the_lock_overwrites_nothing(client: Client, post: int) -> None:
    """Between two beats a page does not know yet that somebody else has taken over."""
    client.get("author", f"post.php?post={post}&action=edit")
    assert saved(client, "author", post, title="Before")["title"]["raw"] == "Before"
    with client.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, view.lookup.user(2)), post)
    refused = saved(client, "author", post, title="Over theirs")
    assert (refused["code"], refused["data"]) == ("rest_post_locked", {"status": 409, "holder": 2})
    assert "Editor has taken over" in refused["message"]
    assert saved(client, "author", post, method="DELETE")["code"] == "rest_post_locked"
    assert "id" in saved(client, "author", post, f"/{post}/autosaves", title="Kept beside")
    assert saved(client, "editor", post, title="Theirs")["title"]["raw"] == "Theirs"
    with client.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, view.lookup.user(3)), post)
    assert saved(client, "author", post, title="Mine again")["title"]["raw"] == "Mine again"


def saved(
    client: Client, role: str, post: int, path: str = "", *, method: str = "POST", **fields: object
) -> dict[str, Any]:
    """What the API answers to the editor of somebody who is logged in."""
    given = {
        "host": "news.example.com",
        "cookie": client.cookies[role],
        "x-wp-nonce": client.api_nonce(role),
        "content-type": "application/json",
    }
    route = f"/index.php/wp-json/wp/v2/posts{path or f'/{post}'}"
    body = json.dumps(fields).encode() if fields else b""
    answer = client.api.answer(Request(method, route, "", given, body, "192.0.2.7", "https"))
    value: dict[str, Any] = json.loads(answer.body)
    return value


def test_what_is_no_beat_changes_nothing(client: Client, post: int) -> None:
    beat = Beat(client)
    assert beat.lock("author", post, nonce="0").status == 403
    assert beat.lock("contributor", post).status == 403
    assert beat.lock("author", 999).status == 403
    assert beat.lock("author", {"a": 1}).status == 403
    assert beat.ask("", "action=wirepress-lock", b"{}").status == 400
    assert beat.ask("author", "action=wirepress-lock", b"\xff{", x_wp_nonce=client.api_nonce("author")).status == 403
    with client.newsroom.view() as view:
        assert held_by(view, post, 1) == 0


def test_a_page_that_is_left_gives_its_lock_back(client: Client, post: int) -> None:
    beat = Beat(client)
    told = config(client.get("author", f"post.php?post={post}&action=edit"))["settings"]
    form = {
        "action": "wp-remove-post-lock",
        "_wpnonce": told["postLockUtils"]["unlockNonce"],
        "post_ID": post,
        "active_post_lock": told["postLock"]["activePostLock"],
    }
    kind = "application/x-www-form-urlencoded"
    stale = urlencode({**form, "_wpnonce": "0"}).encode()
    assert beat.ask("author", "", stale, content_type=kind).status == 403
    assert beat.ask("author", "", urlencode(form).encode(), content_type=kind).status == 200
    with client.newsroom.view() as view:
        found = reading.get(view, post)
        assert found is not None
        seconds = int(str(found.first_meta(locks.KEY)).partition(":")[0])
        assert int(view.now().timestamp()) - seconds == locks.SECONDS - 5
