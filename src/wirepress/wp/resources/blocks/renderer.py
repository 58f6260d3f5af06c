"""Dynamic blocks rendered for the editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content.identity.nonces import nonce
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.render.blocks.parse import Block, serialize_block
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.blocks.render import render_blocks
from wirepress.render.blocks.types import attributes_of, block_types
from wirepress.render.budget import OverBudget, answer_too_large
from wirepress.render.post import scene_of
from wirepress.render.response_context import ResponseContext
from wirepress.render.scene import Scene
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Field, Param, Rules, anybody
from wirepress.wp.endpoints import routes_of, shown_schema
from wirepress.wp.errors import missing
from wirepress.wp.params import Refused
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route
from wirepress.wp.schema import Json
from wirepress.wp.validation import check, clean

_AVATAR = re.compile(r"(class='avatar [^']*' height='\d+' width='\d+') />")
"""An avatar's tag; outside of contents, whose pictures are looked at as a whole, it says itself how it loads."""
_PICTURE = re.compile(r'(wp-post-image" alt="[^"]*" style="[^"]*")((?: srcset="[^"]*" sizes=")?)')
"""The same of a featured image."""
ROUTE = r"/wp/v2/block-renderer/(?P<name>[a-z0-9-]+/[a-z0-9-]+)"


def html_of(call: Call, content: str, post: Post | None = None) -> str:
    """Blocks rendered for this answer, as a JSON value.  Raises Invalid where that takes more work than it may."""
    return shown(call, partial(render_blocks, content), post)


def shown(call: Call, render: Callable[[Scene], str], post: Post | None = None) -> str:
    """What is rendered for this answer, as a JSON value.  Raises Invalid where that takes more work than it may."""
    query = ""
    if call.request.query:
        query = f"?{call.request.query}"
    asked = ResponseContext(
        call.view.now(),
        call.viewer.user,
        call.request.path + query,
        partial(nonce, call.view, call.viewer),
        may=call.viewer.can,
    )
    scene = scene_of(post or Post(0, "post", "publish"), call.view.lookup, asked)
    scene = replace(scene, post=post, open=())  # the content of the post is not under way
    try:
        return json.text(scene.numbers.text(render(scene)))
    except OverBudget as error:
        raise answer_too_large() from error


def attributes(call: Call, value: Any) -> Any:
    """The attributes, held to what the block knows; those of an unknown block are not looked at.

    Raises Refused for what the block does not take.
    """
    name = str(call.params.get("name"))
    if name not in block_types():
        return value
    schema = {"type": "object", "properties": attributes_of(name), "additionalProperties": False}
    if flaw := check(value, schema, ""):  # WordPress names no parameter there
        raise Refused(flaw)
    return clean(value, schema)


def _post(call: Call) -> Post | None:
    post_id = call.integer("post_id")
    if post_id > 0:
        return reading.get(call.view, post_id)
    return None


def may_render(call: Call) -> None:
    """Raises unless the caller may edit the post that the block stands in, or any."""
    if call.integer("post_id") > 0:
        post = _post(call)
        allowed = post is not None and call.may("edit_post", post)
    else:
        allowed = call.may("edit_posts")
    if not allowed:
        call.refuse("block_cannot_read", "You may not see blocks here.")


def rendered(call: Call) -> str:
    """The HTML of the block of a call; "" where it has none here.  Raises where there is no such block."""
    name = str(call.params.get("name"))
    known = block_types().get(name)
    if known is None or not known["dynamic"]:
        raise missing("block_invalid", "There is no such block to render.")
    if name not in DYNAMIC:
        return ""
    given = call.params.get("attributes")
    block = Block(name, dict(given) if isinstance(given, dict) else {})
    html = html_of(call, serialize_block(block), _post(call))
    return _AVATAR.sub(r"\1 loading='lazy' decoding='async'/>", _PICTURE.sub(_with_hints, html))


def _with_hints(found: re.Match[str]) -> str:
    sources = f"{found[2]}auto, " if found[2] else ""
    return f'{found[1]} decoding="async" loading="lazy"{sources}'


RESOURCE: Resource[str] = Resource(
    name="rendered-block",
    route=ROUTE,
    key="",
    fields=(Field("rendered", s.text(required=True), ("edit",), lambda text, _: text, readonly=False),),
    rules=Rules(None, anybody),
    asks={"read": may_render},
    find=rendered,
    version_of=None,
    args={
        "read": (
            Param("name", s.text()),
            Param("context", s.choice("", ("edit",), default="view"), eager=True),
            Param("attributes", s.mapping(default=[]), clean=attributes),
            Param("post_id", s.integer()),
        )
    },
    documented=False,
)


def _schema(call: Call) -> dict[str, Json]:
    return {**shown_schema(RESOURCE, call), "$schema": "http://json-schema.org/schema#"}


def routes(catalog: Catalog) -> Iterator[Route]:
    """The renderer: what it is asked with can be too long for an address, so POST reads as well."""
    for route in routes_of(catalog.documents, RESOURCE):
        reading_both = replace(route.endpoints[0], methods=("GET", "POST"))
        yield replace(route, endpoints=(reading_both,), schema=_schema)
