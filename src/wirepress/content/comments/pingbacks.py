"""Pingbacks: another site tells that it links to a post of ours, and its page is looked at before it is believed
(https://www.hixie.ch/specs/pingback/pingback).

The look is the worker's; until then it is a wish, like all that is wanted of other sites.  Strangers wish for it, so
their number is bounded, and each is gone when its page was looked at, whatever came of that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from wirepress.content.addresses.oembed import is_own
from wirepress.content.addresses.page import visible
from wirepress.content.comments import reading, writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.model.remote import RemoteKind, Wish
from wirepress.render.entities import escape_html
from wirepress.store import comment_checks as checks
from wirepress.store import comments as comment_store
from wirepress.store import remote as store
from wirepress.url.parse import is_address

PINGBACK = "pingback"
LONGEST_ADDRESS = 2_000
MOST = 1_000
"""Pingbacks of one post; no more are taken."""
MOST_WAITING = 1_000
"""Pages that are still to be looked at, for the first time or once more; no more are taken."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in another site's page: where it leads, and the words around it."""

    url: str
    words: str


def pinged(view: View, url: str) -> Post | None:
    """The post at an address of ours that everybody may read, without a password; None where there is none."""
    if len(url) > LONGEST_ADDRESS or not is_own(view, url):
        return None
    post = view.lookup.post_at(url)
    return post if post is not None and visible(view, post) and not post.is_protected else None


def of_post(view: View, post: Post) -> list[str]:
    """The addresses of the pages that have pinged a post and were believed, in order: as they are, not as HTML."""
    query = CommentQuery(posts=(post.id,), approved=("1",), types=(PINGBACK,), per_page=MOST, order="asc")
    ids = reading.browse(view, query).ids
    urls = comment_store.urls(view.unit, ids) if ids else {}
    return [urls[number].replace("&amp;", "&") for number in ids if number in urls]


def is_known(view: View, post: Post, source: str) -> bool:
    """Whether a page has pinged a post before, whatever became of it; so has any where no more are taken."""
    return (
        checks.pinged_before(view.unit, post.id, writing.kept_url(source))
        or checks.pingbacks(view.unit, post.id, MOST) >= MOST
    )


def may_come_from(view: View, post: Post, source: str) -> bool:
    """Whether a page can ping a post: it is of the web and not of the post itself, and a comment can hold its
    address."""
    if len(source.encode("utf-8", "replace")) > writing.LONGEST["author_url"] or not is_address(source):
        return False
    if not writing.kept_url(source):
        return False
    there = view.lookup.post_at(source) if is_own(view, source) else None
    return there is None or there.id != post.id


def is_full(view: View) -> bool:
    """Whether so many pages are still to be looked at that no more are taken."""
    return store.number(view.unit, RemoteKind.PINGBACK, MOST_WAITING) >= MOST_WAITING


def ask(view: View, post: Post, source: str, remote: str) -> bool:
    """Has the page of a pingback looked at, in a view that writes; False when too many wait.

    `remote` is the address of who told of it.
    """
    if is_full(view):
        return False
    digest = hashlib.md5(source.encode(), usedforsecurity=False).hexdigest()
    store.want(view.unit, [Wish(RemoteKind.PINGBACK, f"{post.id}-{digest}", source)], {"remote": remote})
    return True


def take(view: View, wish: Wish, title: str, links: Iterable[Link], remote: str = "") -> Comment | None:
    """Keeps a pingback whose page was looked at, where it links to the post and that still takes any.

    `remote` is the address of who told of it.
    """
    number = wish.key.partition("-")[0]
    post = view.lookup.post(int(number)) if number.isdigit() else None
    if post is None or not writing.open_for_pings(view, post) or is_known(view, post, wish.url):
        return None
    link = next((one for one in links if (there := pinged(view, one.url)) is not None and there.id == post.id), None)
    if link is None or not title.strip():
        return None
    changes = CommentChanges(
        post=post.id,
        author_name=_escaped(title, writing.LONGEST["author_name"]),
        author_url=wish.url,
        author_ip=remote,
        content=f"[&#8230;] {escape_html(link.words)} [&#8230;]",
        type=PINGBACK,
    )
    try:
        return writing.create(view, ANONYMOUS, changes)
    except Conflict:  # another page of the same title says the same in the same words
        return None


def _escaped(text: str, most: int) -> str:
    """The beginning of a text as HTML of at most so many octets, in which no entity is cut."""
    kept, size = [], 0
    for sign in text:
        written = escape_html(sign)
        size += len(written.encode("utf-8", "replace"))
        if size > most:
            break
        kept.append(written)
    return "".join(kept)
