"""Schemas as WordPress writes them: the words of which fields and parameters are described, in WordPress's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Json = Any
Schema = Mapping[str, Json]

KEYWORDS = (
    "title",
    "description",
    "type",
    "format",
    "enum",
    "items",
    "properties",
    "additionalProperties",
    "patternProperties",
    "minProperties",
    "maxProperties",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "anyOf",
    "oneOf",
)
"""The words of a schema that an argument shows, in WordPress's order."""

NOTHING: Schema = {"type": "array", "maxItems": 0}
"""PHP's empty array, which is what an object without parts is answered as."""


def of(kind: str | list[str], description: str = "", **more: Json) -> Schema:
    """A schema of a type (or one of several), with a description where there is one."""
    if description:
        return {"description": description, "type": kind, **more}
    return {"type": kind, **more}


def worded(name: str, schema: Schema) -> Schema:
    """A schema described by the name of what it is of, its parts too."""
    described = {word: value for word, value in schema.items() if word not in ("description", "required")}
    if isinstance(parts := described.get("properties"), dict):
        described["properties"] = {part: worded(part, inner) for part, inner in parts.items()}
    if "type" not in schema:
        return described
    return {"description": f"The {name.replace('_', ' ')}.", **described}


def text(description: str = "", **more: Json) -> Schema:
    return of("string", description, **more)


def integer(description: str = "", **more: Json) -> Schema:
    return of("integer", description, **more)


def boolean(description: str = "", **more: Json) -> Schema:
    return of("boolean", description, **more)


def mapping(description: str = "", **more: Json) -> Schema:
    return of("object", description, **more)


def uri(description: str = "") -> Schema:
    return text(description, format="uri")


def moment(description: str = "", *, nullable: bool = False) -> Schema:
    return of(["string", "null"] if nullable else "string", description, format="date-time")


def choice(description: str, options: Iterable[str], **more: Json) -> Schema:
    return text(description, enum=list(options), **more)


def array(description: str, items: str | Schema, **more: Json) -> Schema:
    """A list whose items are of a type, or of a schema."""
    inner = {"type": items} if isinstance(items, str) else items
    return of("array", description, items=inner, **more)
