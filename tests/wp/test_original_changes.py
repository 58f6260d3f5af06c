"""What the original of a post changes, as its editors are told of it and decide upon it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.wp.writer import Answered, Writer
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.newsroom import View
from wirepress.content.posts import locks, originals, publishing, revisions, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.model.post import Post
from wirepress.model.wire import Origin, Source
from wirepress.store import originals as store
from wirepress.store import sources
from wirepress.store import users as user_store

ROUTE = "/wirepress/v1/original-changes"


def get(writer: Writer, role: str, address: str) -> Answered:
    path, _, query = address.partition("?")
    return writer.get(role, path, query)


def offered(writer: Writer, **texts: str) -> tuple[int, int]:
    """A post of the wire that an editor has changed, and the change of its original that waits."""
    with writer.newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Ours", content="Water.", status="publish"))
        source = sources.by_url(view.unit, "https://wire.example/feed")
        number = source.id if source else sources.add(view.unit, Source(0, "https://wire.example/feed"))
        key = f"wire.example/{post.id}"
        origin = Origin(number, key, f"https://{key}", key, view.now(), view.now(), post=post.id)
        sources.save_origin(view.unit, origin)
        return post.id, put(view, post, {"title": "Theirs", **texts})


def put(view: View, post: Post, texts: dict[str, Any]) -> int:
    revision = revisions.offer(view, replace(post, **texts))
    fields = {name: ChangedField(FieldState.OFFERED) for name in texts}
    fields["tags"] = ChangedField(FieldState.FOLLOWED, ["sea"])
    return store.insert(view.unit, OriginalChange(0, post.id, view.now(), revision, Reason.EDITED, fields))


def test_editors_see_what_the_original_changes(writer: Writer) -> None:
    post, change = offered(writer)
    (found,) = get(writer, "editor", f"{ROUTE}?post={post}").value
    assert (found["id"], found["post"], found["reason"], found["waiting"]) == (change, post, "edited", True)
    assert found["fields"] == [
        {"name": "title", "state": "offered", "value": "Theirs"},
        {"name": "tags", "state": "followed", "value": ["sea"]},
    ]
    assert found["revision"]["href"].endswith(f"revision.php?revision={found['revision']['id']}")
    assert found["_links"]["about"][0]["href"].endswith(f"/wp/v2/posts/{post}")
    assert get(writer, "editor", f"{ROUTE}/{change}").value["id"] == change
    assert get(writer, "editor", f"{ROUTE}?post={post}").headers["x-wp-total"] == "1"


def test_a_change_is_taken_over(writer: Writer) -> None:
    post, change = offered(writer, excerpt="Their summary.")
    before = get(writer, "editor", f"/wp/v2/posts/{post}?context=edit").value
    taken = writer.post("editor", f"{ROUTE}/{change}/take-over", {"fields": ["title"]})
    assert taken.status == 200
    assert [part["state"] for part in taken.value["fields"]] == ["taken", "offered", "followed"]
    after = get(writer, "editor", f"/wp/v2/posts/{post}?context=edit").value
    assert (before["title"]["raw"], after["title"]["raw"]) == ("Ours", "Theirs")
    assert after["excerpt"]["raw"] == before["excerpt"]["raw"]
    again = writer.post("editor", f"{ROUTE}/{change}/take-over", {"fields": ["title"]})
    assert (again.status, again.code) == (409, "rest_not_offered")
    rest = writer.post("editor", f"{ROUTE}/{change}/take-over", {})
    assert rest.value["waiting"] is False
    assert get(writer, "editor", f"/wp/v2/posts/{post}?context=edit").value["excerpt"]["raw"] == "Their summary."
    log = get(writer, "administrator", "/wirepress/v1/audit?action=post.take_over").value
    assert [entry["object_id"] for entry in log] == [str(post)] * 2
    assert log[0]["details"]["fields"] == ["excerpt"]


def test_ours_is_kept(writer: Writer) -> None:
    post, change = offered(writer)
    kept = writer.post("editor", f"{ROUTE}/{change}/keep", {})
    assert [part["state"] for part in kept.value["fields"]] == ["kept", "followed"]
    assert get(writer, "editor", f"/wp/v2/posts/{post}?context=edit").value["title"]["raw"] == "Ours"
    assert get(writer, "editor", f"{ROUTE}?post={post}&waiting=true").value == []
    assert len(get(writer, "editor", f"{ROUTE}?post={post}").value) == 1
    assert len(get(writer, "administrator", "/wirepress/v1/audit?action=post.keep_ours").value) == 1


@pytest.mark.parametrize("verb", ["take-over", "keep"])
def test_nobody_else_sees_or_decides(writer: Writer, verb: str) -> None:
    post, change = offered(writer)
    for role, status in (("", 401), ("author", 403)):
        assert get(writer, role, f"{ROUTE}?post={post}").status == status
        assert get(writer, role, f"{ROUTE}/{change}").status == status
        assert writer.post(role, f"{ROUTE}/{change}/{verb}", {}).status == status
    assert get(writer, "editor", ROUTE).code == "rest_missing_callback_param"
    assert get(writer, "editor", f"{ROUTE}?post=999999").code == "rest_post_invalid_id"
    assert writer.post("editor", f"{ROUTE}/999/{verb}", {}).code == "rest_original_change_invalid_id"
    assert writer.post("editor", f"{ROUTE}/{change}/{verb}", {"fields": ["status"]}).code == "rest_invalid_param"


def test_what_somebody_has_open_or_in_the_trash_waits(writer: Writer) -> None:
    post, change = offered(writer)
    with writer.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, user_store.by_login(view.unit, "administrator")), post)
    answer = writer.post("editor", f"{ROUTE}/{change}/take-over", {})
    assert (answer.status, answer.code) == (409, "rest_post_locked")
    with writer.newsroom.write() as view:
        trash.trash(view, NEWSROOM, post)
    assert writer.post("administrator", f"{ROUTE}/{change}/take-over", {}).code == "rest_post_trashed"
    with writer.newsroom.write() as view:
        trash.delete(view, post)
        assert originals.get(view, change) is None


def test_the_description_names_the_verbs(writer: Writer) -> None:
    paths = get(writer, "", "/wirepress/v1/openapi").value["paths"]
    assert {"get"} <= paths[f"{ROUTE}/{{id}}"].keys()
    for verb in ("take-over", "keep"):
        described = paths[f"{ROUTE}/{{id}}/{verb}"]["post"]
        assert "200" in described["responses"]
