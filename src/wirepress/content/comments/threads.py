"""The comments of a post in threads, a page of them at a time (comments_template, Walker_Comment)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wirepress.content.newsroom import View
from wirepress.content.rows import MOST_ID
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.store import comments as store

MOST = 1000
"""Comments that a page shows at most, and threads where the site does not cut them into pages."""
FEW = 200
"""A post with so many comments at most has all of them read at once, whatever page of them is shown."""
MOST_WAITING = 20
"""Comments of a user that wait and are shown to themselves."""
_LEVELS = 100
"""How far down a thread is followed."""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of threads.  `tops` are the comments that they begin with, in the order in which they are shown, `under`
    the answers by what they answer, oldest first.  `number` of `pages`; one beyond the last shows nothing."""

    tops: Sequence[Comment]
    under: Mapping[int, Sequence[Comment]]
    number: int = 1
    pages: int = 1

    def holds(self, comment_id: int) -> bool:
        """Whether a comment is on this page."""
        everywhere = (self.tops, *self.under.values())
        return any(comment.id == comment_id for comments in everywhere for comment in comments)


def are_threaded(view: View) -> bool:
    """Whether answers stand below what they answer."""
    return view.site.flag("thread_comments") and view.site.number("thread_comments_depth") > 1


def page_of(view: View, post: Post, asked: int, waiting: Sequence[Comment] = ()) -> ThreadPage:
    """A page of the approved comments of a post; 0 is the one that is shown first.

    `waiting` are comments that are shown to who sent them: under what they answer, else at the end.
    """
    threaded = are_threaded(view)
    size = view.site.number("comments_per_page") if view.site.flag("page_comments") else 0
    in_pages = size > 0
    size = min(size, MOST) if in_pages else MOST
    reading = _AtOnce(view, post, threaded) if post.comment_count <= FEW else _ByLevels(view, post, threaded)
    pages = max(1, -(-reading.number() // size)) if in_pages else 1
    number = asked if in_pages else 1
    if not number:
        number = 1 if view.site.option("default_comments_page") == "oldest" else pages
    tops = reading.tops((number - 1) * size, size)
    under = reading.under(tops) if threaded else {}
    known = {comment.id for comments in (tops, *under.values()) for comment in comments}
    tops = list(tops)
    for comment in waiting:
        if comment.id not in known:
            place = under.setdefault(comment.parent, []) if threaded and comment.parent in known else tops
            place.append(comment)
    if view.site.option("comment_order") == "desc":
        tops = tops[::-1]
    return ThreadPage(tops, under, number, pages)


def answered(view: View, post: Post, page: ThreadPage, comment_id: int) -> Comment | None:
    """The comment that somebody wants to answer, on this page of a post or on another; None where nobody can."""
    if not comment_id or not are_threaded(view):
        return None
    found = next((c for comments in (page.tops, *page.under.values()) for c in comments if c.id == comment_id), None)
    if found is None:
        found = store.get(view.unit, comment_id) if comment_id <= MOST_ID else None
    if found is None or found.post != post.id or found.approved != "1" or found.type != "comment":
        return None
    return found


def waiting_of(view: View, post: Post, user: int) -> list[Comment]:
    """The comments of a user under a post that wait: nobody else sees them there."""
    if not user:
        return []
    query = CommentQuery(
        posts=(post.id,), authors=(user,), approved=("0",), types=("comment",), per_page=MOST_WAITING, order="asc"
    )
    return _loaded(view, store.find(view.unit, query).ids)


class _AtOnce:
    """All comments of a post, read in one statement."""

    def __init__(self, view: View, post: Post, threaded: bool) -> None:
        self.comments = store.approved_of(view.unit, post.id, FEW) if post.comment_count else []
        self.begun = [c for c in self.comments if not c.parent] if threaded else self.comments

    def number(self) -> int:
        """How many threads there are."""
        return len(self.begun)

    def tops(self, start: int, size: int) -> list[Comment]:
        """What some of the threads begin with, oldest first."""
        return self.begun[start : start + size]

    def under(self, tops: Sequence[Comment]) -> dict[int, list[Comment]]:
        """The answers to comments, to these and so on, oldest first, by what they answer."""
        answers: dict[int, list[Comment]] = {}
        for comment in self.comments:
            answers.setdefault(comment.parent, []).append(comment)
        found: dict[int, list[Comment]] = {}
        left = list(tops)
        while left:
            if (below := answers.pop(left.pop().id, None)) is not None:
                found[below[0].parent] = below
                left += below
        return found


class _ByLevels:
    """The comments of a post that has many: the page that is asked for, and the answers to it, a level at a time."""

    def __init__(self, view: View, post: Post, threaded: bool) -> None:
        self.view = view
        self.query = CommentQuery(posts=(post.id,), types=(), types_not=("note",), order="asc")
        self.parents = (0,) if threaded else ()

    def number(self) -> int:
        return store.find(self.view.unit, replace(self.query, parents=self.parents, per_page=1)).total

    def tops(self, start: int, size: int) -> list[Comment]:
        query = replace(self.query, parents=self.parents, offset=start, per_page=size)
        return _loaded(self.view, store.find(self.view.unit, query).ids)

    def under(self, tops: Sequence[Comment]) -> dict[int, list[Comment]]:
        under: dict[int, list[Comment]] = {}
        level, left, known = tops, MOST, {comment.id for comment in tops}
        for _ in range(_LEVELS):
            if not level or left < 1:
                break
            query = replace(self.query, parents=tuple(comment.id for comment in level), per_page=left)
            found = _loaded(self.view, store.find(self.view.unit, query).ids)
            level = [comment for comment in found if comment.id not in known]
            left -= len(level)
            known.update(comment.id for comment in level)
            for comment in level:
                under.setdefault(comment.parent, []).append(comment)
        return under


def _loaded(view: View, ids: Sequence[int]) -> list[Comment]:
    loaded = store.load(view.unit, ids) if ids else {}
    return [loaded[number] for number in ids if number in loaded]
