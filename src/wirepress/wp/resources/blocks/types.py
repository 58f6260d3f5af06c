"""The core blocks as the editor asks for them: attributes, supports and contexts (`block_types.json`: facts).

Their names and labels are made of their slugs; descriptions, examples and variations stay with the editor, which
brings its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, Json, item, own, to
from wirepress.wp.resources.types import edits_any
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

ROUTE = "/wp/v2/block-types"
OF_NAMESPACE = r"/wp/v2/block-types/(?P<namespace>[a-zA-Z0-9_-]+)"
ITEM = r"/wp/v2/block-types/(?P<namespace>[a-zA-Z0-9_-]+)/(?P<name>[a-zA-Z0-9_-]+)"
ALIGNMENTS = ("left", "center", "right", "wide", "full", "")


@cache
def block_types() -> Mapping[str, Mapping[str, Any]]:
    """The core blocks by name."""
    text = files("wirepress.wp.resources.blocks").joinpath("types.json").read_text("utf-8")
    return {block["name"]: block for block in json.loads(text)}


def _supports(block: Mapping[str, Any], *path: str, default: Any = None) -> Any:
    place: Any = block.get("supports", {})
    for name in path:
        place = place.get(name, default) if isinstance(place, Mapping) else default
    return place


def _added(block: Mapping[str, Any]) -> dict[str, Json]:
    """The attributes that a block has by what it supports (WP_Block_Type and the block supports)."""
    word, thing = {"type": "string"}, {"type": "object"}
    color = _supports(block, "color")
    colored = isinstance(color, Mapping)
    every: list[tuple[str, Any, dict[str, Json]]] = [
        ("lock", True, thing),
        ("metadata", True, thing),
        ("align", _supports(block, "align"), {**word, "enum": list(ALIGNMENTS)}),
        ("className", _supports(block, "customClassName", default=True) is not False, word),
        ("style", True, thing),
        ("backgroundColor", color is True or (colored and color.get("background", True)), word),
        ("textColor", color is True or (colored and color.get("text", True)), word),
        ("gradient", colored and color.get("gradients"), word),
        ("fontSize", _supports(block, "typography", "fontSize"), word),
        ("fontFamily", _supports(block, "typography", "__experimentalFontFamily"), word),
        ("borderColor", _supports(block, "__experimentalBorder", "color"), word),
        ("anchor", _supports(block, "anchor"), word),
    ]
    return {name: schema for name, there, schema in every if there}


@cache
def attributes_of(name: str) -> Mapping[str, Any]:
    """All attributes of a block with their schemas."""
    block = block_types()[name]
    own_ones = block.get("attributes", {})
    return {**own_ones, **{n: schema for n, schema in _added(block).items() if n not in own_ones}}


def _handles(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _first(handles: Sequence[str]) -> str | None:
    return handles[0] if handles else None


def _shown(call: Call, block: Mapping[str, Any], *, listed: bool) -> Json:
    name = str(block["name"])
    edited, styled = _handles(block.get("editor_style")), _handles(block.get("style"))
    value: dict[str, Json] = {
        "attributes": dict(attributes_of(name)),
        "is_dynamic": block["dynamic"],
        "api_version": block["api_version"],
        "name": name,
        "title": block["title"],
        "description": "",
        "icon": None,
        "category": block["category"],
        "keywords": [],
        "parent": block.get("parent"),
        "ancestor": block.get("ancestor"),
        "allowed_blocks": block.get("allowed_blocks"),
        "provides_context": block.get("provides_context", []),
        "uses_context": block.get("uses_context", []),
        "selectors": block.get("selectors", []),
        "supports": block.get("supports", []),
        "styles": block.get("styles", []),
        "textdomain": None,
        "example": None,
        "editor_script_handles": [],
        "script_handles": [],
        "view_script_handles": [],
        "view_script_module_ids": [],
        "editor_style_handles": edited,
        "style_handles": styled,
        "view_style_handles": [],
        "variations": [],
        "block_hooks": [],
        "editor_script": None,
        "script": None,
        "view_script": None,
        "editor_style": _first(edited),
        "style": _first(styled),
    }
    links = {
        "collection": to(call, ROUTE),
        "self": own(call, f"{ROUTE}/{name}"),
        "up": to(call, f"{ROUTE}/{name.partition('/')[0]}"),
    }
    if block["dynamic"]:
        links["wp:render-block"] = [{"href": call.href(f"/wp/v2/block-renderer/{name}", "context=edit")}]
    return item(call, value, schema_of(ROUTE), links, listed=listed)


def _rule(call: Call) -> None:
    if not edits_any(call):
        call.refuse("rest_block_type_cannot_view", "You may not see the block types.")


def browse(call: Call) -> Result:
    wanted = call.params.get("namespace")
    found = [b for name, b in block_types().items() if not wanted or name.partition("/")[0] == wanted]
    return Result(value=[] if call.head else [_shown(call, block, listed=True) for block in found])


def _known(call: Call) -> Mapping[str, Any]:
    """The block asked for.  WordPress tells that there is none while it asks who may, so that nothing is allowed."""
    _rule(call)
    block = block_types().get(f"{call.params.get('namespace')}/{call.params.get('name')}")
    if block is None:
        raise WireError("rest_block_type_invalid", "There is no such block type.", 404)
    return block


def _read_rule(call: Call) -> None:
    _known(call)


def read(call: Call) -> Result:
    return Result(value=_shown(call, _known(call), listed=False))


ANSWERS: Answers = {ROUTE: Answer(browse, _rule), OF_NAMESPACE: Answer(browse, _rule), ITEM: Answer(read, _read_rule)}
