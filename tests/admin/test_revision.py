"""What a revision changed, and the way back to it."""

from __future__ import annotations

import pytest

from tests.admin.client import Client
from wirepress.admin.differences import compared
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.posts import locks, publishing, revisions
from wirepress.content.posts.changes import Changes


@pytest.fixture
def written(client: Client) -> tuple[int, list[int]]:
    """A post of the author that was changed twice, with its revisions, newest first."""
    with client.newsroom.write() as view:
        author = viewer_of(view.site, view.lookup.user(3))
        post = publishing.create(view, author, "post", Changes(title="One", content="<p>First.</p>", status="draft"))
        for text in ("<p>First.</p>\n<p>Second.</p>", "<p>First.</p>\n<p>Third.</p>"):
            publishing.update(view, author, post.id, Changes(content=text))
        return post.id, list(revisions.ids_of(view, post.id))


def test_what_changed_is_shown(client: Client, written: tuple[int, list[int]]) -> None:
    _, (newest, *_) = written
    page = client.get("author", f"revision.php?revision={newest}")
    assert page.status == 200
    assert "<del>" in page.html
    assert "&lt;p&gt;Third.&lt;/p&gt;" in page.html
    assert "Restore" not in page.text


def test_a_revision_is_restored(client: Client, written: tuple[int, list[int]]) -> None:
    post, (_, older, *_) = written
    answer = client.post("author", f"revision.php?revision={older}", {})
    assert answer.status == 303
    assert answer.location.endswith(f"post.php?post={post}&action=edit")
    with client.newsroom.view() as view:
        assert publishing.existing(view, post).content == "<p>First.</p>\n<p>Second.</p>"


def test_not_while_somebody_else_writes(client: Client, written: tuple[int, list[int]]) -> None:
    post, (_, older, *_) = written
    with client.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, view.lookup.user(2)), post)
    assert client.post("author", f"revision.php?revision={older}", {}).status == 409


def test_a_page_loads_no_more_texts_than_it_compares(client: Client, written: tuple[int, list[int]]) -> None:
    def statements() -> int:
        client.get("author", f"revision.php?revision={newest}")
        before = client.newsroom.database.statements
        page = client.get("author", f"revision.php?revision={newest}")
        assert page.text.count("By Author") == 1
        return client.newsroom.database.statements - before

    post, (newest, *_) = written
    few = statements()
    with client.newsroom.write() as view:
        author = viewer_of(view.site, view.lookup.user(3))
        for number in range(150):
            publishing.update(view, author, post, Changes(content=f"<p>{number}</p>"))
        newest = revisions.ids_of(view, post)[0]
    assert statements() == few <= 12
    page = client.get("author", f"revision.php?revision={newest}")
    assert "148" in page.text
    assert "149" in page.text
    assert page.html.count("revision.php?revision=") == 100


def test_others_may_not(client: Client, written: tuple[int, list[int]]) -> None:
    _, (newest, *_) = written
    assert client.get("contributor", f"revision.php?revision={newest}").status == 403
    assert client.post("contributor", f"revision.php?revision={newest}", {}).status == 403


def test_long_texts_are_compared_in_bounds() -> None:
    lines = list(compared("\n".join(map(str, range(20_000))), "\n".join(map(str, range(1, 20_001)))))
    assert ("removed", "0") in [(line.kind, line.text) for line in lines]
    assert lines[-1].kind == "rest"
    assert len(lines) < 50
