"""The place of a comment on its post's page, which is one of several where comments are cut into pages
(get_comment_link, get_page_of_comment)."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final, Protocol

from wirepress.content.site import Site
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.render.values import to_boolean
from wirepress.store import comments as store
from wirepress.store.unit import Unit

_DEEPEST: Final = 100
"""How far up a thread is followed; a loop ends there at the latest."""


class Relatives(Protocol):
    """The site and the rows that links are made with."""

    @property
    def site(self) -> Site: ...

    @property
    def unit(self) -> Unit: ...

    @property
    def pages(self) -> Pages: ...

    def option(self, name: str, default: Any = "") -> Any: ...

    def post(self, post_id: int) -> Post | None: ...

    def permalink(self, post: Post) -> str: ...


def link(relatives: Relatives, comment: Comment, viewer: int = 0) -> str:
    """The address of a comment; a viewer's own comments that wait count on its page as well."""
    site, post = relatives.site, relatives.post(comment.post) if comment.post else None
    address = relatives.permalink(post) if post is not None else ""
    if to_boolean(relatives.option("page_comments")) and (page := page_of(relatives, comment, viewer)):
        if site.structure:
            address = f"{address.rstrip('/')}/comment-page-{page}"
        else:
            address += f"{'&' if '?' in address else '?'}cpage={page}"
    if site.structure and address:
        address = site.tidy(address)
    return f"{address}#comment-{comment.id}"


class Pages:
    """What is known of the threads of a view's comments: a list asks for the links of many of the same post."""

    __slots__ = ("begun", "counted", "tops")

    def __init__(self) -> None:
        self.tops: dict[int, Comment | None] = {}
        self.begun: dict[tuple[int, int], list[str]] = {}
        self.counted: dict[tuple[int, int], int] = {}


def page_of(relatives: Relatives, comment: Comment, viewer: int = 0) -> int:
    """The number of the page of comments that a comment's thread begins on; 0 where it needs no naming: it is the
    first, and shown first, or the thread's beginning is gone."""
    size = _number(relatives, "comments_per_page")
    if size < 1:
        return 0
    known = Pages() if relatives.unit.writing else relatives.pages
    top = _top(relatives, comment, known)
    if top is None:
        return 0
    page = _threads_before(relatives, top, viewer, known) // size + 1
    return 0 if page == 1 and relatives.option("default_comments_page") == "oldest" else page


def _number(relatives: Relatives, name: str) -> int:
    """An option that is a number; 0 for what is none."""
    try:
        return int(relatives.option(name) or 0)
    except (TypeError, ValueError):
        return 0


def _threads_before(relatives: Relatives, top: Comment, viewer: int, known: Pages) -> int:
    """How many threads of its post began before one: the first time they are counted, then looked up among all."""
    post = (top.post, viewer)
    if post in known.begun:
        return bisect_left(known.begun[post], top.date_gmt)
    if post not in known.counted:
        known.counted[post] = store.threads_before(relatives.unit, top, viewer)
        return known.counted[post]
    known.begun[post] = store.threads_of(relatives.unit, top.post, viewer)
    return bisect_left(known.begun[post], top.date_gmt)


def _top(relatives: Relatives, comment: Comment, known: Pages) -> Comment | None:
    """The comment that a thread begins with, where there are threads."""
    if not to_boolean(relatives.option("thread_comments")) or _number(relatives, "thread_comments_depth") < 2:
        return comment
    found: Comment | None = comment
    passed: list[int] = []
    for _ in range(_DEEPEST):
        if found is None or not found.parent:
            break
        if found.id in known.tops:
            found = known.tops[found.id]
            break
        passed.append(found.id)
        found = store.get(relatives.unit, found.parent)
    known.tops |= dict.fromkeys(passed, found)
    return found
