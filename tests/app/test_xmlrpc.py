"""XML-RPC over HTTP: a client of the standard library writes to a running server, and large calls are those of who may
send files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from xmlrpc.client import Binary, Fault, MultiCall, ServerProxy, dumps

import pytest

from tests.app.load import SECRET, picture, serving
from tests.app.press import Client, opened
from tests.app.test_bodies import CHUNK, TOO_BIG, app, chunks_of, client, code_of, folder, nothing_is_left, run, uploads
from wirepress.app.bodies import STRANGERS

__all__ = ["app", "client", "folder"]


def test_a_client_posts_edits_uploads_and_lists(folder: Path) -> None:
    with (
        serving(folder) as (port, _),
        ServerProxy(f"http://127.0.0.1:{port}/xmlrpc.php", use_builtin_types=True) as proxy,
    ):
        site: Any = proxy
        me = ("ada", SECRET)
        assert "wp.newPost" in site.system.listMethods()
        [blog] = site.wp.getUsersBlogs(*me)
        assert (blog["blogid"], blog["isAdmin"]) == ("1", True)
        file = site.wp.uploadFile(1, *me, {"name": "sea.jpg", "type": "image/jpeg", "bits": Binary(picture())})
        words = {
            "title": "By a program",
            "description": "<p>Words</p>",
            "categories": ["Uncategorized"],
            "mt_keywords": "sea",
        }
        number = site.metaWeblog.newPost(1, *me, {**words, "wp_post_thumbnail": file["id"]}, True)
        assert site.metaWeblog.editPost(number, *me, {**words, "title": "Edited"}, True) is True
        shown = site.metaWeblog.getPost(number, *me)
        assert (shown["title"], shown["mt_keywords"], shown["post_status"]) == ("Edited", "sea", "publish")
        assert str(shown["wp_post_thumbnail"]) == str(file["id"])
        assert site.wp.getPosts(1, *me, {"number": 1})[0]["post_id"] == number
        calls: Any = MultiCall(proxy)
        calls.mt.getPostCategories(number, *me)
        calls.wp.deletePost(1, *me, number)
        calls.wp.getPost(1, *me, number, ["post_status"])
        categories, gone, state = calls()
        assert ([one["categoryName"] for one in categories], gone) == (["Uncategorized"], True)
        assert state["post_status"] == "trash"
        with pytest.raises(Fault) as caught:
            site.wp.getPost(1, "ada", "wrong", number)
        assert caught.value.faultCode == 403


# ---- XML-RPC: whose a call is stands in it


def upload_call(login: str, password: str, size: int) -> tuple[bytes, ...]:
    """A call that brings a text as base64, which begins with who sends it."""
    [before, behind] = dumps((1, login, password, {"name": "x.txt", "bits": Binary(b"x" * 3)}), "wp.uploadFile").split(
        "eHh4"
    )
    return (before.encode(), *[b"eHh4" * (16 << 10)] * (size // (64 << 10)), behind.encode())


def test_a_large_call_is_read_where_its_beginning_says_who_may_send_files(client: Client) -> None:
    ask = partial(client.ask, "/xmlrpc.php", "POST", content_type="text/xml")
    reply = run(ask(upload_call("ada", SECRET, 4 << 20)))
    assert (reply.status, b"x.txt" in reply.body) == (200, True)
    assert sum(map(len, uploads(client.app).values())) == 3 * (16 << 10) * (4 << 20) // (64 << 10)
    for login, password in (("ada", "wrong"), ("nobody", "x"), ("", "")):
        for size in ({}, {"content_length": str(4 << 20)}):
            reply = run(ask(upload_call(login, password, 4 << 20), **size))
            assert code_of(reply) == TOO_BIG
            assert reply.taken <= STRANGERS + 2 * len(CHUNK)
    assert code_of(run(ask(chunks_of(2 << 20)))) == TOO_BIG
    assert code_of(run(ask(upload_call("ada", SECRET, 1 << 20), content_length=str(1 << 40)))) == TOO_BIG
    assert nothing_is_left(client.app)


def test_the_guess_of_a_large_call_is_counted_once(client: Client, folder: Path) -> None:
    for number in range(2):
        run(client.ask("/xmlrpc.php", "POST", upload_call("ada", f"wrong {number}", 2 << 20), content_type="text/xml"))
    with opened(folder) as newsroom, newsroom.view() as view:
        assert {row[0] for row in view.unit.rows("SELECT number FROM attempts")} == {2}
