"""The place of a comment on its post's page, which is one of several where comments are cut into pages
(get_comment_link, get_page_of_comment)."""

from __future__ import annotations

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


def page_of(relatives: Relatives, comment: Comment, viewer: int = 0) -> int:
    """The number of the page of comments that a comment's thread begins on; 0 where it needs no naming: it is the
    first, and shown first, or the thread's beginning is gone."""
    size = int(relatives.option("comments_per_page") or 0)
    if size < 1:
        return 0
    top = _top(relatives, comment)
    if top is None:
        return 0
    page = store.threads_before(relatives.unit, top, viewer) // size + 1
    return 0 if page == 1 and relatives.option("default_comments_page") == "oldest" else page


def _top(relatives: Relatives, comment: Comment) -> Comment | None:
    """The comment that a thread begins with, where there are threads."""
    if not to_boolean(relatives.option("thread_comments")) or int(relatives.option("thread_comments_depth") or 0) < 2:
        return comment
    found: Comment | None = comment
    for _ in range(_DEEPEST):
        if found is None or not found.parent:
            break
        found = store.get(relatives.unit, found.parent)
    return found
