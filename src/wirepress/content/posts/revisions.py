"""Revisions and autosaves: copies of a post's texts (wp_save_post_revision, wp_create_post_autosave)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts.cleaning import Cleaned, clean_texts, cleaning_of
from wirepress.model.post import Post, RevisionHead
from wirepress.model.query import Found, PostQuery
from wirepress.store import originals
from wirepress.store import posts as store

REVISED_META = ("footnotes",)
LIMIT = "revisions_to_keep"
"""The option that says how many revisions of a post are kept; below 0 all of them (WP_POST_REVISIONS)."""


def revised_meta(view: View, post_type: str) -> tuple[str, ...]:
    """The meta keys of a type that its revisions hold as well (wp_post_revision_meta_keys)."""
    kind = view.site.type(post_type)
    if kind is None:
        return REVISED_META
    return (*REVISED_META, *(field.key for field in kind.meta if field.revisions))


def keep(view: View, viewer: Viewer, post: Post, *, brought: bool = False) -> int | None:
    """Keeps a revision of a post that was written just now, unless the last one says the same; its id.

    `brought`: the wire wrote it, and nobody here is its author.
    """
    kind = view.site.type(post.type)
    most = limit(view)
    if kind is None or "revisions" not in kind.supports or post.status == "auto-draft" or most == 0:
        return None
    last = latest(view, post)
    if last is not None and _says_the_same(view, last, post):
        return None
    author = 0 if brought else viewer.id or post.author
    revision_id = _insert(view, author, post, f"{post.id}-revision-v1", copied(view, post))
    if most > 0:
        _drop_oldest(view, post.id, most)
    return revision_id


def offer(view: View, post: Post) -> int:
    """Keeps a post as its source would have it, for its editors to take over; its id.  It was never the post's, so it
    is kept whatever the limit says, until they have decided."""
    now, gmt = view.stamps()
    offered = replace(post, modified=now, modified_gmt=gmt)
    return _insert(view, 0, offered, f"{post.id}-revision-v1", copied(view, post))


def limit(view: View) -> int:
    """How many revisions of a post are kept; -1: all."""
    return view.site.number(LIMIT)


def _drop_oldest(view: View, post_id: int, most: int) -> None:
    """Removes the oldest revisions above the limit; autosaves count, and stay, as does what is offered."""
    kept = heads(view, post_id)[::-1]
    above = kept[: max(0, len(kept) - most)]
    held = originals.held_revisions(view.unit, post_id) if above else ()
    for head in above:
        if not head.is_autosave and head.id not in held:
            store.delete(view.unit, head.id)


def copied(view: View, post: Post) -> Mapping[str, Sequence[Any]]:
    """The meta values of a post that go into a revision of it."""
    return {key: list(post.meta[key]) for key in revised_meta(view, post.type) if post.meta.get(key)}


def _insert(view: View, author: int, post: Post, slug: str, meta: Mapping[str, Sequence[Any]]) -> int:
    """Adds a copy of a post's texts, dated when the post was changed."""
    revision = Post(
        id=0,
        type="revision",
        status="inherit",
        slug=slug,
        title=post.title,
        content=post.content,
        excerpt=post.excerpt,
        author=author,
        date=post.modified,
        date_gmt=post.modified_gmt,
        modified=post.modified,
        modified_gmt=post.modified_gmt,
        parent=post.id,
        comment_status="closed",
        ping_status="closed",
        meta=meta,
    )
    revision_id = store.insert(view.unit, revision)
    store.set_first_guid(view.unit, revision_id, f"/?p={revision_id}")
    return revision_id


def heads(view: View, post_id: int) -> tuple[RevisionHead, ...]:
    """The revisions and autosaves of a post, the newest first, without their texts."""
    return store.revisions(view.unit, post_id)


def latest(view: View, post: Post) -> Post | None:
    """The newest revision of a post, autosaves left out."""
    return _first(view, [head for head in heads(view, post.id) if f"{post.id}-revision" in head.slug])


def _first(view: View, found: Sequence[RevisionHead]) -> Post | None:
    """The first of some revisions, with its texts."""
    return store.get(view.unit, found[0].id) if found else None


def _says_the_same(view: View, last: Post, post: Post) -> bool:
    """Whether a revision holds what a post says; blanks count as one."""
    names = ("title", "content", "excerpt")
    changed = [name for name in names if getattr(last, name) != getattr(post, name)]
    if any(_plain(getattr(last, name)) != _plain(getattr(post, name)) for name in changed):
        return False
    return all(
        list(last.meta.get(key) or ()) == list(post.meta.get(key) or ()) for key in revised_meta(view, post.type)
    )


def _plain(text: str) -> str:
    """The text with blanks and breaks as one each (normalize_whitespace)."""
    text = text.strip().replace("\r", "\n").replace("\t", " ")
    for one in ("\n", " "):
        while 2 * one in text:  # each time half as many: quicker than an expression, and others wait meanwhile
            text = text.replace(2 * one, one)
    return text


# ---- autosaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an editor holds of a post and has not saved yet; None: it does not say.  `ahead` as in `Changes`."""

    title: str | None = None
    content: str | None = None
    excerpt: str | None = None
    meta: Mapping[str, Sequence[Any]] | None = None
    ahead: Cleaned | None = None

    def texts(self) -> dict[str, str]:
        """The texts that are given, by name."""
        given = {"title": self.title, "content": self.content, "excerpt": self.excerpt}
        return {name: text for name, text in given.items() if text is not None}


def autosave(view: View, viewer: Viewer, post: Post, draft: Draft) -> Post:
    """Keeps a draft beside a post, one for each writer; a draft that says what the post says changes nothing where
    there is one already."""
    kept = autosaved(view, viewer, post)
    if kept is not None and not _differs(view, post, draft):
        return kept
    now, gmt = view.stamps()
    texts: dict[str, Any] = {**clean_texts(cleaning_of(view, viewer), draft.texts(), draft.ahead)}
    meta = {key: values for key, values in (draft.meta or {}).items() if key in revised_meta(view, post.type)}
    if kept is None:
        blank = replace(post, title="", content="", excerpt="", modified=now, modified_gmt=gmt)
        blank = replace(blank, **texts)
        meta = {**copied(view, post), **meta}
        autosave_id = _insert(view, viewer.id or post.author, blank, f"{post.id}-autosave-v1", meta)
    else:
        autosave_id = kept.id
        stamps = {"date": now, "date_gmt": gmt, "modified": now, "modified_gmt": gmt}
        store.update(view.unit, autosave_id, **texts, **stamps, meta={**kept.meta, **meta})
    found = store.get(view.unit, autosave_id)
    assert found is not None, autosave_id
    return found


def _differs(view: View, post: Post, draft: Draft) -> bool:
    if any(_plain(text) != _plain(getattr(post, name)) for name, text in draft.texts().items()):
        return True
    given = draft.meta or {}
    return bool(given) and any(
        (given.get(key) or [""])[0] != post.first_meta(key, None) for key in revised_meta(view, post.type)
    )


def autosaved(view: View, viewer: Viewer, post: Post) -> Post | None:
    """What the viewer has of a post and has not saved, None when there is nothing (wp_get_post_autosave)."""
    slug = f"{post.id}-autosave-v1"
    return _first(view, [head for head in heads(view, post.id) if head.slug == slug and head.author == viewer.id])


def unsaved(view: View, post: Post) -> Post | None:
    """The newest autosave of a post, whoever's it is, None where what is saved is as new (edit-form-blocks.php)."""
    slug = f"{post.id}-autosave-v1"
    kept = [head for head in heads(view, post.id) if head.slug == slug and head.modified_gmt > post.modified_gmt]
    return _first(view, sorted(kept, key=lambda head: (head.modified_gmt, -head.id), reverse=True))


def browse(view: View, query: PostQuery) -> Found:
    """What a query of revisions finds: nothing where the site keeps none; autosaves are kept all the same, and listed
    elsewhere."""
    return Found((), 0) if limit(view) == 0 else store.find(view.unit, query)


def ids_of(view: View, post_id: int) -> tuple[int, ...]:
    """The ids of a post's revisions, autosaves among them, newest first."""
    return tuple(head.id for head in heads(view, post_id))


def items(view: View, ids: Sequence[int]) -> list[Post]:
    """The revisions of these ids, in order."""
    view.lookup.prefetch_posts(ids)
    return [post for post in map(view.lookup.post, ids) if post is not None]


def delete(view: View, revision_id: int) -> None:
    """Removes a revision or an autosave for good."""
    store.delete(view.unit, revision_id)
