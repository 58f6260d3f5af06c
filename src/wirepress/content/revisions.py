"""Revisions: copies of a post's texts, kept when one of them changed (wp_save_post_revision)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.content.newsroom import View
from wirepress.content.viewer import Viewer
from wirepress.model.post import Post
from wirepress.store import posts as store

REVISED_META = ("footnotes",)
_BLANKS = re.compile(r"[ \t]+")
_BREAKS = re.compile(r"\n+")


def keep(view: View, viewer: Viewer, post: Post) -> int | None:
    """Keeps a revision of a post that was written just now, unless the last one says the same; its id."""
    kind = view.site.type(post.type)
    if kind is None or "revisions" not in kind.supports or post.status == "auto-draft":
        return None
    last = latest(view, post)
    if last is not None and _texts(last) == _texts(post):
        return None
    now, now_gmt = post.modified, post.modified_gmt
    revision = Post(
        id=0,
        type="revision",
        status="inherit",
        slug=f"{post.id}-revision-v1",
        title=post.title,
        content=post.content,
        excerpt=post.excerpt,
        author=viewer.id or post.author,
        date=now,
        date_gmt=now_gmt,
        modified=now,
        modified_gmt=now_gmt,
        parent=post.id,
        comment_status="closed",
        ping_status="closed",
        meta=_revised_meta(post),
    )
    revision_id = store.insert(view.unit, revision)
    store.update(view.unit, revision_id, guid=f"/?p={revision_id}")
    return revision_id


def latest(view: View, post: Post) -> Post | None:
    """The newest revision of a post, autosaves left out."""
    for revision_id in store.revisions(view.unit, post.id):
        revision = store.get(view.unit, revision_id)
        if revision is not None and f"{post.id}-revision" in revision.slug:
            return revision
    return None


def _texts(post: Post) -> tuple[Any, ...]:
    plain = (_plain(text) for text in (post.title, post.content, post.excerpt))
    return *plain, _revised_meta(post)


def _plain(text: str) -> str:
    """The text with blanks and breaks as one each (normalize_whitespace)."""
    return _BLANKS.sub(" ", _BREAKS.sub("\n", text.strip().replace("\r", "\n")))


def _revised_meta(post: Post) -> Mapping[str, Sequence[Any]]:
    return {key: list(post.meta[key]) for key in REVISED_META if post.meta.get(key)}
