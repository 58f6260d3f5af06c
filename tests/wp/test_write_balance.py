"""Closing what a writer left open (`use_balanceTags`)."""

from __future__ import annotations

from tests.wp.writer import Writer
from wirepress.content import options

OPEN = '<b>one <i>two <!-- wp:paragraph {"a":"<b>x"} --><p>x<br><div><p>y</li></b> < 3 <img src=x> <my-el>q'
CLOSED = (
    '<b>one <i>two <!-- wp:paragraph {"a":"\\u003cb\\u003ex"} --><p>x<br /><div><p>y</p></div></p></b> < 3 <img src=x/>'
    " <my-el>q</my-el></i></b><!-- /wp:paragraph -->"
)


def turn(writer: Writer, value: str) -> None:
    with writer.newsroom.write() as view:
        options.set(view.unit, "use_balanceTags", value)


def test_what_is_left_open_is_closed_where_the_site_wants_that(writer: Writer) -> None:
    """As WordPress answered."""
    turn(writer, "1")
    sent = {"title": "<b>t", "content": OPEN, "excerpt": "<em>e", "status": "draft"}
    for base in ("pages", "blocks", "posts"):
        made = writer.post("editor", f"/{base}", sent).value
        assert (made["title"]["raw"], made["content"]["raw"], made["excerpt"]["raw"]) == ("<b>t", CLOSED, "<em>e</em>")
    autosave = writer.post("editor", f"/posts/{made['id']}/autosaves", {"content": "<b>second <i>"}).value
    assert autosave["content"]["raw"] == "<b>second <i></i></b>"


def test_what_was_left_open_is_closed_with_the_next_change(writer: Writer) -> None:
    turn(writer, "2")  # 1 alone is on
    made = writer.post("editor", "/posts", {"title": "t", "content": "<b>open"}).value
    assert made["content"]["raw"] == "<b>open"
    turn(writer, "1")
    assert writer.post("editor", f"/posts/{made['id']}", {"sticky": True}).value["content"]["raw"] == "<b>open</b>"
