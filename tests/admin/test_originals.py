"""Changes of originals in the administration: the list, Today, and the revision where it is decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.admin.client import Client
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.posts import locks, publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.model.post import Post
from wirepress.model.wire import Origin, Source
from wirepress.store import originals, sources


@pytest.fixture
def offered(client: Client) -> tuple[int, int]:
    """A post of the author's that came from a source, and the revision that holds what its original offers."""
    with client.newsroom.write() as view:
        author = viewer_of(view.site, view.lookup.user(3))
        changes = Changes(title="Ours", content="<p>Our water.</p>", status="publish")
        post = publishing.create(view, author, "post", changes)
        publishing.create(view, author, "post", Changes(title="Another", status="publish"))
        wire = sources.add(view.unit, Source(0, "https://wire.example/feed", "The Wire"))
        now = view.now()
        origin = Origin(wire, "g", "https://wire.example/1", "wire.example/1", now, now, post=post.id)
        sources.save_origin(view.unit, origin)
        revision = revisions.offer(view, replace(post, title="<b>Theirs</b>", content="<p>Their water.</p>"))
        named = {name: ChangedField(FieldState.OFFERED) for name in ("title", "content")}
        named["tags"] = ChangedField(FieldState.OFFERED, ["sea & <i>sand</i>"])
        named["date"] = ChangedField(FieldState.OFFERED, "2025-06-01 10:00:00")
        originals.insert(view.unit, OriginalChange(0, post.id, now, revision, Reason.EDITED, named))
    return post.id, revision


def post_of(client: Client, number: int) -> Post:
    with client.newsroom.view() as view:
        return publishing.existing(view, number)


def test_the_list_shows_that_a_change_waits(client: Client, offered: tuple[int, int]) -> None:
    post, revision = offered
    page = client.get("editor", "edit.php")
    assert page.text.count("The original has changed") == 2  # the badge, and the filter's choice
    assert f"revision.php?revision={revision}" in page.html
    narrowed = client.get("editor", "edit.php?changed=1")
    assert f'value="{post}"' in narrowed.html
    assert "Ours" in narrowed.text
    assert "Another" not in narrowed.text
    assert f"revision.php?revision={revision}" not in client.get("contributor", "edit.php?all_posts=1").html
    client.post("editor", f"revision.php?revision={revision}", {"keep": "all"})
    assert client.get("editor", "edit.php").text.count("The original has changed") == 1
    assert "Ours" not in client.get("editor", "edit.php?changed=1").text


def test_today_counts_them(client: Client, offered: tuple[int, int]) -> None:
    page = client.get("editor")
    assert "Originals that have changed" in page.text
    assert "edit.php?changed=1" in page.html
    client.post("editor", f"revision.php?revision={offered[1]}", {"keep": "all"})
    assert "Originals that have changed" not in client.get("editor").text


def test_a_revision_shows_what_is_offered(client: Client, offered: tuple[int, int]) -> None:
    page = client.get("author", f"revision.php?revision={offered[1]}")
    assert "The original has changed" in page.text
    assert "It changes what somebody has changed here." in page.text
    assert "&lt;p&gt;Our water.&lt;/p&gt;" in page.html
    assert "&lt;p&gt;Their water.&lt;/p&gt;" in page.html
    assert "sea &amp; &lt;i&gt;sand&lt;/i&gt;" in page.html
    assert "<b>Theirs" not in page.html
    assert "June 1, 2025" in page.text
    assert page.text.count("Take over") == 5
    assert page.text.count("Keep") == 5
    assert "Restore this revision" not in page.text
    assert "the wire" in page.text


def test_a_field_is_taken_over_and_another_kept(client: Client, offered: tuple[int, int]) -> None:
    post, revision = offered
    here = f"revision.php?revision={revision}"
    answer = client.post("author", here, {"take": "title"})
    assert answer.location.endswith(here)
    assert (post_of(client, post).title, post_of(client, post).content) == ("<b>Theirs</b>", "<p>Our water.</p>")
    client.post("author", here, {"keep": "content"})
    assert client.post("author", here, {"take": "title"}).status == 400
    last = client.post("author", here, {"take": "all"})
    assert last.location.endswith(f"post.php?post={post}&action=edit")
    after = post_of(client, post)
    assert [term.name for term in after.terms if term.taxonomy == "post_tag"] == ["sea &amp; sand"]
    assert after.date_gmt == "2025-06-01 10:00:00"
    assert after.content == "<p>Our water.</p>"
    # What was offered once is a revision as any other now.
    assert "Restore this revision" in client.get("author", here).text


def test_not_while_somebody_else_writes(client: Client, offered: tuple[int, int]) -> None:
    post, revision = offered
    with client.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, view.lookup.user(2)), post)
    for verb in ("take", "keep"):
        assert client.post("author", f"revision.php?revision={revision}", {verb: "all"}).status == 409
    assert client.post("contributor", f"revision.php?revision={revision}", {"take": "all"}).status == 403
    assert post_of(client, post).title == "Ours"
