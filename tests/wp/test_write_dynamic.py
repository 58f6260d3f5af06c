"""What writes answer of posts whose text is made when it is shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.test_write_batch import batch
from tests.wp.writer import Writer

PARTS = "".join(
    f"<!-- wp:{name} /-->"
    for name in ("post-title", "post-date", "post-excerpt", 'post-terms {"term":"category"}', "post-featured-image")
)


def listing(number: int, parts: str = PARTS) -> str:
    """A block that shows so many posts."""
    query = f'{{"perPage":{number},"postType":"post","order":"desc","orderBy":"date","inherit":false}}'
    shown = f"<!-- wp:post-template -->{parts}<!-- /wp:post-template -->"
    return (
        f'<!-- wp:query {{"queryId":1,"query":{query}}} --><div class="wp-block-query">{shown}</div><!-- /wp:query -->'
    )


LISTING = listing(10)
PARAGRAPH = "<!-- wp:paragraph --><p>word</p><!-- /wp:paragraph -->"
OTHERS = 9
"""How many others a post of the newest ten shows: itself it leaves out."""


def publish(writer: Writer, number: int, content: str = PARAGRAPH) -> None:
    for name in range(number):
        writer.post("editor", "/posts", {"title": f"n{name}", "content": content, "status": "publish"})


def made_of(writer: Writer, content: str) -> dict[str, Any]:
    made: dict[str, Any] = writer.post(
        "editor", "/posts", {"title": "t", "content": content, "status": "publish"}
    ).value
    return made


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


def test_a_post_with_a_list_of_posts_is_deleted_for_good(writer: Writer) -> None:
    """Its text takes more work than others wait for: it is rendered before the write begins."""
    publish(writer, 12)
    made = made_of(writer, LISTING)
    gone = writer.delete("editor", f"/posts/{made['id']}", "force=true")
    assert gone.status == 200, gone.value
    assert gone.value["deleted"] is True
    assert gone.value["previous"]["content"]["rendered"] == made["content"]["rendered"]
    assert made["content"]["rendered"].count("wp-block-post-title") == OTHERS
    assert writer.get("editor", f"/posts/{made['id']}").status == 404


def test_a_post_with_a_list_of_posts_goes_to_the_trash(writer: Writer) -> None:
    publish(writer, 12)
    made = made_of(writer, LISTING)
    trashed = writer.delete("editor", f"/posts/{made['id']}")
    assert (trashed.status, trashed.value.get("status")) == (200, "trash"), trashed.value
    assert trashed.value["content"]["rendered"].count("wp-block-post-title") == 10
    assert writer.delete("editor", f"/posts/{made['id']}").code == "rest_already_trashed"


def test_posts_with_lists_of_posts_are_deleted_in_a_batch(writer: Writer) -> None:
    """What is told of the second is what it was after the first was gone."""
    publish(writer, 12)
    first, second = made_of(writer, "classic"), made_of(writer, LISTING)
    assert "classic" in second["content"]["rendered"]
    paths = [f"/wp/v2/posts/{made['id']}?force=true" for made in (first, second)]
    told = batch(writer, *({"path": path, "method": "DELETE"} for path in paths))["responses"]
    assert [part["status"] for part in told] == [200, 200]
    shown = told[1]["body"]["previous"]["content"]["rendered"]
    assert shown.count("wp-block-post-title") == OTHERS
    assert "classic" not in shown


def test_what_became_too_long_to_be_rendered_is_deleted_and_told_as_it_was_written(writer: Writer) -> None:
    made = made_of(writer, listing(10, "<!-- wp:post-content /-->"))
    publish(writer, 5, "<!-- wp:html -->" + "<b></b>" * 60_000 + "<!-- /wp:html -->")
    gone = writer.delete("editor", f"/posts/{made['id']}", "force=true")
    assert gone.status == 200, gone.value
    assert gone.value["previous"]["content"]["rendered"].startswith("<pre>&lt;!-- wp:query")
    assert made["content"]["rendered"].startswith("<div")
    assert writer.get("editor", f"/posts/{made['id']}").status == 404


def test_names_in_a_cloud_are_escaped(writer: Writer) -> None:
    """As WordPress answered: the quote is no curly one."""
    tag = writer.post("editor", "/tags", {"name": "a'b\\c & d", "slug": "abc"}).value["id"]
    writer.post("editor", "/posts", {"title": "t", "content": "x", "status": "publish", "tags": [tag]})
    made = writer.post("editor", "/posts", {"title": "t", "content": "<!-- wp:tag-cloud /-->", "status": "publish"})
    assert 'aria-label="a&#039;b\\c &amp; d (1 item)">a&#039;b\\c &amp; d</a>' in made.value["content"]["rendered"]
