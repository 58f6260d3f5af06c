"""Values against schemas, as WordPress's REST API reads them: lenient about types, exact about what it refuses.

`check` says what is wrong with a value (rest_validate_value_from_schema), `clean` gives it its type
(rest_sanitize_value_from_schema).  Codes and data are WordPress's, the words are ours.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.render.strip import clean_line, clean_lines
from wirepress.render.urls import clean_raw_url
from wirepress.render.values import is_boolean, to_boolean
from wirepress.wp.schema import Schema, choices_of
from wirepress.wp.values import (
    is_address,
    is_array,
    is_date,
    is_email,
    is_integer,
    is_numeric,
    is_object,
    items_of,
    members_of,
    to_int,
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a value."""

    code: str
    message: str
    data: Any = None

    def detail(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "data": self.data}


_COLOR = re.compile(r"\A#([A-Fa-f0-9]{3}){1,2}\Z")
_UUID = re.compile(r"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


KINDS: Mapping[str, Callable[[Any], bool]] = {
    "array": is_array,
    "object": is_object,
    "integer": is_integer,
    "number": is_numeric,
    "boolean": is_boolean,
    "string": lambda value: isinstance(value, str),
    "null": lambda value: value is None,
}


def best_kind(value: Any, kinds: Sequence[str]) -> str:
    """Which of several types a value is taken for (rest_get_best_type_for_value); "" for none."""
    if value == "" and "string" in kinds:
        return "string"
    return next((kind for kind in kinds if kind in KINDS and KINDS[kind](value)), "")


def kind_of(value: Any, schema: Schema, strict: bool) -> str | None:
    declared = schema.get("type")
    if not isinstance(declared, list):
        return declared
    kind = best_kind(value, declared)
    if kind or strict:
        return kind
    return declared[0] if declared else ""


def check(value: Any, schema: Schema, name: str) -> Flaw | None:
    """The first flaw of a value, None when it may pass."""
    if "anyOf" in schema or "oneOf" in schema:
        flaw, chosen = _choose(value, schema, name)
        if flaw:
            return flaw
        if chosen is not None and "type" not in schema and "type" in chosen:
            schema = {**schema, "type": chosen["type"]}
    kind = kind_of(value, schema, strict=True)
    if kind is None:
        return None
    wanted = schema["type"]
    if kind not in _CHECKS and isinstance(wanted, list):
        return _wrong_type(name, ", ".join(wanted))
    schema = {**schema, "type": kind}
    if kind in _CHECKS and (flaw := _CHECKS[kind](value, schema, name)):
        return flaw
    return _check_words(value, schema, name)  # all that holds for a type that is none of JSON (`rich-text`)


def _check_words(value: Any, schema: Schema, name: str) -> Flaw | None:
    """What is wrong with a value of the right type: none of an enum, or not of a format."""
    if "enum" in schema and (flaw := _check_enum(value, schema, name)):
        return flaw
    if schema["type"] in {"string", "integer", "number"} and "format" in schema:
        return _check_format(value, schema, name)
    return None


def _wrong_type(name: str, kind: str) -> Flaw:
    return Flaw("rest_invalid_type", f"{name} has to be of the type {kind}.", {"param": name})


def _check_string(value: Any, schema: Schema, name: str) -> Flaw | None:
    if not isinstance(value, str):
        return _wrong_type(name, "string")
    if (least := schema.get("minLength")) is not None and len(value) < least:
        return Flaw("rest_too_short", f"{name} needs at least {least} characters.")
    if (most := schema.get("maxLength")) is not None and len(value) > most:
        return Flaw("rest_too_long", f"{name} may have at most {most} characters.")
    if (pattern := schema.get("pattern")) and not re.search(pattern, value):
        return Flaw("rest_invalid_pattern", f"{name} does not match the pattern {pattern}.")
    return None


def _check_number(value: Any, schema: Schema, name: str) -> Flaw | None:
    is_kind = is_numeric
    if schema["type"] == "integer":
        is_kind = is_integer
    if not is_kind(value):
        return _wrong_type(name, schema["type"])
    if (step := schema.get("multipleOf")) and float(value) % step:
        return Flaw("rest_invalid_multiple", f"{name} has to be a multiple of {step}.")
    if _within(float(value), schema):
        return None
    named = (("at least", schema.get("minimum")), ("at most", schema.get("maximum")))
    bounds = " and ".join(f"{word} {bound}" for word, bound in named if bound is not None)
    return Flaw("rest_out_of_bounds", f"{name} has to be {bounds}.")


def _within(number: float, schema: Schema) -> bool:
    """Whether a number keeps to the bounds of a schema."""
    least, most = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    if schema.get("exclusiveMinimum") and number == least:
        return False
    if schema.get("exclusiveMaximum") and number == most:
        return False
    return bool(least <= number <= most)


def _check_array(value: Any, schema: Schema, name: str) -> Flaw | None:
    if not is_array(value):
        return _wrong_type(name, "array")
    items = items_of(value)
    inner = schema.get("items") or {}
    for i, item in enumerate(items if inner else ()):
        if flaw := check(item, inner, f"{name}[{i}]"):
            return flaw
    if flaw := _check_count(len(items), schema, name, "Items", "items"):
        return flaw
    if schema.get("uniqueItems") and len(_distinct(items)) < len(items):
        return Flaw("rest_duplicate_items", f"{name} holds an item twice.")
    return None


def _check_count(count: int, schema: Schema, name: str, word: str, plural: str) -> Flaw | None:
    """Whether there are too few or too many of what an array or an object holds."""
    if (least := schema.get(f"min{word}")) is not None and count < least:
        return Flaw(f"rest_too_few_{plural}", f"{name} needs at least {least} {plural}.")
    if (most := schema.get(f"max{word}")) is not None and count > most:
        return Flaw(f"rest_too_many_{plural}", f"{name} may have at most {most} {plural}.")
    return None


def _check_object(value: Any, schema: Schema, name: str) -> Flaw | None:
    if not is_object(value):
        return _wrong_type(name, "object")
    members = members_of(value)
    for needed in _required(schema):
        if needed not in members:
            return Flaw("rest_property_required", f"{needed} is a required property of {name}.")
    for key, inner in members.items():
        declared = _declared(str(key), schema)
        if declared is False:
            return Flaw("rest_additional_properties_forbidden", f"{key} is not a property of {name}.")
        if isinstance(declared, Mapping) and (flaw := check(inner, declared, f"{name}[{key}]")):
            return flaw
    return _check_count(len(members), schema, name, "Properties", "properties")


def _required(schema: Schema) -> list[str]:
    """The properties that have to be there, however the schema says it."""
    required = schema.get("required")
    names = list(required) if isinstance(required, list) else []
    properties: Schema = schema.get("properties") or {}
    return names + [name for name, inner in properties.items() if inner.get("required") is True]


def _declared(key: str, schema: Schema) -> Schema | bool | None:
    """The schema of a member; None when anything goes, False when it may not be there."""
    properties = schema.get("properties") or {}
    if key in properties:
        found: Schema = properties[key]
        return found
    patterns: Mapping[str, Schema] = schema.get("patternProperties") or {}
    for pattern, inner in patterns.items():
        if re.search(pattern, key):
            return inner
    more = schema.get("additionalProperties")
    if more is False:
        return False
    if isinstance(more, Mapping):
        return more
    return None


_CHECKS: Mapping[str, Callable[[Any, Schema, str], Flaw | None]] = {
    "null": lambda value, _, name: None if value is None else _wrong_type(name, "null"),
    "boolean": lambda value, _, name: None if is_boolean(value) else _wrong_type(name, "boolean"),
    "string": _check_string,
    "number": _check_number,
    "integer": _check_number,
    "array": _check_array,
    "object": _check_object,
}


def _check_enum(value: Any, schema: Schema, name: str) -> Flaw | None:
    choices = choices_of(schema)
    wanted = clean(value, schema, name)
    if any(_same(wanted, clean(choice, schema, name)) for choice in choices):
        return None
    words = ", ".join(str(choice) for choice in choices)
    one_of = f"one of {words}" if len(choices) != 1 else words
    return Flaw("rest_not_in_enum", f"{name} has to be {one_of}.")


def _same(a: Any, b: Any) -> bool:
    return type(a) is type(b) and bool(a == b)


def _check_format(value: Any, schema: Schema, name: str) -> Flaw | None:
    text = str(value)
    match schema["format"]:
        case "hex-color" if not _COLOR.match(text):
            return Flaw("rest_invalid_hex_color", "This is no hexadecimal colour.")
        case "date-time" if not is_date(text):
            return Flaw("rest_invalid_date", "This is no date.")
        case "email" if not is_email(text):
            return Flaw("rest_invalid_email", "This is no e-mail address.")
        case "ip" if not is_address(text):
            return Flaw("rest_invalid_ip", f"{name} is no IP address.")
        case "uuid" if not _UUID.match(text):
            return Flaw("rest_invalid_uuid", f"{name} is no UUID.")
    return None


def _choose(value: Any, schema: Schema, name: str) -> tuple[Flaw | None, Schema | None]:
    """Which of `anyOf` (the first that fits) or `oneOf` (the only one that fits) a value is held against."""
    options: Sequence[Schema] = schema.get("anyOf") or schema["oneOf"]
    flaws: dict[int, Flaw] = {}
    fitting: list[int] = []
    typed = {"type": schema["type"]} if "type" in schema else {}
    for i, option in enumerate(options):
        if flaw := check(value, {**typed, **option}, name):
            flaws[i] = flaw
        else:
            fitting.append(i)
    if not fitting:
        return _nearest(value, options, flaws, name), None
    if "anyOf" not in schema and len(fitting) > 1:
        message = f"{name} fits more than one of the forms it may have."
        return Flaw("rest_one_of_multiple_matches", message, {"positions": fitting}), None
    return None, options[fitting[0]]


def _nearest(value: Any, options: Sequence[Schema], flaws: Mapping[int, Flaw], name: str) -> Flaw:
    """What is said of a value that fits no form: the flaw under the form that was meant, where that can be told by the
    value's type, or by its properties (rest_get_combining_operation_error)."""
    meant = [i for i in flaws if flaws[i].code != "rest_invalid_type" or flaws[i].data != {"param": name}]
    if len(flaws) == 1:
        meant = list(flaws)
    if len(meant) > 1:
        known = {i: len(_keys(options[i].get("properties")) & _keys(value)) for i in meant}
        best = max(meant, key=lambda i: known[i])  # the first of those that know as many
        meant = [best] if known[best] else []
    if not meant:
        return Flaw("rest_no_matching_schema", f"{name} fits none of the forms it may have.")
    message = f"{name} does not fit the form that it seems to have: {flaws[meant[0]].message}"
    return Flaw("rest_no_matching_schema", message, {"position": meant[0]})


def _keys(value: Any) -> set[Any]:
    return set(value) if isinstance(value, dict) else set()


def clean(value: Any, schema: Schema, name: str = "") -> Any:
    """A value as its schema types it."""
    if "anyOf" in schema or "oneOf" in schema:
        flaw, chosen = _choose(value, schema, name)
        if flaw or chosen is None:
            return None
        merged = {**schema, **chosen}
        schema = {word: inner for word, inner in merged.items() if word not in {"anyOf", "oneOf"}}
    kind = kind_of(value, schema, strict=False)
    match kind:
        case "array":
            return _clean_array(value, schema, name)
        case "object":
            return _clean_object(value, schema, name)
        case "string":
            return _clean_format(_text_of(value), schema.get("format"))
    if kind in _CASTS:
        return _CASTS[kind](value)
    return value


_CASTS: Mapping[str | None, Callable[[Any], Any]] = {
    "null": lambda _: None,
    "integer": to_int,
    "number": lambda value: float(value) if is_numeric(value) else 0.0,
    "boolean": to_boolean,
}


def _text_of(value: Any) -> str:
    """A value as PHP casts it to a string."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return str(value)


def _clean_array(value: Any, schema: Schema, name: str) -> list[Any]:
    items = items_of(value)
    if inner := schema.get("items"):
        items = [clean(item, inner, f"{name}[{i}]") for i, item in enumerate(items)]
    if schema.get("uniqueItems"):
        return _distinct(items)
    return items


def _clean_format(text: str, form: str | None) -> str:
    match form:
        case "hex-color":
            if _COLOR.match(text):
                return text
            return ""
        case "uri":
            return clean_raw_url(text)
        case "date-time" | "email" | "ip" | "uuid" | "text-field":
            return clean_line(text)
        case "textarea-field":
            return clean_lines(text)
    return text


def _clean_object(value: Any, schema: Schema, name: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, inner in members_of(value).items():
        declared = _declared(str(key), schema)
        if isinstance(declared, Mapping):
            result[key] = clean(inner, declared, f"{name}[{key}]")
        elif declared is None:
            result[key] = inner
    return result


def _distinct(items: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return kept
