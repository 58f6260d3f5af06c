"""The navigation that a navigation block without one shows (WP_Navigation_Fallback)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Field, Link, Rules, Target, To, anybody
from wirepress.wp.emit import encoded
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Route

NAMESPACE = "wp-block-editor/v1"
PUBLISHED = PostQuery(
    types=("wp_navigation",), statuses=("publish",), visibility=Visibility(all_of=("publish",)), per_page=1
)


def may_read(call: Call) -> None:
    call.need("edit_theme_options", "rest_cannot_create", "You may not do that.")


def newest(call: Call) -> Post | None:
    """The newest navigation that is published, if there is one; nothing is made here."""
    ids = reading.browse(call.view, call.viewer, PUBLISHED).ids
    if ids:
        return reading.get(call.view, ids[0])
    return None


def _self(post: Post, call: Call) -> To:
    return To(f"{call.api}/wp/v2/navigation/{post.id}", {"embeddable": True}, Target("post", post.id))


def _answer(resource: Resource[Post], call: Call) -> Result:
    post = newest(call)
    if post is None:
        return Result(value=[])
    return Result(docs=[encoded(resource, call, post)])


def routes(catalog: Catalog) -> Iterator[Route]:
    """One document, that may be nothing."""
    rules = catalog.posts["wp_navigation"].rules
    resource: Resource[Post] = Resource(
        name="navigation-fallback",
        route=f"/{NAMESPACE}/navigation-fallback",
        key="",
        fields=(Field("id", s.integer(), ("view", "edit", "embed")),),
        rules=Rules(None, anybody, edit=rules.edit, delete=rules.delete),
        asks={"read": may_read},
        find=lambda call: newest(call) or Post(0, "wp_navigation", "publish"),
        version_of=None,
        args={"read": ()},
        links=(Link("self", _self, hints=True),),
        namespace=NAMESPACE,
        documented=False,
    )
    for route in routes_of(catalog.documents, resource):
        yield replace(route, endpoints=(replace(route.endpoints[0], run=partial(_answer, resource)),))
