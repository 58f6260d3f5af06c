"""Texts that take long to be rendered, over the API: answered whole, and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.wp.test_write_batch import batch
from tests.wp.writer import Writer
from wirepress.render.comments import comment_text
from wirepress.render.saving import saved_comment
from wirepress.store.unit import Unit
from wirepress.wp import filling

PARAGRAPH = "<!-- wp:paragraph --><p>Words of the day.</p><!-- /wp:paragraph -->\n"
LONG = PARAGRAPH * 2_000


def test_a_long_article_is_answered_rendered(writer: Writer) -> None:
    made = writer.post("editor", "/posts", {"title": "Long", "content": LONG, "status": "publish"})
    assert made.status == 201
    shown = made.value["content"]["rendered"]
    assert shown.count("Words of the day.</p>") == 2_000
    assert made.value["content"]["raw"] == LONG
    assert writer.get("", f"/posts/{made.value['id']}").value["content"]["rendered"] == shown
    changed = writer.post("editor", f"/posts/{made.value['id']}", {"content": LONG.replace("day", "night")})
    assert (changed.status, changed.value["content"]["rendered"].count("night")) == (200, 2_000)
    gone = writer.delete("editor", f"/posts/{made.value['id']}", "force=true")
    assert gone.value["previous"]["content"]["rendered"].count("night") == 2_000


def test_a_long_autosave_is_answered_rendered(writer: Writer) -> None:
    made = writer.post("editor", "/posts", {"title": "Long", "content": "short", "status": "publish"}).value
    saved = writer.post("editor", f"/posts/{made['id']}/autosaves", {"content": LONG})
    assert saved.status == 200
    assert saved.value["content"]["rendered"].count("Words of the day.</p>") == 2_000
    assert saved.value["parent"] == made["id"]


def test_long_articles_are_made_in_a_batch(writer: Writer) -> None:
    body = {"title": "Long", "content": LONG}
    told = batch(writer, *[{"path": "/wp/v2/posts", "body": body}] * 2)
    assert [part["status"] for part in told["responses"]] == [201, 201]
    assert told["responses"][1]["body"]["content"]["rendered"].count("Words of the day.</p>") == 2_000


@pytest.mark.parametrize("role", ["subscriber", "editor"])
def test_a_long_comment_is_filtered_before_its_write_begins(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    post = writer.post("editor", "/posts", {"title": "x", "content": "x", "status": "publish"}).value["id"]
    text = f"<b>Words of {role}, <i>he said. " * 1_500
    begin, in_writes = writer.newsroom.database.write, 0

    def filtered() -> int:
        return saved_comment.cache_info().misses + comment_text.cache_info().misses

    @contextmanager
    def write() -> Iterator[Unit]:
        nonlocal in_writes
        with begin() as unit:
            before = filtered()
            yield unit
            in_writes += filtered() - before

    monkeypatch.setattr(writer.newsroom.database, "write", write)
    before = filtered()
    made = writer.post(role, "/comments", {"post": post, "content": text})
    assert made.status == 201, made.value
    assert made.value["content"]["rendered"].count("he said") == 1_500
    assert filtered() > before
    assert in_writes == 0


def test_a_list_that_is_too_large_is_refused_whole(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filling.MOST_BYTES == 32 << 20
    monkeypatch.setattr(filling, "MOST_BYTES", 1 << 20)
    content = "x" * 100_000
    ids = [writer.post("editor", "/posts", {"content": content, "status": "publish"}).value["id"] for _ in range(12)]
    told = writer.get("", "/posts", "per_page=12")
    assert (told.status, told.code) == (400, "answer_too_large")
    assert [item["id"] for item in writer.get("", "/posts", "per_page=12&_fields=id").value] == ids[::-1]
    assert len(writer.get("", "/posts", "per_page=5").value) == 5
