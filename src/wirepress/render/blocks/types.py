"""What is known of the core blocks: their attributes, what they support, which of them are dynamic.

`types.json` holds the facts of WordPress's own list of block types, in its order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

BlockType = Mapping[str, Any]

_TRUE_WORDS = ("", "0", "1", "true", "false")


@cache
def block_types() -> Mapping[str, BlockType]:
    """The core blocks by name."""
    text = files("wirepress.render.blocks").joinpath("types.json").read_text("utf-8")
    return {block["name"]: block for block in json.loads(text)}


def attributes_of(name: str) -> Mapping[str, Any]:
    """All attributes of a known block with their schemas."""
    attributes: Mapping[str, Any] = block_types()[name]["attributes"]
    return attributes


def supported(name: str | None, *path: str, default: Any = False) -> Any:
    """What a block's type says at a path of its supports (`block_has_support`)."""
    known = block_types().get(name or "")
    if known is None:
        return default
    place: Any = known.get("supports", {})
    for step in path:
        if not isinstance(place, Mapping) or step not in place:
            return default
        place = place[step]
    return place


def supports(name: str | None, *path: str, default: bool = False) -> bool:
    """Whether a block's type supports something; a list of choices or of settings is a yes."""
    value = supported(name, *path, default=default)
    return value is True or isinstance(value, list | Mapping)


def is_left_to_the_block(name: str | None, group: str, feature: str = "") -> bool:
    """Whether the block itself writes what it is asked for, on a place of its own
    (`wp_should_skip_block_supports_serialization`)."""
    skipped = supported(name, group, "__experimentalSkipSerialization")
    if isinstance(skipped, list):
        return feature in skipped
    return bool(skipped)


def prepared(name: str | None, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes as a block's code sees them: without those that its schema refuses, and with those that it fills in
    (`WP_Block_Type::prepare_attributes_for_render`)."""
    known = block_types().get(name or "")
    if known is None:
        return dict(attributes)
    schemas = known["attributes"]
    kept = {key: value for key, value in attributes.items() if key not in schemas or _fits(value, schemas[key])}
    filled = {key: schema["default"] for key, schema in schemas.items() if key not in kept and "default" in schema}
    return {**kept, **filled}


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value is what a schema asks for; numbers and truth may be written as words, lists with commas."""
    kinds = schema.get("type", ())
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds and not any(_is(value, kind) for kind in kinds):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    size = _number(value)
    if size is not None and not schema.get("minimum", size) <= size <= schema.get("maximum", size):
        return False
    items = schema.get("items")
    if isinstance(value, list) and isinstance(items, Mapping):
        return all(_fits(item, items) for item in value)
    return True


def _is(value: Any, kind: Any) -> bool:
    match kind:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool) or value in (0, 1) or _is_word_of_truth(value)
        case "number":
            return _number(value) is not None
        case "integer":
            number = _number(value)
            return number is not None and number.is_integer()
        case "object":
            return value == "" or isinstance(value, dict | list)
        case "array":
            return isinstance(value, list | str | int | float)
        case "null":
            return value is None
        case _:
            return True


def _is_word_of_truth(value: Any) -> bool:
    return isinstance(value, str) and value.lower() in _TRUE_WORDS


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None
