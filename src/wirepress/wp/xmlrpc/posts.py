"""Reading posts: `wp.getPost`, `wp.getPosts` and the revisions of a post."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, get_args

from wirepress.content.posts import reading, revisions, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.publishing import update
from wirepress.model.post import Post
from wirepress.model.query import Order, PostQuery
from wirepress.model.registry import PostType
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call, in_batches
from wirepress.wp.xmlrpc.faults import Fault, forbidden, missing
from wirepress.wp.xmlrpc.post_values import post_value
from wirepress.wp.xmlrpc.values import Value

FIELDS: Final = ["post", "terms", "custom_fields"]
STATUSES: Final = ("draft", "publish", "future", "pending", "private")
"""Those of recent posts (wp_get_recent_posts)."""
UNSEARCHED: Final = ("trash", "auto-draft")
"""Statuses that `any` does not stand for."""
MOST: Final = 1_000
"""Posts of one answer."""
BATCH: Final = 10
"""Posts that are in memory at a time: each may have 16 MB."""
NUMBER: Final = 10
_ORDERS: Final = {
    "id": "id", "author": "author", "title": "title", "date": "date", "modified": "modified", "name": "slug",
    "parent": "parent", "menu_order": "menu_order", "comment_count": "comment_count", "type": "type",
}  # fmt: skip


_NO_STATUS = ("",)
"""What no post has."""


def one(call: Call) -> Value:
    """`wp.getPost`."""
    post = editable(call, call.number(3))
    return post_value(call.view, post, names(call, 4, FIELDS))


def many(call: Call) -> Value:
    """`wp.getPosts`."""
    given = call.struct(3)
    kind = kind_of(call, values.text(given["post_type"]) if "post_type" in given else "post")
    call.need(kind.capabilities["edit_posts"], message="You may not edit posts of this type.")
    fields = names(call, 4, FIELDS)
    statuses: tuple[str, ...] = STATUSES
    if "post_status" in given:
        there_are = call.site.registry.statuses
        named = {name.strip() for one in values.items(given["post_status"]) for name in values.text(one).split(",")}
        statuses = tuple(name for name in there_are if name in named) or _NO_STATUS
        if "any" in named:
            statuses = tuple(name for name in there_are if name not in UNSEARCHED)
    query = PostQuery(
        types=(kind.name,),
        statuses=statuses,
        per_page=size_of(call, given.get("number", NUMBER)),
        offset=abs(values.number(given.get("offset"))),
        orderby=_ORDERS.get(values.text(given.get("orderby")).lower().removeprefix("post_"), "date"),
        order=order_of(given),
        search=values.text(given.get("s")),
        with_total=False,
    )
    return (post_value(call.view, post, fields) for post in found(call, query))


def recent(call: Call, number: int, post_type: str = "post") -> Iterator[Post]:
    """The newest posts that whoever calls may edit: so many of all, of which the others are left out."""
    query = PostQuery(types=(post_type,), statuses=STATUSES, per_page=number, with_total=False)
    return found(call, query)


def found(call: Call, query: PostQuery) -> Iterator[Post]:
    """What a query finds of the posts that whoever calls may edit."""
    ids = reading.browse(call.view, call.viewer, query).ids
    return (post for post in loaded(call, ids) if call.may("edit_post", post))


def loaded(call: Call, ids: Sequence[int]) -> Iterator[Post]:
    """The posts of these ids, in order, of which few are in memory at a time."""
    lookup = call.view.lookup
    for batch in in_batches(ids, BATCH):
        lookup.prefetch_posts(batch)
        posts = [post for post in map(lookup.post, batch) if post is not None]
        lookup.prefetch(posts)
        yield from posts
        lookup.let_go(batch)


def size_of(call: Call, given: Value) -> int:
    """How many are asked for; 0 stands for as many as the site shows on a page."""
    number = abs(values.number(given)) or call.site.number("posts_per_page", NUMBER)
    return min(max(1, number), MOST)


def order_of(given: dict[str, Value]) -> Order:
    wanted = values.text(given.get("order", "desc")).lower()
    return "asc" if wanted == get_args(Order)[0] else "desc"


def names(call: Call, place: int, default: Collection[str]) -> frozenset[str]:
    """The names in an array, or those that stand for none."""
    if not call.has(place):
        return frozenset(default)
    return frozenset(values.text(name) for name in values.items(call.at(place)))


def kind_of(call: Call, name: str) -> PostType:
    """The post type of a name.  Raises Fault where there is none."""
    kind = call.site.type(name)
    if kind is None:
        raise Fault(403, "There is no such post type.")
    return kind


def writable_kind(call: Call, name: str) -> PostType:
    """The post type of a name, of which people write posts: one that has a screen.  Raises Fault for any other: what
    the newsroom keeps for itself as posts (revisions, embeds, requests) and what is written by rules of its own
    (templates, menus, fonts)."""
    kind = kind_of(call, name)
    if not kind.show_ui:
        raise Fault(403, "Posts of this type are not written so.")
    return kind


def editable(call: Call, post_id: int) -> Post:
    """The post of an id, which whoever calls may edit.  Raises Fault otherwise."""
    post = call.post(post_id)
    call.need("edit_post", post, message="You may not edit this post.")
    return post


# ---- revisions


def history(call: Call) -> Value:
    """`wp.getRevisions`: those of a post, the newest first, autosaves left out."""
    post = call.post(call.number(3))
    call.need("edit_post", post, message="You may not edit this post.")
    kind = call.site.type(post.type)
    if kind is None or "revisions" not in kind.supports or revisions.limit(call.view) == 0:
        raise forbidden("This post keeps no revisions.")
    fields = names(call, 4, ["post_date", "post_date_gmt"])
    heads = [head.id for head in revisions.heads(call.view, post.id) if not head.is_autosave]
    kept = loaded(call, heads[:MOST])
    return (post_value(call.view, revision, fields) for revision in kept if call.may("read_post", revision))


def restore(call: Call) -> Value:
    """`wp.restoreRevision`: gives a post the texts that it had."""
    revision = call.view.lookup.post(call.number(3))
    if revision is None or revision.type != "revision" or "autosave" in revision.slug:
        raise missing()
    post = call.view.lookup.post(revision.parent)
    if post is None:
        raise missing()
    call.need("edit_post", post, message="You may not edit this post.")
    kind = call.site.type(post.type)
    if kind is None or "revisions" not in kind.supports or revisions.limit(call.view) == 0:
        raise forbidden("This post keeps no revisions.")
    update(call.view, call.viewer, post.id, _texts(call, revision))
    return True


def _texts(call: Call, revision: Post) -> Changes:
    meta = revisions.copied(call.view, revision)
    return Changes(title=revision.title, content=revision.content, excerpt=revision.excerpt, meta=meta)


def remove(call: Call, post: Post) -> None:
    """Puts a post into the trash, or removes it for good where it lies there already or its type knows none."""
    if post.type in ("post", "page") and post.status != "trash":
        trash.trash(call.view, call.viewer, post.id)
    else:
        trash.delete(call.view, post.id)
