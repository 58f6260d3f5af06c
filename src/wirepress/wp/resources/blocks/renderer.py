"""Dynamic blocks rendered for the editor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.render.blocks.parse import Block, serialize_block
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.blocks.render import render_blocks
from wirepress.render.post import scene_of
from wirepress.render.response_context import ResponseContext
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.params import Refused
from wirepress.wp.resources.answers import Answer, Answers, item
from wirepress.wp.resources.blocks.types import attributes_of, block_types
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result
from wirepress.wp.validation import check, clean

ITEM = r"/wp/v2/block-renderer/(?P<name>[a-z0-9-]+/[a-z0-9-]+)"


def html_of(call: Call, content: str, post: Post | None = None) -> str:
    """Blocks rendered for this answer, as a JSON value."""
    query = f"?{call.request.query}" if call.request.query else ""
    asked = ResponseContext(call.view.now(), call.viewer.user, call.request.path + query)
    scene = scene_of(post or Post(0, "post", "publish"), call.view.lookup, asked)
    if post is None:
        scene = replace(scene, post=None, open=())
    return json.text(scene.numbers.text(render_blocks(content, scene)))


def attributes(call: Call, value: Any) -> Any:
    """The attributes, held to what the block knows; those of an unknown block are not looked at."""
    name = str(call.params.get("name"))
    if name not in block_types():
        return value
    schema = {"type": "object", "properties": attributes_of(name), "additionalProperties": False}
    if flaw := check(value, schema, "attributes"):
        raise Refused(flaw)
    return clean(value, schema, "attributes")


def _post(call: Call) -> Post | None:
    post_id = call.integer("post_id")
    return reading.get(call.view, post_id) if post_id > 0 else None


def _rule(call: Call) -> None:
    if call.integer("post_id") > 0:
        post = _post(call)
        allowed = post is not None and call.may("edit_post", post)
    else:
        allowed = call.may("edit_posts")
    if not allowed:
        call.refuse("block_cannot_read", "You may not see blocks here.")


def render(call: Call) -> Result:
    name = str(call.params.get("name"))
    known = block_types().get(name)
    if known is None or not known["dynamic"]:
        raise WireError("block_invalid", "There is no such block to render.", 404)
    given = call.params.get("attributes")
    block = Block(name, dict(given) if isinstance(given, dict) else {})
    rendered = html_of(call, serialize_block(block), _post(call)) if name in DYNAMIC else ""
    return Result(value=item(call, {"rendered": rendered}, schema_of(ITEM), listed=False), private=True)


ANSWERS: Answers = {ITEM: Answer(render, _rule, {"attributes": attributes})}
