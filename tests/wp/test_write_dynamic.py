"""What writes answer of posts whose text is made when it is shown."""

from __future__ import annotations

import pytest

from tests.wp.writer import Writer


@pytest.mark.parametrize(
    ("content", "rendered"),
    [
        ("[gallery]", "\n"),
        ("abc [gallery] d", "<p>abc  d</p>\n"),
        ("abc", "<p>abc</p>\n"),
        ("<!-- wp:site-title /-->", None),
    ],
)
def test_what_is_deleted_for_good_is_told_whole(writer: Writer, content: str, rendered: str | None) -> None:
    made = writer.post("editor", "/posts", {"title": "t", "content": content, "status": "publish"}).value
    gone = writer.delete("editor", f"/posts/{made['id']}", "force=true").value
    assert gone["previous"]["content"]["rendered"] == made["content"]["rendered"] != ""
    assert rendered in (None, made["content"]["rendered"])


def test_names_in_a_cloud_are_escaped(writer: Writer) -> None:
    """As WordPress answered: the quote is no curly one."""
    tag = writer.post("editor", "/tags", {"name": "a'b\\c & d", "slug": "abc"}).value["id"]
    writer.post("editor", "/posts", {"title": "t", "content": "x", "status": "publish", "tags": [tag]})
    made = writer.post("editor", "/posts", {"title": "t", "content": "<!-- wp:tag-cloud /-->", "status": "publish"})
    assert 'aria-label="a&#039;b\\c &amp; d (1 item)">a&#039;b\\c &amp; d</a>' in made.value["content"]["rendered"]
