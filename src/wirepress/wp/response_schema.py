"""What items look like as they are answered, as JSON Schema 2020-12.

The schemas that OPTIONS shows are WordPress's: they tell what may be sent, and about half of the items that WordPress
answers do not hold to them.  These tell what is answered: what is null or missing, and which objects are `[]` when
nothing is in them.  What was stored was not always checked (it may have been imported), so for fields that can be
written no words, bounds or formats are promised.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from wirepress.wp import schema as s
from wirepress.wp.declaration import Entry, Field, Group, is_ours
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Form, Shows
from wirepress.wp.schema import Schema

Json = Any

DATE = r"^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
"""A date of the API: mostly without a zone, so not RFC 3339's date-time."""
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems")
_LINK: Schema = {"type": "object", "properties": {"href": {"type": "string"}}, "required": ["href"]}
LINKS: Schema = {"type": "object", "additionalProperties": {"type": "array", "items": _LINK}}
EMBEDDED: Schema = {"type": "object", "additionalProperties": {"type": "array"}}


def answered(schema: Schema, *, stored: bool = False) -> dict[str, Json]:
    """A schema in WordPress's words as one of what is answered.  `stored`: the value is as the database has it."""
    shown: dict[str, Json] = {word: schema[word] for word in ("description", "type") if schema.get(word)}
    if schema.get("format") == "date-time":
        shown["pattern"] = DATE
    if not stored:
        shown |= {word: schema[word] for word in ("pattern", *_BOUNDS) if word in schema}
        if "enum" in schema:
            shown["enum"] = s.choices_of(schema)
    shown |= s.parts_of(schema, partial(answered, stored=stored))
    if not stored:
        shown |= {word: schema[word] for word in ("required", "anyOf") if isinstance(schema.get(word), list)}
    return shown


def field_in(entry: Entry[Any], context: str | None) -> dict[str, Json] | None:
    """What a field holds in a context (None: in any, or a part of it); None where it is not shown."""
    if context is not None and not entry.shown_in(context):
        return None
    if isinstance(entry, Field):
        if entry.read is None:
            return None
        if entry.answer is not None:
            return answered(entry.answer)
        return answered({**entry.schema, **entry.tail}, stored=entry.write is not None)
    return _group_in(entry, context)


def _group_in(group: Group[Any], context: str | None) -> dict[str, Json]:
    parts = {
        part.name: shown
        for part in group.parts
        if (context is None or part.shown_in(context)) and (shown := field_in(part, None)) is not None
    }
    described = {"description": group.schema.get("description")}
    if not parts:
        return {**described, **s.NOTHING}
    whole = {"type": "object", "properties": parts, "additionalProperties": False}
    if context is None:
        return {**described, "anyOf": [whole, s.NOTHING]}
    return {**described, **whole, "required": list(parts)}


def item_in(resource: Resource[Any], context: str) -> dict[str, Json]:
    """A whole item in a context."""
    theirs = [e for e in resource.fields if not is_ours(e)]
    shown = {e.name: made for e in theirs if (made := field_in(e, context)) is not None}
    sometimes = {e.name for e in resource.fields if isinstance(e, Field) and e.when is not None}
    return {
        "type": "object",
        "properties": {**shown, **_linked(resource)},
        "required": [name for name in shown if name not in sometimes],
        "additionalProperties": False,
    }


def part_of_item(resource: Resource[Any]) -> dict[str, Json]:
    """What `_fields` leaves of an item: any of its fields, parts of them, or nothing."""
    shown = {e.name: _partly(made) for e in resource.fields if (made := field_in(e, None)) is not None}
    some = {"type": "object", "properties": {**shown, **_linked(resource)}, "additionalProperties": False}
    return {"anyOf": [some, s.NOTHING]}


def _partly(schema: dict[str, Json]) -> dict[str, Json]:
    """An object of which parts can be chosen is `[]` when none of those it has was."""
    if "object" in s.types_of(schema):
        return {"anyOf": [{word: inner for word, inner in schema.items() if word != "required"}, s.NOTHING]}
    return schema


def _linked(resource: Resource[Any]) -> dict[str, Json]:
    if resource.links:
        return {"_links": LINKS, "_embedded": EMBEDDED}
    return {}


# ---- what endpoints answer with


def shows(resource: Resource[Any], form: Form) -> Shows:
    """What an endpoint of a resource answers with.  Where a resource is not documented, only its fields are promised:
    all of them may be missing."""
    if resource.answer is not None:
        return Shows("value", resource.answer)
    if resource.documented:
        return Shows(form, resource)
    return loose_form(form, some_of_fields(_promised(resource)))


def loose_form(form: Form, item: Schema) -> Shows:
    """What answers with items of which only the fields are promised."""
    if form in ("page", "whole", "list"):
        return Shows("value", {"type": "array", "items": item})
    if form == "map":
        return Shows("value", {"anyOf": [{"type": "object", "additionalProperties": item}, s.NOTHING]})
    return Shows("value", item)


_ANY_LINKS: dict[str, Json] = {"_links": LINKS, "_embedded": EMBEDDED}


def some_of(properties: Mapping[str, Json]) -> dict[str, Json]:
    """An object with any of some properties, or with none."""
    return {"anyOf": [{"type": "object", "properties": dict(properties), "additionalProperties": False}, s.NOTHING]}


def some_of_fields(fields: Mapping[str, Schema], links: Mapping[str, Json] = _ANY_LINKS) -> dict[str, Json]:
    """The same of fields in WordPress's words, and links."""
    return some_of({name: loose(schema) for name, schema in fields.items()} | dict(links))


def _promised(resource: Resource[Any]) -> dict[str, Json]:
    """The fields as they are answered; those that the schema does not tell of come last."""
    found = resource.properties()
    for name, entry in resource.by_name.items():
        if isinstance(entry, Field) and entry.answer is not None:
            found[name] = entry.answer
        elif is_ours(entry):
            found[name] = entry.described()
    return found


def loose(schema: Schema) -> dict[str, Json]:
    """A schema of what is answered in which parts may be missing and an object with nothing in it is a list."""
    shown = answered(schema, stored=True) | s.parts_of(schema, loose)
    shown.pop("required", None)
    if schema.get("type") == "bool":  # WordPress's slip
        shown["type"] = "boolean"
    if "object" in s.types_of(schema):
        return {"anyOf": [shown, s.NOTHING]}
    return shown
