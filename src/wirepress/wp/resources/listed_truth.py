"""What listed routes answer with, as JSON Schema: made from the schemas that OPTIONS shows, with what these leave out.

All fields may be missing: a context leaves some out, `_fields` chooses, and what nothing is known of is not told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wirepress.wp import schema as s
from wirepress.wp.response_schema import EMBEDDED, LINKS, answered
from wirepress.wp.routes import Shows
from wirepress.wp.schema import Schema

Json = Any
_TEXT: Final[Schema] = {"type": "string"}
_NUMBER: Final[Schema] = {"type": "integer"}
_TRUTH: Final[Schema] = {"type": "boolean"}
_ANY: Final[Schema] = {"type": "object", "properties": {}, "additionalProperties": True}
_PLAIN: Final[Schema] = {"type": ["string", "integer", "null"]}
_LISTS: Final = frozenset(
    (
        "/wp/v2/templates", "/wp/v2/template-parts", "/wp/v2/font-families", "/wp/v2/font-collections",
        "/wp/v2/block-types", "/wp/v2/block-types/(?P<namespace>[a-zA-Z0-9_-]+)", "/wp/v2/themes", "/wp/v2/plugins",
        "/wp/v2/sidebars", "/wp/v2/widget-types", "/wp/v2/widgets", "/wp/v2/block-directory/search",
        "/wp/v2/pattern-directory/patterns", "/wp/v2/block-patterns/patterns", "/wp/v2/block-patterns/categories",
        "/wp-abilities/v1/categories", "/wp-abilities/v1/abilities", "/wp/v2/icons", "/wp/v2/icon-collections",
    )
)  # fmt: skip
_OF_AN_ITEM: Final = ("/variations", "/font-faces", "/revisions", "/autosaves")
"""How the patterns of collections of an item end."""
_MAPS: Final = ("/wp/v2/menu-locations",)
_EMBED: Final[Mapping[str, Schema]] = {
    **dict.fromkeys(("version", "provider_name", "provider_url", "author_name", "author_url", "title"), _TEXT),
    **dict.fromkeys(("type", "html", "thumbnail_url", "url"), _TEXT),
    **dict.fromkeys(("width", "height", "thumbnail_width", "thumbnail_height", "cache_age"), _PLAIN),
}
_HEALTH: Final = "/wp-site-health/v1"
_OTHERS: Final[Mapping[str, Mapping[str, Schema]]] = {
    "/oembed/1.0/embed": _EMBED,
    f"{_HEALTH}/tests/page-cache": {
        **dict.fromkeys(("label", "status", "description", "actions", "test"), _TEXT),
        "badge": {"type": "object", "properties": {"label": _TEXT, "color": _TEXT}},
    },
    "/wp/v2/global-styles/themes/": {"title": _TEXT, "settings": _ANY, "styles": _ANY, "version": _NUMBER},
}
"""The fields of what WordPress shows no schema of."""
_SIZE: Final[Schema] = {"type": "object", "properties": {"size": _TEXT, "debug": _TEXT, "raw": _NUMBER}}
_LOOSE: Final[Mapping[str, Shows | None]] = {
    "/wp/v2/view-config": None,
    # What other sites answer is passed on.
    "/oembed/1.0/proxy": Shows("value", {"type": "object"}),
    "/wp-block-editor/v1/export": Shows("file", {}, ("application/zip",)),
    f"{_HEALTH}/directory-sizes": Shows(
        "value", {"type": "object", "additionalProperties": {"anyOf": [_SIZE, _NUMBER]}}
    ),
}
_ORIGIN: Final = {"origin": {"type": ["string", "null"]}}
_WIDER: Final[Mapping[str, Mapping[str, Schema]]] = {
    "wp_template": _ORIGIN,
    "wp_template_part": _ORIGIN,
    "widget": {"rendered_form": {"type": ["string", "null"]}},
}
"""Fields that answers have beyond the schema, or in other forms than it says, by title of the schema."""


def shown_at(pattern: str, schema: Schema | None) -> Shows | None:
    """What a listed route answers GET with; None where nothing is promised."""
    if pattern in _LOOSE:
        return _LOOSE[pattern]
    fields = _fields(pattern, schema)
    if fields is None:
        return None
    item = {"anyOf": [{"type": "object", "properties": fields, "additionalProperties": False}, s.NOTHING]}
    kinds = ("text/xml",) if pattern == "/oembed/1.0/embed" else ()
    if pattern in _LISTS or pattern.endswith(_OF_AN_ITEM):
        return Shows("value", {"type": "array", "items": item})
    if pattern in _MAPS:
        return Shows("value", {"anyOf": [{"type": "object", "additionalProperties": item}, s.NOTHING]})
    return Shows("value", item, kinds)


def _fields(pattern: str, schema: Schema | None) -> dict[str, Json] | None:
    if schema is None:
        found = next((fields for start, fields in _OTHERS.items() if pattern.startswith(start)), None)
        return {name: loose(inner) for name, inner in found.items()} | {"_links": LINKS} if found else None
    told = {**schema.get("properties", {}), **_WIDER.get(schema.get("title", ""), {})}
    return {name: loose(inner) for name, inner in told.items()} | {"_links": LINKS, "_embedded": EMBEDDED}


def loose(schema: Schema) -> dict[str, Json]:
    """A schema of what is answered in which parts may be missing and an object with nothing in it is a list."""
    shown = answered(schema, stored=True)
    shown.pop("required", None)
    if schema.get("type") == "bool":  # WordPress's slip
        shown["type"] = "boolean"
    if isinstance(properties := schema.get("properties"), Mapping):
        shown["properties"] = {name: loose(inner) for name, inner in properties.items()}
    if isinstance(items := schema.get("items"), Mapping):
        shown["items"] = loose(items)
    if isinstance(more := schema.get("additionalProperties"), Mapping):
        shown["additionalProperties"] = loose(more)
    kinds = schema.get("type")
    if "object" in (kinds if isinstance(kinds, Sequence) and not isinstance(kinds, str) else [kinds]):
        return {"anyOf": [shown, s.NOTHING]}
    return shown
