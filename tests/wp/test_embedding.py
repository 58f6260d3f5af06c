"""What lists embed: asked for once in each epoch for strangers, and never older than the last write."""

from __future__ import annotations

from typing import Any

from tests.wp.writer import Writer


def published(writer: Writer, **more: Any) -> int:
    sent = {"status": "publish", "title": "News", "content": "<p>All of it.</p>", **more}
    number: int = writer.post("editor", "/posts", sent).value["id"]
    return number


def embedded(writer: Writer, number: int, role: str = "", query: str = "_embed") -> dict[str, Any]:
    (post,) = [one for one in writer.get(role, "/posts", query).value if one["id"] == number]
    found: dict[str, Any] = post["_embedded"]
    return found


def statements(writer: Writer, query: str) -> int:
    before = writer.newsroom.database.statements
    assert writer.get("", "/posts", query).status == 200
    return writer.newsroom.database.statements - before


def test_a_list_asks_for_what_it_embeds_once_in_an_epoch(writer: Writer) -> None:
    for _ in range(3):
        published(writer)
    first, second = statements(writer, "_embed"), statements(writer, "_embed")
    assert first > second == 1
    assert statements(writer, "_embed&orderby=date") == 1  # the items are the same
    published(writer)
    assert statements(writer, "_embed") > 1


def test_a_list_that_was_kept_is_the_one_that_is_made(writer: Writer) -> None:
    for number in range(3):
        published(writer, title=f"News {number}")
    made = writer.get("", "/posts", "_embed")
    assert writer.get("", "/posts", "_embed") == made
    writer.api.forget()
    assert writer.get("", "/posts", "_embed") == made
    named = writer.get("", "/posts", "_embed=author,replies").value
    assert [list(post["_embedded"]) for post in named] == [["author"]] * len(named)
    for post, part in zip(made.value, named, strict=True):
        assert post["_embedded"]["author"] == part["_embedded"]["author"]


def test_a_write_shows_at_once_in_what_is_embedded(writer: Writer) -> None:
    category = writer.post("editor", "/categories", {"name": "Abroad"}).value["id"]
    number = published(writer, categories=[category])
    before = embedded(writer, number)
    assert "replies" not in before
    assert before["wp:term"][0][0]["name"] == "Abroad"
    writer.post("editor", f"/categories/{category}", {"name": "Europe"})
    writer.post("administrator", "/users/2", {"name": "Ada"})
    writer.post("administrator", "/comments", {"post": number, "content": "Well said."})
    after = embedded(writer, number)
    assert after["wp:term"][0][0]["name"] == "Europe"
    assert after["author"][0]["name"] == "Ada"
    assert [reply["content"]["rendered"] for reply in after["replies"][0]] == ["<p>Well said.</p>\n"]


def test_what_strangers_may_not_see_is_not_kept_from_who_may(writer: Writer) -> None:
    number = published(writer)
    comment = writer.post("subscriber", "/comments", {"post": number, "content": "Well said."}).value
    writer.post("administrator", f"/comments/{comment['id']}", {"status": "approved"})

    def author(role: str) -> dict[str, Any]:
        (shown,) = writer.get(role, "/comments", f"post={number}&_embed").value
        found: dict[str, Any] = shown["_embedded"]["author"][0]
        return found

    assert author("")["code"] == "rest_user_cannot_view"
    assert author("administrator")["id"] == comment["author"]
    assert author("")["code"] == "rest_user_cannot_view"


def test_links_to_act_are_told_to_who_edits(writer: Writer) -> None:
    number = published(writer)
    shown = writer.get("editor", f"/posts/{number}", "context=edit").value["_links"]
    assert {"wp:action-publish", "wp:action-sticky", "curies"} <= shown.keys()
    assert shown["self"][0]["targetHints"] == {"allow": ["GET", "POST", "PUT", "PATCH", "DELETE"]}
    plain = writer.get("", f"/posts/{number}").value["_links"]
    assert not [rel for rel in plain if "action" in rel]
    assert plain["self"][0]["targetHints"] == {"allow": ["GET"]}
    chosen = writer.get("", f"/posts/{number}", "_fields=_links.self,id").value
    assert chosen["_links"]["self"] == plain["self"]


def tags_of(writer: Writer, query: str) -> set[str]:
    with writer.newsroom.database.watch() as watch:
        assert writer.get("", "/posts", query).status == 200
    return set(watch.tags)


def test_an_answer_from_memory_depends_on_what_the_first_was_made_of(writer: Writer) -> None:
    number = published(writer)
    writer.post("administrator", "/comments", {"post": number, "content": "Well said."})
    first = tags_of(writer, "_embed")
    assert f"comments:{number}" in first
    assert tags_of(writer, "_embed") >= {f"comments:{number}"}
    assert tags_of(writer, "_embed=replies") >= {f"comments:{number}"}
    assert tags_of(writer, "_embed") >= {tag for tag in first if tag.startswith(("comments:", "table:users", "post:"))}
