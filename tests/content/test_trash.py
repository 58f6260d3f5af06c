"""What is taken back from the trash, and what goes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.content.desk import Clock
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, NotFound
from wirepress.store import comments as comment_store


def test_a_post_comes_back_as_a_draft_with_its_comments(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Harbour", content="Text", status="publish"))
        said = comment_store.insert(view.unit, Comment(0, post.id, approved="1", content="Yes"))
        trash.trash(view, NEWSROOM, post.id)
        put_aside = comment_store.get(view.unit, said)
        back = trash.restore(view, NEWSROOM, post.id)
        comment = comment_store.get(view.unit, said)
    assert put_aside is not None
    assert put_aside.approved == "post-trashed"
    assert (back.status, back.slug) == ("draft", "harbour")
    assert comment is not None
    assert comment.approved == "1"
    with newsroom.write() as view, pytest.raises(Conflict):
        trash.restore(view, NEWSROOM, post.id)


def test_a_post_that_is_published_from_the_trash_has_its_comments(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Harbour", content="Text", status="publish"))
        said = [comment_store.insert(view.unit, Comment(0, post.id, approved=status)) for status in ("1", "0", "spam")]
        trash.trash(view, NEWSROOM, post.id)
        assert publishing.update(view, NEWSROOM, post.id, Changes(title="Still there")).status == "trash"
        back = publishing.update(view, NEWSROOM, post.id, Changes(status="publish"))
        comments = [comment_store.get(view.unit, number) for number in said]
        assert [comment.approved for comment in comments if comment] == ["1", "0", "spam"]
        assert publishing.existing(view, post.id).comment_count == 1
    assert not [name for name in back.meta if "comments" in name]


def test_what_nobody_wrote_in_goes_after_a_week(newsroom: Newsroom) -> None:
    assert isinstance(newsroom.clock, Clock)
    with newsroom.write() as view:
        empty = publishing.create(view, NEWSROOM, "post", Changes(title="Auto Draft", status="auto-draft"))
        draft = publishing.create(view, NEWSROOM, "post", Changes(title="A draft", status="draft"))
    newsroom.clock.moment += timedelta(days=6)
    with newsroom.write() as view:
        assert trash.drop_untouched(view, 10) == 0
    newsroom.clock.moment += timedelta(days=2)
    with newsroom.write() as view:
        assert trash.drop_untouched(view, 10) == 1
        assert publishing.existing(view, draft.id).title == "A draft"
        with pytest.raises(NotFound):
            publishing.existing(view, empty.id)
