"""Autosaves of every post type that keeps them: what an editor holds of a post and has not saved yet
(WP_REST_Autosaves_Controller)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wirepress.content.posts import publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.content.rendering import rendered
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.store import posts as store
from wirepress.wp import emit, writing
from wirepress.wp.call import Call
from wirepress.wp.common import missing
from wirepress.wp.meta import as_kept
from wirepress.wp.resource import Resource
from wirepress.wp.resources.posts.writes import changes_of
from wirepress.wp.resources.revisions.revisions import (
    ID,
    NAMELESS,
    PARENT,
    encoded,
    keeps,
    parent_of,
    permission,
    resource_of,
)
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows


def has_autosaves(kind: PostType) -> bool:
    return "autosave" in kind.supports or keeps(kind)


def saving_permission(own: Resource[Post], call: Call) -> None:
    if own.rules.edit is not None:
        own.rules.edit(call, own.find(call))


def autosaved(call: Call, parent: Post) -> list[Post]:
    """The autosaves of a post, the newest first."""
    ids = store.revisions(call.view.unit, parent.id)
    call.view.lookup.prefetch_posts(ids)
    posts = [post for post in map(call.view.lookup.post, ids) if post is not None]
    return [post for post in posts if f"{parent.id}-autosave" in post.slug]


def autosaves_listed(kind: PostType, own: Resource[Post], shown: Resource[Post], call: Call) -> Result:
    found = autosaved(call, parent_of(kind, own, call))
    return Result(docs=encoded(shown, call, tuple(post.id for post in found)), listed=True)


def autosave_shown(kind: PostType, own: Resource[Post], shown: Resource[Post], call: Call) -> Result:
    newest = newest_autosave(call, parent_of(kind, own, call))
    return Result(docs=[emit.encoded(shown, call, rendered(call.view, newest))])


def newest_autosave(call: Call, parent: Post) -> Post:
    """The autosave of a post that was kept last; the older one of two of the same second."""
    found = autosaved(call, parent)
    if not found:
        raise missing("rest_post_no_autosave", "This post has no autosave.")
    return max(found, key=lambda post: (post.date, -post.id))


def autosave(kind: PostType, own: Resource[Post], call: Call) -> Post:
    """Keeps what an editor holds of a post: in the post itself where that is a draft of his own that nobody else has
    open, else beside it (WP_REST_Autosaves_Controller::create_item)."""
    post = parent_of(kind, own, call)
    taxonomies = tuple(call.site.registry.taxonomies.values())
    changes = changes_of(kind, taxonomies, frozenset(own.by_name), call, post)
    if kind.name == NAMELESS:
        changes = Changes()
    draft = revisions.Draft(
        title=changes.title, content=changes.content, excerpt=changes.excerpt, meta=meta_sent(call)
    )  # fmt: skip
    mine = post.status in {"draft", "auto-draft"} and post.author == call.viewer.id
    if mine and not revisions.locked(call.view, call.viewer, post):
        plain = replace(changes, terms=None, sticky=None, format=None, template=None, thumbnail=None)
        saved = publishing.update(call.view, call.viewer, post.id, plain, revise=False)
    else:
        saved = revisions.autosave(call.view, call.viewer, post, draft)
    return rendered(call.view, saved)


def meta_sent(call: Call) -> dict[str, list[Any]]:
    """The meta values that were sent, as they are kept."""
    sent = call.params.get("meta")
    return {key: [as_kept(value)] for key, value in sent.items() if value is not None} if isinstance(sent, dict) else {}


def routes_of(kind: PostType, own: Resource[Post]) -> list[Route]:
    """The routes of a type's autosaves."""
    if not has_autosaves(kind):
        return []
    may_read: Callable[[Call], None] = lambda call: permission(kind, own, call)  # noqa: E731 - bound to this type
    shown = resource_of(kind, own, autosaves=True)
    context = shown.context_param()
    save = Endpoint(
        ("POST",),
        lambda call: writing.shown(shown, call, autosave(kind, own, call)),
        lambda call: saving_permission(own, call),
        (PARENT, *own.arguments(creating=False)),
        shows=Shows("one", shown),
        alters=True,
    )
    many = Endpoint(
        ("GET",),
        lambda call: autosaves_listed(kind, own, shown, call),
        may_read,
        (PARENT, context),
        shows=Shows("list", shown),
    )
    one = Endpoint(
        ("GET",),
        lambda call: autosave_shown(kind, own, shown, call),
        may_read,
        (PARENT, ID, context),
        shows=Shows("one", shown),
    )
    return [
        Route(f"{own.route}/(?P<id>[\\d]+)/autosaves", (many, save), schema=lambda _: shown.schema()),
        Route(f"{shown.route}/(?P<id>[\\d]+)", (one,), schema=lambda _: shown.schema()),
    ]
