"""Registered meta on the wire: its schemas and its values, as WordPress's WP_REST_Meta_Fields has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wirepress.model.kinds import MetaField
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.schema import check, clean

Schema = Mapping[str, Any]

EMPTY: Mapping[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "object": []}
"""What stands for nothing in each type; PHP writes an empty object as a list."""


def schema_of(field: MetaField) -> dict[str, Any]:
    """The schema of one meta key; a key with many values is an array of them."""
    empty = EMPTY[field.type]
    one = {
        "type": field.type,
        "title": "",
        "description": field.description,
        "default": empty if field.default is None else field.default,
        **field.inner,
    }
    return one if field.single else {"type": "array", "items": one}


def schemas(fields: Sequence[MetaField]) -> dict[str, dict[str, Any]]:
    """The schemas of the keys that answers show."""
    return {field.key: schema_of(field) for field in fields if field.show_in_rest}


def shown(value: Any, schema: Schema) -> Any:
    """A kept value in its type; None where it is no value of that type (prepare_value)."""
    value = json.plain(value)
    if value == "" and schema["type"] in {"boolean", "integer", "number"}:
        return EMPTY[schema["type"]]
    if schema["type"] == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)  # meta is text in WordPress's tables
    return None if check(value, schema, "meta") else clean(value, schema)


def value_of(field: MetaField, kept: Sequence[Any]) -> Any:
    """What is shown of one key of one item."""
    schema = schema_of(field)
    if field.single:
        return shown(kept[0] if kept else schema["default"], schema)
    values = kept or ([] if field.default is None else [field.default])
    return [shown(value, schema["items"]) for value in values]


def meta_of(keys: Mapping[str, Schema], own: Sequence[MetaField] = ()) -> Callable[[Post | Term, Call], Any]:
    """Reads the registered meta of an item: core's keys, then the site's own; none at all is `[]`."""
    visible = [field for field in own if field.show_in_rest]

    def read(item: Post | Term, _: Call) -> Any:
        found: dict[str, Any] = {}
        for name, schema in keys.items():
            kept = item.meta.get(name)
            found[name] = json.plain(kept[0] if kept else schema.get("default"))
        for field in visible:
            found[field.key] = value_of(field, item.meta.get(field.key) or ())
        return found or []

    return read
