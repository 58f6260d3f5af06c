"""The core blocks as the editor asks for them: attributes, supports and contexts.

Their names and labels are made of their slugs; descriptions, examples and variations stay with the editor, which
brings its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wirepress.render.blocks.types import attributes_of, block_types
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Field, Link, Page, Param, Rules, To, constant, context_param
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Resource
from wirepress.wp.resources.types import edits_any
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

Block = Mapping[str, Any]
ROUTE = "/wp/v2/block-types"
OF_NAMESPACE = r"/wp/v2/block-types/(?P<namespace>[a-zA-Z0-9_-]+)"


# ---- what is shown

CONTEXTS = ("embed", "view", "edit")
NAME = s.text(pattern="^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$")
OBJECT: Schema = {"type": "object"}
NULLABLE = s.of(["string", "null"], default=None)
NAMES = s.of(["array", "null"], items=NAME, default=None)
HANDLES = s.of(["array"], default=[], items={"type": "string"})
KEYWORDS = s.array("", "string", default=[])
INNER_BLOCK = {"name": {**NAME, "required": True}, "attributes": OBJECT, "innerBlocks": {"type": "array"}}
INNER_BLOCKS = s.array("", s.mapping(properties=INNER_BLOCK))
EXAMPLE = s.of(["object", "null"], default=None, properties={"attributes": OBJECT, "innerBlocks": INNER_BLOCKS})
STYLE = {
    "name": s.text(required=True),
    "label": s.text(),
    "inline_style": s.text(),
    "style_handle": s.text(),
}
SHARED: Schema = {"context": list(CONTEXTS), "readonly": True}
"""What a part of a variation has that a block has too."""
VARIATION = {
    "name": s.text(required=True),
    "title": s.text(required=True),
    "description": s.text(required=False),
    "category": {**NULLABLE, **SHARED},
    "icon": {**NULLABLE, **SHARED},
    "isDefault": s.boolean(required=False, default=False),
    "attributes": OBJECT,
    "innerBlocks": INNER_BLOCKS,
    "example": {**EXAMPLE, **SHARED},
    "scope": s.of(["array", "null"], default=None, items=s.choice("", ("block", "inserter", "transform")),
                  readonly=True),
    "keywords": {**KEYWORDS, **SHARED},
}  # fmt: skip
PLACES = {"type": "string", "enum": ["before", "after", "first_child", "last_child"]}


def _plain(name: str, schema: Schema) -> Field[Block]:
    """A field that a block says itself, or leaves at its default."""
    return Field(name, schema, CONTEXTS, lambda block, _: block.get(name, schema.get("default")))


FIELDS: tuple[Field[Block], ...] = (
    Field("attributes",
          s.of(["object", "null"], properties=[], default=None, additionalProperties=OBJECT), CONTEXTS,
          lambda block, _: dict(attributes_of(block["name"]))),
    Field("is_dynamic", s.boolean(default=False), CONTEXTS, lambda block, _: block["dynamic"]),
    _plain("api_version", s.integer(default=1)),
    _plain("name", {**NAME, "required": True}),
    _plain("title", s.text(default="")),
    _plain("description", s.text(default="")),
    _plain("icon", NULLABLE),
    _plain("category", NULLABLE),
    _plain("keywords", KEYWORDS),
    _plain("parent", NAMES),
    _plain("ancestor", NAMES),
    _plain("allowed_blocks", NAMES),
    _plain("provides_context", s.mapping(properties=[], additionalProperties={"type": "string"}, default=[])),
    _plain("uses_context", s.of("array", default=[], items={"type": "string"})),
    _plain("selectors", s.mapping(default=[], properties=[])),
    _plain("supports", s.mapping(default=[], properties=[])),
    _plain("styles", s.array("", s.mapping(properties=STYLE), default=[])),
    _plain("textdomain", NULLABLE),
    _plain("example", EXAMPLE),
    _plain("editor_script_handles", HANDLES),
    _plain("script_handles", HANDLES),
    _plain("view_script_handles", HANDLES),
    _plain("view_script_module_ids", HANDLES),
    _plain("editor_style_handles", HANDLES),
    _plain("style_handles", HANDLES),
    _plain("view_style_handles", HANDLES),
    Field("variations", s.array("", s.mapping(properties=VARIATION), readonly=True), CONTEXTS, constant([]),
          tail={"default": None}),
    _plain("block_hooks", s.mapping(patternProperties={NAME["pattern"]: PLACES}, default=[])),
    _plain("editor_script", NULLABLE),
    _plain("script", NULLABLE),
    _plain("view_script", NULLABLE),
    _plain("editor_style", NULLABLE),
    _plain("style", NULLABLE),
)  # fmt: skip
ORDER = (
    "api_version", "title", "name", "description", "icon", "attributes", "provides_context", "uses_context",
    "selectors", "supports", "category", "is_dynamic", "editor_script_handles", "script_handles",
    "view_script_handles", "view_script_module_ids", "editor_style_handles", "style_handles", "view_style_handles",
    "styles", "variations", "textdomain", "parent", "ancestor", "allowed_blocks", "keywords", "example",
    "block_hooks", "editor_script", "script", "view_script", "editor_style", "style",
)  # fmt: skip


def _namespace(block: Block, call: Call) -> To:
    return To(f"{call.api}{ROUTE}/{block['name'].partition('/')[0]}")


def _render(block: Block, call: Call) -> To | None:
    if block["dynamic"]:
        return To(call.href(f"/wp/v2/block-renderer/{block['name']}", "context=edit"))
    return None


def _rule(call: Call, _: Block | None = None) -> None:
    if not edits_any(call):
        call.refuse("rest_block_type_cannot_view", "You may not see the block types.")


def _read_rule(call: Call) -> None:
    """WordPress tells that there is no such block while it asks who may, so that nothing is allowed."""
    _rule(call)
    _found(call)


def _page(call: Call) -> Page[Block]:
    wanted = call.params.get("namespace")
    found = [block for name, block in block_types().items() if not wanted or name.partition("/")[0] == wanted]
    return Page(found, len(found))


def _found(call: Call) -> Block:
    block = block_types().get(f"{call.params.get('namespace')}/{call.params.get('name')}")
    if block is None:
        raise WireError("rest_block_type_invalid", "There is no such block type.", 404)
    return block


OF = Param("namespace", s.text())
RESOURCE: Resource[Block] = Resource(
    name="block-type",
    route=ROUTE,
    key=r"(?P<namespace>[a-zA-Z0-9_-]+)/(?P<name>[a-zA-Z0-9_-]+)",
    fields=FIELDS,
    order=ORDER,
    rules=Rules(_rule, _rule),
    asks={"read": _read_rule},
    find=_found,
    page=_page,
    collection="list",
    version_of=None,
    params=(OF,),
    args={"read": (Param("name", s.text()), OF, context_param(("view", "embed", "edit")))},
    links=(
        Link("collection", ROUTE),
        Link("self", lambda block, call: To(f"{call.api}{ROUTE}/{block['name']}"), hints=True),
        Link("up", _namespace),
        Link("wp:render-block", _render),
    ),
    documented=False,
)


def routes(catalog: Catalog) -> list[Route]:
    """The block types, those of a namespace, and one of them."""
    every, one = routes_of(catalog.documents, RESOURCE)
    return [every, replace(every, pattern=OF_NAMESPACE), one]
