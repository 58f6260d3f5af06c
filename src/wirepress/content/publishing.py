"""Writing posts: create, update, publish, trash and restore, with WordPress's rules (wp_insert_post)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.content.newsroom import View
from wirepress.content.viewer import Viewer
from wirepress.model.moment import Stamp
from wirepress.model.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a write gives to a post; None leaves a field as it is (or at its default, in a new post).

    Texts are raw.  `date` is local and wins over `date_gmt`; ZERO makes a draft's date float again.  `terms` are
    term ids by taxonomy and replace those that the post wears; `meta` replaces the values of the keys it names, an
    empty sequence removes a key.  `thumbnail` 0 takes the featured image away.
    """

    title: str | None = None
    content: str | None = None
    excerpt: str | None = None
    status: str | None = None
    slug: str | None = None
    author: int | None = None
    date: Stamp | None = None
    date_gmt: Stamp | None = None
    parent: int | None = None
    menu_order: int | None = None
    password: str | None = None
    comment_status: str | None = None
    ping_status: str | None = None
    mime_type: str | None = None
    guid: str | None = None
    terms: Mapping[str, Sequence[int]] | None = None
    meta: Mapping[str, Sequence[Any]] | None = None
    thumbnail: int | None = None
    format: str | None = None
    template: str | None = None
    sticky: bool | None = None


def create(view: View, viewer: Viewer, post_type: str, changes: Changes, *, post_id: int | None = None) -> Post:
    """Makes a post.  Whether the viewer may is asked before (`permissions.may`); his capabilities decide about
    KSES here."""
    raise NotImplementedError


def update(view: View, viewer: Viewer, post_id: int, changes: Changes) -> Post:
    """Changes a post and keeps a revision when a revisioned field changed."""
    raise NotImplementedError


def publish(view: View, viewer: Viewer, post_id: int) -> Post:
    """Publishes a post now, or at its own date when that lies behind (wp_publish_post)."""
    raise NotImplementedError


def trash(view: View, viewer: Viewer, post_id: int) -> Post:
    """Moves a post to the trash (wp_trash_post)."""
    raise NotImplementedError


def restore(view: View, viewer: Viewer, post_id: int) -> Post:
    """Takes a post back from the trash, as a draft (wp_untrash_post)."""
    raise NotImplementedError


def delete(view: View, viewer: Viewer, post_id: int) -> None:
    """Removes a post for good, with its revisions and terms (wp_delete_post)."""
    raise NotImplementedError


def publish_due(view: View) -> tuple[int, ...]:
    """Publishes what is scheduled and due; the ids."""
    raise NotImplementedError
