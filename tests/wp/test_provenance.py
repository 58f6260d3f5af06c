"""Where a post came from, as its editors are told."""

from __future__ import annotations

from dataclasses import replace

from tests.wp.writer import Writer
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.wire import Origin, OriginFacts, Rights, Source
from wirepress.store import sources

ROUTE = "/wirepress/v1/provenance"


def imported(writer: Writer) -> int:
    """A post that the wire brought and then changed."""
    with writer.newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Flood", content="Water.", status="publish"))
        publishing.update(view, NEWSROOM, post.id, Changes(content="More water."))
        source = sources.add(view.unit, Source(0, "https://wire.example/feed", "The Wire", rights=Rights.FULL))
        now = view.now()
        facts = OriginFacts(
            rights=Rights.FULL, licence="https://licence.example/by", signals=("noarchive",), narrowed=True
        )
        origin = Origin(source, "g1", "https://wire.example/flood", "wire.example/flood", now, now, facts=facts)
        sources.save_origin(view.unit, replace(origin, post=post.id))
    return post.id


def test_editors_are_told_where_a_post_came_from(writer: Writer) -> None:
    post = imported(writer)
    told = writer.get("editor", f"{ROUTE}/{post}")
    assert told.status == 200
    assert told.value["source"]["name"] == "The Wire"
    assert told.value["url"] == "https://wire.example/flood"
    assert (told.value["rights"], told.value["license"]) == ("full", "https://licence.example/by")
    assert (told.value["signals"], told.value["narrowed"]) == (["noarchive"], True)
    assert told.value["first_seen"].startswith("2025-06-15T12:00:00")
    assert len(told.value["revisions"]) >= 1
    assert told.value["waiting"] == 0
    assert told.value["revisions"][0]["href"].startswith("https://news.example.com/wp-admin/revision.php?revision=")


def test_nobody_else_is(writer: Writer) -> None:
    post = imported(writer)
    assert writer.get("", f"{ROUTE}/{post}").status == 401
    assert writer.get("author", f"{ROUTE}/{post}").status == 403
    assert writer.get("editor", f"{ROUTE}/999999").code == "rest_post_invalid_id"


def test_what_was_written_here_has_no_source(writer: Writer) -> None:
    made = writer.post("author", "/posts", {"title": "Ours"}).value["id"]
    told = writer.get("author", f"{ROUTE}/{made}").value
    assert (told["source"], told["url"], told["revisions"]) == (None, "", [])
