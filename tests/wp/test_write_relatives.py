"""What hangs on a post: its autosaves, and the pages under it."""

from __future__ import annotations

from tests.wp.writer import Writer


def test_an_autosave_begins_with_the_footnotes_of_its_post(writer: Writer) -> None:
    number = writer.post("editor", "/posts", {"title": "t", "status": "publish", "meta": {"footnotes": "x"}}).value[
        "id"
    ]
    sent = ({"content": "d"}, {"content": "e", "meta": {"footnotes": "y"}}, {"content": "f"})
    kept = [writer.post("administrator", f"/posts/{number}/autosaves", one).value["meta"]["footnotes"] for one in sent]
    assert kept == ["x", "y", "y"]


def test_the_post_above_a_page_is_linked_by_its_own_type(writer: Writer) -> None:
    for route in ("posts", "pages"):
        above = writer.post("editor", f"/{route}", {"title": "t", "status": "publish"}).value["id"]
        page = writer.post("editor", "/pages", {"title": "t", "parent": above}).value
        assert page["_links"]["up"][0]["href"].endswith(f"/wp/v2/{route}/{above}")
