"""Values against schemas, as WordPress's REST API reads them: lenient about types, exact about what it refuses.

`check` says what is wrong with a value (rest_validate_value_from_schema), `clean` gives it its type
(rest_sanitize_value_from_schema).  Codes and data are WordPress's, the words are ours.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a value."""

    code: str
    message: str
    data: Any = None

    def detail(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "data": self.data}


_SPLIT = re.compile(r"[\s,]+")
_NUMERIC = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*\Z", re.ASCII)
_DATE = re.compile(r"\A(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})?\Z", re.ASCII)
_COLOR = re.compile(r"\A#([A-Fa-f0-9]{3}){1,2}\Z")
_UUID = re.compile(r"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
_EMAIL = re.compile(r"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+\Z")


def is_numeric(value: Any) -> bool:
    """PHP's is_numeric."""
    if isinstance(value, str):
        return len(value) < 400 and _NUMERIC.match(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_integer(value: Any) -> bool:
    if not is_numeric(value):
        return False
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return False
    return number in {float("inf"), float("-inf")} or number == int(number)


def is_boolean(value: Any) -> bool:
    if isinstance(value, str):
        return value.lower() in {"true", "false", "0", "1"}
    return isinstance(value, bool) or (isinstance(value, int) and value in {0, 1})


def is_array(value: Any) -> bool:
    return isinstance(value, list) or (value is not None and not isinstance(value, dict))


def is_object(value: Any) -> bool:
    return value == "" or isinstance(value, dict | list)


KINDS: Mapping[str, Callable[[Any], bool]] = {
    "array": is_array,
    "object": is_object,
    "integer": is_integer,
    "number": is_numeric,
    "boolean": is_boolean,
    "string": lambda value: isinstance(value, str),
    "null": lambda value: value is None,
}


def items_of(value: Any) -> list[Any]:
    """A value as a list; text is split at commas and spaces (rest_sanitize_array)."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    if value is None:
        return []
    if isinstance(value, bool):
        value = "1" if value else ""
    return [part for part in _SPLIT.split(str(value)) if part]


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
    return kind if kind or strict else (declared[0] if declared else "")


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
    if kind not in _CHECKS:
        wanted = schema["type"]
        return _wrong_type(name, ", ".join(wanted) if isinstance(wanted, list) else str(wanted))
    if flaw := _CHECKS[kind](value, {**schema, "type": kind}, name):
        return flaw
    if "enum" in schema and (flaw := _check_enum(value, {**schema, "type": kind}, name)):
        return flaw
    if kind in {"string", "integer", "number"} and "format" in schema:
        return _check_format(value, schema, name)
    return None


def _wrong_type(name: str, kind: str) -> Flaw:
    return Flaw("rest_invalid_type", f"{name} has to be of the type {kind}.", {"param": name})


def _check_null(value: Any, _: Schema, name: str) -> Flaw | None:
    return None if value is None else _wrong_type(name, "null")


def _check_boolean(value: Any, _: Schema, name: str) -> Flaw | None:
    return None if is_boolean(value) else _wrong_type(name, "boolean")


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
    whole = schema["type"] == "integer"
    if not (is_integer if whole else is_numeric)(value):
        return _wrong_type(name, schema["type"])
    number = float(value)
    if (step := schema.get("multipleOf")) and number % step:
        return Flaw("rest_invalid_multiple", f"{name} has to be a multiple of {step}.")
    least, most = schema.get("minimum"), schema.get("maximum")
    low = least is not None and (number <= least if schema.get("exclusiveMinimum") else number < least)
    high = most is not None and (number >= most if schema.get("exclusiveMaximum") else number > most)
    if low or high:
        bounds = " and ".join(
            [f"{word} {bound}" for word, bound in (("at least", least), ("at most", most)) if bound is not None]
        )
        return Flaw("rest_out_of_bounds", f"{name} has to be {bounds}.")
    return None


def _check_array(value: Any, schema: Schema, name: str) -> Flaw | None:
    if not is_array(value):
        return _wrong_type(name, "array")
    items = items_of(value)
    if inner := schema.get("items"):
        for i, item in enumerate(items):
            if flaw := check(item, inner, f"{name}[{i}]"):
                return flaw
    if (least := schema.get("minItems")) is not None and len(items) < least:
        return Flaw("rest_too_few_items", f"{name} needs at least {least} items.")
    if (most := schema.get("maxItems")) is not None and len(items) > most:
        return Flaw("rest_too_many_items", f"{name} may have at most {most} items.")
    if schema.get("uniqueItems") and not _unique(items):
        return Flaw("rest_duplicate_items", f"{name} holds an item twice.")
    return None


def _check_object(value: Any, schema: Schema, name: str) -> Flaw | None:
    if not is_object(value):
        return _wrong_type(name, "object")
    members = _members(value)
    required = schema.get("required")
    properties: Schema = schema.get("properties") or {}
    needed = [n for n in required if n not in members] if isinstance(required, list) else []
    needed += [n for n, s in properties.items() if s.get("required") is True and n not in members]
    if needed:
        return Flaw("rest_property_required", f"{needed[0]} is a required property of {name}.")
    for key, inner in members.items():
        declared = _declared(str(key), schema)
        if declared is False:
            return Flaw("rest_additional_properties_forbidden", f"{key} is not a property of {name}.")
        if isinstance(declared, Mapping) and (flaw := check(inner, declared, f"{name}[{key}]")):
            return flaw
    if (least := schema.get("minProperties")) is not None and len(members) < least:
        return Flaw("rest_too_few_properties", f"{name} needs at least {least} properties.")
    if (most := schema.get("maxProperties")) is not None and len(members) > most:
        return Flaw("rest_too_many_properties", f"{name} may have at most {most} properties.")
    return None


def _members(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {str(i): v for i, v in enumerate(value)} if isinstance(value, list) else {}


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
    return more if isinstance(more, Mapping) else None


_CHECKS: Mapping[str, Callable[[Any, Schema, str], Flaw | None]] = {
    "null": _check_null,
    "boolean": _check_boolean,
    "string": _check_string,
    "number": _check_number,
    "integer": _check_number,
    "array": _check_array,
    "object": _check_object,
}


def _check_enum(value: Any, schema: Schema, name: str) -> Flaw | None:
    enum = schema["enum"]
    choices = list(enum.values() if isinstance(enum, Mapping) else enum)
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


def is_date(text: str) -> bool:
    return _DATE.match(text) is not None


def is_email(text: str) -> bool:
    return 6 <= len(text) < 255 and ".." not in text.partition("@")[2] and _EMAIL.match(text) is not None


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _unique(items: Sequence[Any]) -> bool:
    seen: list[Any] = []
    for item in items:
        if any(_same(item, other) for other in seen):
            return False
        seen.append(item)
    return True


def _choose(value: Any, schema: Schema, name: str) -> tuple[Flaw | None, Schema | None]:
    """Which of `anyOf` (the first that fits) or `oneOf` (the only one that fits) a value is held against."""
    options: Sequence[Schema] = schema.get("anyOf") or schema["oneOf"]
    flaws: list[Flaw] = []
    fitting: list[int] = []
    for i, option in enumerate(options):
        option = option if "type" in option or "type" not in schema else {**option, "type": schema["type"]}
        if flaw := check(value, option, name):
            flaws.append(flaw)
        else:
            fitting.append(i)
    if not fitting:
        if len(flaws) == 1:
            return flaws[0], None
        return Flaw("rest_no_matching_schema", f"{name} fits none of the forms it may have."), None
    if "anyOf" not in schema and len(fitting) > 1:
        message = f"{name} fits more than one of the forms it may have."
        return Flaw("rest_one_of_multiple_matches", message, {"positions": fitting}), None
    return None, options[fitting[0]]


def clean(value: Any, schema: Schema, name: str = "") -> Any:
    """A value as its schema types it."""
    if "anyOf" in schema or "oneOf" in schema:
        flaw, chosen = _choose(value, schema, name)
        if flaw or chosen is None:
            return None
        schema = {**schema, **chosen}
        schema = {k: v for k, v in schema.items() if k not in {"anyOf", "oneOf"}}
    kind = kind_of(value, schema, strict=False)
    match kind:
        case "array":
            items = items_of(value)
            if inner := schema.get("items"):
                items = [clean(item, inner, f"{name}[{i}]") for i, item in enumerate(items)]
            return _distinct(items) if schema.get("uniqueItems") else items
        case "object":
            return _clean_object(value, schema, name)
        case "null":
            return None
        case "integer":
            return to_int(value)
        case "number":
            return float(value) if is_numeric(value) else 0.0
        case "boolean":
            return to_bool(value)
        case "string":
            text = "" if value is None else str(value) if not isinstance(value, bool) else "1" if value else ""
            return _clean_format(text, schema.get("format"))
    return value


def _clean_format(text: str, form: str | None) -> str:
    match form:
        case "hex-color":
            return text if _COLOR.match(text) else ""
        case "uri":
            return clean_uri(text)
        case "date-time" | "email" | "ip" | "uuid" | "text-field":
            return text_field(text)
        case "textarea-field":
            return "\n".join(text_field(line) for line in text.split("\n"))
    return text


def _clean_object(value: Any, schema: Schema, name: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, inner in _members(value).items():
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


def to_int(value: Any) -> int:
    """PHP's (int): what a text begins with; beyond 64 bits its extreme."""
    if isinstance(value, bool | int):
        number = int(value)
    elif isinstance(value, float):
        number = int(value) if abs(value) < 2**63 else 0
    else:
        match = re.match(r"\s*[+-]?\d{1,400}(\.\d*)?([eE][+-]?\d{1,3})?", str(value), re.ASCII)
        try:
            number = int(match[0]) if match and not (match[1] or match[2]) else int(float(match[0])) if match else 0
        except OverflowError:
            number = 2**63
    return max(-(2**63), min(number, 2**63 - 1))


def to_bool(value: Any) -> bool:
    if isinstance(value, str):
        return value.lower() not in {"", "0", "false"}
    return bool(value)


_TAGS = re.compile(r"<[^<>]*>")
_OCTETS = re.compile(r"%[a-fA-F0-9]{2}")
_SPACE = re.compile(r"[\r\n\t ]+")


def text_field(text: str) -> str:
    """One clean line of a parameter: no tags, no percent-octets, single spaces (sanitize_text_field)."""
    if "<" in text:
        text = _TAGS.sub("", text)
    text = _SPACE.sub(" ", text).strip()
    while _OCTETS.search(text):
        text = _SPACE.sub(" ", _OCTETS.sub("", text)).strip()
    return text


_UNSAFE = re.compile(r"[^A-Za-z0-9\-~+_.?#=!&;,/:%@$|*'()\[\]\x80-\U0010ffff]")


def clean_uri(text: str) -> str:
    """An address with a scheme that may be linked to, else nothing (sanitize_url, for parameters)."""
    text = _UNSAFE.sub("", text.strip().replace(" ", "%20"))
    scheme, colon, _ = text.partition(":")
    if not text or (colon and "/" not in scheme and scheme.lower() not in {"http", "https", "mailto", "ftp", "ftps"}):
        return ""
    if colon or text[0] in "/#?":
        return text
    return "http://" + text
