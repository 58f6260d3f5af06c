"""Autosaves of every post type that keeps them: what an editor holds of a post and has not saved yet
(WP_REST_Autosaves_Controller)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content.posts import locks, publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.content.rendering import rendered
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.wp import emit, writing
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.errors import missing
from wirepress.wp.meta import as_kept
from wirepress.wp.resource import Resource
from wirepress.wp.resources.posts.writes import cleaned_ahead
from wirepress.wp.resources.revisions.revisions import ID, NAMELESS, PARENT, keeps, parent_of, resource_of
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows


def has_autosaves(kind: PostType) -> bool:
    return "autosave" in kind.supports or keeps(kind)


def saving_permission(own: Resource[Post], call: Call) -> None:
    if own.rules.edit is not None:
        own.rules.edit(call, own.find(call))


def autosaved(call: Call, parent: Post) -> list[Post]:
    """The autosaves of a post, the newest first."""
    kept = revisions.heads(call.view, parent.id)
    return revisions.items(call.view, [head.id for head in kept if f"{parent.id}-autosave" in head.slug])


def newest_autosave(call: Call, parent: Post) -> Post:
    """The autosave of a post that was kept last; the older one of two of the same second.

    Raises where there is none.
    """
    found = autosaved(call, parent)
    if not found:
        raise missing("rest_post_no_autosave", "This post has no autosave.")
    return max(found, key=lambda post: (post.date, -post.id))


def autosave(kind: PostType, own: Resource[Post], call: Call) -> Post:
    """Keeps what an editor holds of a post: in the post itself where that is a draft of their own that nobody else has
    open, else beside it (WP_REST_Autosaves_Controller::create_item)."""
    post = parent_of(kind, own, call)
    changes = Changes() if kind.name == NAMELESS else writing.changes(own, call, post, but="meta")
    draft = revisions.Draft(
        title=changes.title, content=changes.content, excerpt=changes.excerpt, meta=meta_sent(call), ahead=call.prepared
    )  # fmt: skip
    mine = post.status in {"draft", "auto-draft"} and post.author == call.viewer.id
    if mine and not locks.holder(call.view, call.viewer, post):
        plain = replace(changes, terms=None, sticky=None, format=None, template=None, thumbnail=None)
        plain = replace(plain, ahead=call.prepared)
        saved = publishing.update(call.view, call.viewer, post.id, plain, revise=False)
    else:
        saved = revisions.autosave(call.view, call.viewer, post, draft)
    return saved


def meta_sent(call: Call) -> dict[str, list[Any]]:
    """The meta values that were sent, as they are kept."""
    sent = call.params.get("meta")
    if isinstance(sent, dict):
        return {key: [as_kept(value)] for key, value in sent.items() if value is not None}
    return {}


def routes(catalog: Catalog) -> list[Route]:
    """The autosaves of every type that has them."""
    made: list[Route] = []
    for name, own in catalog.posts.items():
        if has_autosaves(kind := catalog.registry.types[name]):
            made += routes_of(kind, own)
    return made


def routes_of(kind: PostType, own: Resource[Post]) -> tuple[Route, Route]:
    """The routes of a type's autosaves: the collection goes by the post's `id`, an autosave by its `parent`."""
    shown = resource_of(kind, own, autosaves=True)
    may_read, context = shown.asks["read"], shown.context_param()

    def many(call: Call) -> Result:
        posts = autosaved(call, parent_of(kind, own, call))
        docs = [emit.encoded(shown, call, rendered(call.view, post), listed=True) for post in posts]
        return Result(docs=docs, listed=True)

    def newest(call: Call) -> Result:
        post = newest_autosave(call, parent_of(kind, own, call))
        return Result(docs=[emit.encoded(shown, call, rendered(call.view, post))])

    def save(call: Call) -> Result:
        return writing.shown(shown, call, autosave(kind, own, call))

    one = Shows("one", shown)
    listing = Endpoint(("GET",), many, may_read, (PARENT, context), shows=Shows("list", shown))
    may_save, sent = partial(saving_permission, own), (PARENT, *own.writable(creating=False))
    saving = Endpoint(("POST",), save, may_save, sent, shows=one, alters=True, prepare=cleaned_ahead)
    reading = Endpoint(("GET",), newest, may_read, (PARENT, ID, context), shows=one)
    return (
        Route(rf"{own.route}/(?P<id>[\d]+)/autosaves", (listing, saving), schema=lambda _: shown.schema()),
        Route(rf"{shown.route}/(?P<id>[\d]+)", (reading,), schema=lambda _: shown.schema()),
    )
