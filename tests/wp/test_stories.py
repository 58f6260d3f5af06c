"""`wirepress/v1/stories`: list, one, merge, split."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.test_takedowns import published
from tests.wp.writer import Writer

ROUTE = "/wirepress/v1/stories"


def test_posts_are_merged_listed_and_split(writer: Writer) -> None:
    posts = [published(writer, title)["id"] for title in ("Harbour", "Flood", "Rain")]
    made = writer.post("editor", f"{ROUTE}/merge", {"posts": posts})
    assert made.status == 200
    assert [one["post"] for one in made.value["articles"]] == posts
    assert {one["by_hand"] for one in made.value["articles"]} == {True}
    assert (made.value["title"], made.value["articles"][0]["source"]) == ("Harbour", 0)
    one = f"{ROUTE}/{made.value['id']}"
    assert writer.get("administrator", one).value["articles"] == made.value["articles"]
    listed = writer.get("editor", ROUTE, "search=flood")
    assert ([story["id"] for story in listed.value], listed.headers["x-wp-total"]) == ([made.value["id"]], "1")
    assert writer.get("editor", ROUTE, "source=7").value == writer.get("editor", ROUTE, f"source={2**80}").value == []
    last = made.value["articles"][-1]["id"]
    apart = writer.post("editor", f"{one}/split", {"article": last})
    assert (apart.status, [article["post"] for article in apart.value["articles"]]) == (200, posts[-1:])
    assert len(writer.get("editor", one).value["articles"]) == 2
    assert writer.post("editor", f"{one}/split", {"article": last}).code == "rest_story_invalid_article"
    again = writer.post("editor", f"{ROUTE}/{apart.value['id']}/split", {"article": last})
    assert (again.status, again.code) == (409, "rest_story_article_alone")
    whole = writer.post("editor", f"{ROUTE}/merge", {"stories": [apart.value["id"], made.value["id"]]})
    assert (whole.value["id"], len(whole.value["articles"])) == (made.value["id"], 3)
    assert writer.get("editor", f"{ROUTE}/{apart.value['id']}").status == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"stories": [1]}, 404),
        ({"posts": [10**30]}, 404),
        ({"posts": "x"}, 400),
        ({"stories": [0, -1]}, 400),
        ({"stories": list(range(1, 60))}, 400),
    ],
)
def test_what_cannot_be_merged_is_said(writer: Writer, sent: dict[str, Any], status: int) -> None:
    assert writer.post("administrator", f"{ROUTE}/merge", sent).status == status


def test_wordpress_s_answers_have_no_new_keys(writer: Writer) -> None:
    posts = [published(writer, title)["id"] for title in ("Harbour", "Flood")]
    before = writer.get("administrator", f"/posts/{posts[0]}", "context=edit").value
    writer.post("editor", f"{ROUTE}/merge", {"posts": posts})
    assert writer.get("administrator", f"/posts/{posts[0]}", "context=edit").value == before
