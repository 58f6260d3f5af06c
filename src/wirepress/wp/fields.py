"""`_fields`: which parts of an answer were asked for, nested names with dots (rest_filter_response_fields)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

Tree = dict[str, "Tree | bool"]

_LIST = re.compile(r"[\s,]+")
MOST = 500
"""How many names are read: each costs time with each item, and no answer has so many parts."""


def listed(value: Any) -> tuple[str, ...]:
    """A comma or space separated list, or a list, as names (wp_parse_list)."""
    names: Iterable[str] = ()
    if isinstance(value, str):
        names = (part for part in _LIST.split(value) if part)
    elif isinstance(value, dict):
        names = (str(v).strip() for v in value.values() if isinstance(v, str | int))
    elif isinstance(value, Sequence) or hasattr(value, "__iter__"):
        names = (str(v).strip() for v in value if isinstance(v, str | int))
    return tuple(islice(dict.fromkeys(names), MOST))


DEEPEST = 64
"""Keys in each other that a name may lead through: deeper in no answer is anything that could be chosen."""


def brief(fields: Sequence[str]) -> bool:
    """Whether what is made of these names may be kept for other requests: many long ones would fill the memory."""
    return not fields or (len(fields) <= 64 and sum(map(len, fields)) <= 2000)


def wanted(name: str, fields: Sequence[str]) -> bool:
    """Whether a field has to be made: it, a part of it or what it is part of was named (rest_is_field_included)."""
    return not fields or any(
        field == name or field.startswith(name + ".") or name.startswith(field + ".") for field in fields
    )


def tree(fields: Sequence[str]) -> Tree:
    """The names as nested keys.  As in WordPress, names after one whose parent was named already are not read."""
    root: Tree = {}
    for field in fields:
        *parents, last = field.split(".", DEEPEST)
        place = root
        for name in parents:
            inner = place.get(name)
            if inner is True:
                return root
            if not isinstance(inner, dict):
                inner = place[name] = {}
            place = inner
        place[last] = True
    return root


def pick(value: Any, chosen: Tree) -> Any:
    """The parts of an object (or of each object of a list) that were chosen; nothing left is `[]`, as in PHP."""
    if isinstance(value, list):
        return [pick(item, chosen) for item in value]
    if not isinstance(value, dict):
        return value
    return _intersect(value, chosen) or []


def _intersect(value: Any, chosen: Tree) -> Any:
    if isinstance(value, list):
        value = {str(i): v for i, v in enumerate(value)}
        kept = _intersect(value, chosen)
        if all(k == str(i) for i, k in enumerate(kept)):
            return list(kept.values())
        return kept
    result: dict[str, Any] = {}
    for key, inner in value.items():
        if (deeper := chosen.get(key)) is None:
            continue
        result[key] = (_intersect(inner, deeper) or []) if isinstance(deeper, dict) and _nested(inner) else inner
    return result


def _nested(value: Any) -> bool:
    return isinstance(value, dict | list)
