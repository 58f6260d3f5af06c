"""Values as PHP and WordPress take them: what counts as a number, a list, a date."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any

_SPLIT = re.compile(r"[\s,]+")
_NUMERIC = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*\Z", re.ASCII)
_DATE = re.compile(
    r"\A\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])[Tt ](?:[01]\d|2[0-4]):[0-5]\d:(?:[0-5]\d|60)(\.\d+)?"
    r"(Z|[+-]\d{2}(:\d{2})?)?\Z",
    re.ASCII,
)
_EMAIL = re.compile(r"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:(?!-)[A-Za-z0-9-]+(?<!-)\.)+(?!-)[A-Za-z0-9-]+(?<!-)\Z")


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


def is_array(value: Any) -> bool:
    return isinstance(value, list) or (value is not None and not isinstance(value, dict))


def is_object(value: Any) -> bool:
    return value == "" or isinstance(value, dict | list)


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


def members_of(value: Any) -> dict[str, Any]:
    """What an object holds, by name; a list is one by its places, as in PHP, and anything else holds nothing."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {str(i): v for i, v in enumerate(value)}
    return {}


def is_date(text: str) -> bool:
    """Whether a text is a date as the API takes one (rest_parse_date); days that a month does not have roll over."""
    return _DATE.match(text) is not None


def is_email(text: str) -> bool:
    return 6 <= len(text) < 255 and ".." not in text.partition("@")[2] and _EMAIL.match(text) is not None


def is_address(text: str) -> bool:
    """Whether a text is an address of IPv4 or IPv6, without a zone (rest_is_ip_address)."""
    if "%" in text:
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _beginning(text: str) -> int:
    """The number that a text begins with, 0 where it does with none."""
    match = re.match(r"\s*[+-]?\d{1,400}(\.\d*)?([eE][+-]?\d{1,3})?", text, re.ASCII)
    if match is None:
        return 0
    if not (match[1] or match[2]):
        return int(match[0])
    try:
        return int(float(match[0]))
    except OverflowError:
        return 2**63


def to_int(value: Any) -> int:
    """PHP's (int): what a text begins with; beyond 64 bits its extreme."""
    if isinstance(value, bool | int):
        number = int(value)
    elif isinstance(value, float):
        number = int(value) if abs(value) < 2**63 else 0
    else:
        number = _beginning(str(value))
    return max(-(2**63), min(number, 2**63 - 1))


# ---- out of parameters, which a permission reads before they are checked too


def integer_in(params: Mapping[str, Any], name: str, default: int = 0) -> int:
    """A parameter as a whole number, whatever it holds."""
    value = params.get(name)
    if isinstance(value, dict | list):
        return int(bool(value))  # as PHP casts an array
    if value is None:
        return default
    return to_int(value)


def integers_in(params: Mapping[str, Any], name: str) -> tuple[int, ...]:
    """A parameter as whole numbers; what is no number in it is passed over."""
    value = params.get(name)
    if value is None:
        return ()
    return tuple(to_int(v) for v in items_of(value) if not isinstance(v, dict | list))


def strings_in(params: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A parameter as texts."""
    value = params.get(name)
    if value is None:
        return ()
    return tuple(str(v) for v in items_of(value))
