"""Addresses of what was published and is deleted for good: they answer 410 until something has them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wirepress.content import permalinks
from wirepress.content.posts.naming import DESIRED_SLUG
from wirepress.content.redirections import key
from wirepress.content.rewrite.target import Target
from wirepress.content.rewrite.words import encoded_slug
from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.store import gone_addresses as store

TRASHED_FROM = "_wp_trash_meta_status"
"""The meta key of the status that a post in the trash had before."""
_FRONTS = ("", "/index.php")
"""Paths at which a query names a post."""


def note(view: View, post: Post) -> None:
    """Remembers the addresses of a post that is about to be deleted, if readers had them."""
    kind = view.site.type(post.type)
    if kind is None or not kind.viewable or post.type == "attachment":
        return
    if post.status == "trash":
        slug = str(post.first_meta(DESIRED_SLUG)) or post.slug
        post = replace(post, status=str(post.first_meta(TRASHED_FROM)), slug=slug)
    if post.status == "publish":
        store.note(view.unit, _addresses(view, post), int(view.now().timestamp()))


def lift(view: View, post: Post) -> None:
    """Forgets that something is gone at the address of a post that is public now."""
    kind = view.site.type(post.type)
    if post.status == "publish" and kind is not None and kind.viewable:
        store.lift(view.unit, _addresses(view, post))


def is_gone(view: View, path: str, query: str) -> bool:
    """Whether something was at an address that is deleted for good; one statement."""
    known = key(path)
    if "\0" in known:
        return False
    return store.is_one(view.unit, f"/?{query}" if query and known in _FRONTS else known)


def was_renamed(target: Target, post: Post | None) -> bool:
    """Whether an address leads to a post because it had this slug itself: then it is not gone."""
    slug = encoded_slug(target.parts.get("name", ""))
    return post is not None and bool(slug) and slug in map(str, post.meta.get("_wp_old_slug", ()))


def _addresses(view: View, post: Post) -> Sequence[str]:
    """The paths of a post as redirects are known by theirs, and the short address by its number."""
    own = permalinks.permalink(view.site, post, view.lookup).removeprefix(view.site.home)
    return tuple(dict.fromkeys((own if "?" in own else key(own), f"/?p={post.id}")))
