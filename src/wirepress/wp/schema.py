"""Schemas as WordPress writes them: the words of which fields and parameters are described, in WordPress's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


def document(title: str, properties: Mapping[str, Json]) -> dict[str, Json]:
    """The schema of a whole answer, as OPTIONS shows it."""
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": title,
        "type": "object",
        "properties": properties or [],
    }


# ---- what a schema says


def types_of(schema: Schema) -> list[str]:
    """The types that a value may have."""
    kinds = schema.get("type")
    if isinstance(kinds, list | tuple):
        return list(kinds)
    if kinds:
        return [kinds]
    return []


def choices_of(schema: Schema) -> list[Json]:
    """The values of an enum: WordPress writes some as an object."""
    enum = schema["enum"]
    return list(enum.values() if isinstance(enum, Mapping) else enum)


def parts_of(schema: Schema, convert: Callable[[Schema], Json]) -> dict[str, Json]:
    """The schemas inside a schema (of items, properties and other properties), each converted."""
    found: dict[str, Json] = {}
    if isinstance(items := schema.get("items"), Mapping):
        found["items"] = convert(items)
    if isinstance(properties := schema.get("properties"), Mapping):
        # PHP writes the schema of anything at all as an empty list.
        found["properties"] = {name: convert(inner or {}) for name, inner in properties.items()}
    if "additionalProperties" in schema:
        more = schema["additionalProperties"]
        found["additionalProperties"] = convert(more) if isinstance(more, Mapping) else more
    return found
