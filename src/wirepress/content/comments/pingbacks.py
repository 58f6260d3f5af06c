"""Pingbacks: another site tells that it links to a post of ours, and its page is looked at before it is believed
(https://www.hixie.ch/specs/pingback/pingback).

The look is the worker's; until then it is a wish, like all that is wanted of other sites.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from wirepress.content import remote
from wirepress.content.addresses.oembed import is_own, post_at
from wirepress.content.addresses.page import visible
from wirepress.content.comments import reading, writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.model.comment import Comment
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.model.remote import RemoteKind, Wish
from wirepress.render.entities import escape_html
from wirepress.url.parse import is_address

PINGBACK = "pingback"
LONGEST_ADDRESS = 2_000
MOST = 1_000
"""Pingbacks of one post; no more are taken."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in another site's page: where it leads, and the words around it."""

    url: str
    words: str


def pinged(view: View, url: str) -> Post | None:
    """The post at an address of ours that everybody may read; None where there is none."""
    if len(url) > LONGEST_ADDRESS or not is_own(view, url):
        return None
    post = post_at(view, url)
    return post if post is not None and visible(view, post) else None


def of_post(view: View, post: Post) -> list[str]:
    """The addresses of the pages that have pinged a post and were believed, in order."""
    query = CommentQuery(posts=(post.id,), approved=("1",), types=(PINGBACK,), per_page=MOST, order="asc")
    ids = reading.browse(view, query).ids
    found = reading.several(view, ids)
    return [found[number].author_url for number in ids if number in found]


def is_known(view: View, post: Post, source: str) -> bool:
    """Whether a page has pinged a post before, whatever became of it; so has any where no more are taken."""
    query = CommentQuery(posts=(post.id,), approved=None, types=(PINGBACK,), per_page=MOST)
    known = reading.several(view, reading.browse(view, query).ids)
    return len(known) >= MOST or any(one.author_url == source for one in known.values())


def may_come_from(view: View, post: Post, source: str) -> bool:
    """Whether a page can ping a post: it is of the web, and not of the post itself."""
    if len(source) > LONGEST_ADDRESS or not is_address(source):
        return False
    there = post_at(view, source) if is_own(view, source) else None
    return there is None or there.id != post.id


def ask(view: View, post: Post, source: str) -> bool:
    """Has the page of a pingback looked at, in a view that writes; False when too many wait."""
    digest = hashlib.md5(source.encode(), usedforsecurity=False).hexdigest()
    return remote.ask_for(view, Wish(RemoteKind.PINGBACK, f"{post.id}-{digest}", source))


def take(view: View, wish: Wish, title: str, links: Iterable[Link]) -> Comment | None:
    """Keeps a pingback whose page was looked at, where it links to the post and that still takes any."""
    number = wish.key.partition("-")[0]
    post = view.lookup.post(int(number)) if number.isdigit() else None
    if post is None or not writing.open_for_pings(view, post) or is_known(view, post, wish.url):
        return None
    link = next((one for one in links if (there := pinged(view, one.url)) is not None and there.id == post.id), None)
    if link is None or not title.strip():
        return None
    changes = CommentChanges(
        post=post.id,
        author_name=escape_html(title)[: writing.LONGEST["author_name"] // 4],
        author_url=wish.url,
        content=f"[&#8230;] {escape_html(link.words)} [&#8230;]",
        type=PINGBACK,
    )
    try:
        return writing.create(view, ANONYMOUS, changes)
    except WirepressError:  # said already, too much at once, an address that no column holds
        return None
