"""Autosaves of drafts and of what is published."""

from __future__ import annotations

from tests.wp.writer import Writer


def test_the_autosave_of_a_draft_says_that_it_has_a_password(writer: Writer) -> None:
    draft = writer.post("editor", "/posts", {"title": "T", "status": "draft", "password": "pw"}).value
    saved = writer.post("editor", f"/posts/{draft['id']}/autosaves", {"title": "x", "content": "c"}).value
    assert (saved["id"], saved["title"]) == (draft["id"], {"raw": "x", "rendered": "Protected: x"})
    post = writer.post("editor", "/posts", {"title": "T", "status": "publish", "password": "pw"}).value
    saved = writer.post("editor", f"/posts/{post['id']}/autosaves", {"title": "x", "content": "c"}).value
    assert saved["title"]["rendered"] == "x", "a revision has no password"
