"""Comments: browse, and who may read them."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.identity import permissions
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts.reading import unlocked
from wirepress.content.rows import MOST_ID
from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery, Found
from wirepress.store import comments as store


def browse(view: View, query: CommentQuery) -> Found:
    """What a query finds; `items` leaves out what the viewer may not read."""
    return store.find(view.unit, query)


def items(view: View, viewer: Viewer, ids: Sequence[int], password: str | None = None) -> list[Comment]:
    """The comments of these ids that the viewer may read, in order."""
    loaded = store.load(view.unit, ids)
    found = [loaded[i] for i in ids if i in loaded]
    view.lookup.prefetch_posts(comment.post for comment in found)
    return [comment for comment in found if readable(view, viewer, comment, password)]


def get(view: View, comment_id: int) -> Comment | None:
    """A comment."""
    return store.get(view.unit, comment_id) if comment_id <= MOST_ID else None


def several(view: View, ids: Sequence[int]) -> dict[int, Comment]:
    """The comments of these ids, by their ids.  It does not ask who looks."""
    return store.load(view.unit, ids) if ids else {}


def counts(view: View, query: CommentQuery, user: int = 0) -> dict[str, tuple[int, int]]:
    """How many comments of each state a query finds, whatever its page, search and states, and how many of these a
    user wrote (get_comment_count)."""
    return store.counts(view.unit, query, user)


def number_and_held(view: View, query: CommentQuery, *, held: bool) -> tuple[int, int]:
    """How many comments a query finds, whatever its page and search, and how many articles of sources wait for a
    decision, where that is asked (`held`): one statement."""
    return store.number_and_held(view.unit, query, held=held)


def waiting(view: View, posts: Sequence[int]) -> dict[int, int]:
    """How many comments wait for a decision under each of these posts (get_pending_comments_num)."""
    return store.waiting(view.unit, posts) if posts else {}


def readable(view: View, viewer: Viewer, comment: Comment, password: str | None = None) -> bool:
    """Whether a comment may be shown to a viewer (WP_REST_Comments_Controller::check_read_permission).

    An approved comment is there for all who may read its post; others, and the notes that editors leave each other, are
    for those who moderate, and for its own author.  `password` opens a protected post.
    """
    if comment.type != "note" and _under_open_post(view, viewer, comment, password):
        return True
    if viewer.anonymous:
        return False
    if not comment.post and not viewer.can("moderate_comments"):
        return False
    if comment.user and comment.user == viewer.id:
        return True
    return permissions.may(view, viewer, "edit_comment", comment)


def _under_open_post(view: View, viewer: Viewer, comment: Comment, password: str | None) -> bool:
    """Whether a comment is approved, and its post there for a viewer to read."""
    post = view.lookup.post(comment.post)
    if post is None or comment.approved != "1":
        return False
    if unlocked(post, password):
        return permissions.readable(view, viewer, post)
    return permissions.may(view, viewer, "edit_post", post)


def replies(view: View, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The ids of the approved replies to comments, by the comments' ids; who has none is not there."""
    return store.children(view.unit, ids)


def newest_of(view: View, posts: Sequence[int], most: int) -> list[tuple[Comment, bool]]:
    """The newest approved comments of posts, at most so many of each, and whether each was answered."""
    return list(store.of_posts(view.unit, posts, most)) if posts else []
