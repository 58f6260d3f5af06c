"""Registered meta on the wire: its schemas and its values, as WordPress's WP_REST_Meta_Fields has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.model.post import Meta, Post
from wirepress.model.registry import MetaField
from wirepress.model.term import Term
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError, denied
from wirepress.wp.params import Refused
from wirepress.wp.validation import Flaw, check, clean

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
    if field.single:
        return one
    return {"type": "array", "items": one}


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
    if check(value, schema, "meta"):
        return None
    return clean(value, schema)


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


# ---- writing


def sent(_: Call, value: Any) -> Any:
    """The parameter `meta` as it is sent: an object, or PHP's empty one; its keys are looked at when it is written
    (check_meta_is_array).  Raises Refused for anything else."""
    if not isinstance(value, dict | list):
        raise Refused(Flaw("", "Invalid parameter."))
    return value


@dataclass(frozen=True, slots=True)
class Key:
    """A meta key that can be written."""

    name: str
    schema: Schema
    single: bool = True
    default: Any = None


def keys_of(core: Mapping[str, Schema], own: Sequence[MetaField] = ()) -> tuple[Key, ...]:
    """The keys that a type's meta can be written under: core's and the site's own."""
    found = [Key(name, {"type": "string", **schema}) for name, schema in core.items()]
    found += [
        Key(field.key, schema_of(field), field.single, field.default) for field in own if field.show_in_rest
    ]  # fmt: skip
    return tuple(found)


def written(call: Call, keys: Sequence[Key], kept: Meta, given: Any) -> dict[str, list[Any]]:
    """The values that a write gives to meta keys; an empty list takes a key away (WP_REST_Meta_Fields::update_value).

    Keys that are not registered are passed over.  Raises what is wrong with the others, all of it at once.
    """
    found: dict[str, list[Any]] = {}
    wrong: list[WireError] = []
    for key in keys if isinstance(given, dict) else ():
        if key.name in given:
            try:
                found[key.name] = _values(call, key, list(kept.get(key.name) or ()), given[key.name])
            except WireError as error:
                wrong.append(error)
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return found


def _values(call: Call, key: Key, kept: list[Any], value: Any) -> list[Any]:
    if value is None or (value == [] and not key.single):
        return _removed(call, key, kept)
    if not key.single and isinstance(value, list) and None in value:
        raise WireError("rest_invalid_stored_value", f"The meta {key.name} holds a value of another type.", 500)
    if flaw := check(value, key.schema, f"meta.{key.name}"):
        additional = None if flaw.data is None else [flaw.data]
        raise WireError(flaw.code, flaw.message, 400, additional=additional)
    value = clean(value, key.schema, f"meta.{key.name}")
    _allow(call, key, "rest_cannot_update")
    if key.single:
        return [as_kept(value)]
    wanted = [as_kept(one) for one in value]
    stay = []
    for one in kept:
        if one in wanted:
            wanted.remove(one)
            stay.append(one)
    return stay + wanted


def _removed(call: Call, key: Key, kept: list[Any]) -> list[Any]:
    """Nothing in the place of a value; one of another type than the key's is not taken away unseen."""
    if key.single and kept and shown(kept[0], key.schema) is None:
        raise WireError("rest_invalid_stored_value", f"The meta {key.name} holds a value of another type.", 500)
    if kept:
        _allow(call, key, "rest_cannot_delete")
    return []


def _allow(call: Call, key: Key, code: str) -> None:
    """Keys that begin with `_` are not for the API (is_protected_meta); who may edit the item may write the rest."""
    if key.name.startswith("_"):
        error = denied(code, f"You may not change the meta {key.name}.", call.logged_in)
        error.data = {"key": key.name, **error.data}
        raise error


def as_kept(value: Any) -> Any:
    """A value as it is kept: as text, unless it is a list or an object (WordPress's column holds texts)."""
    if isinstance(value, bool):
        if value:
            return "1"
        return ""
    if isinstance(value, float):
        if value == int(value) and abs(value) < 1e15:
            return str(int(value))
        return repr(value).replace("e", "E")
    if isinstance(value, int):
        return str(value)
    return value
