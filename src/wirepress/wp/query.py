"""Query strings as PHP reads (parse_str) and WordPress builds them (build_query)."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from wirepress.model.blob import Blob
from wirepress.url.query import encoded

MOST_VARIABLES = 1000
"""PHP's max_input_vars."""
DEEPEST = 64
"""PHP's max_input_nesting_level."""

STEP = 64 << 10
"""How much of a long text is decoded at a time: nobody else gets a turn while it is."""

_KEY = re.compile(r"\[([^\]]*)\]")
_PLAIN = "!#$%&'()*+,/:;=?@[\\]^`{|}~"
_SAFE_KEY = re.compile(r"[!#-;=?-~]*\Z")


def parse(query: str) -> dict[str, Any]:
    """The variables of a query string: `a[]=1`, `a[0]=1` and `a[b]=1` become lists and dicts, the last one of a
    name wins."""
    pairs = (pair.partition("=") for pair in query.split("&", MOST_VARIABLES)[:MOST_VARIABLES] if pair)
    return of_pairs((_decoded(name), _decoded(value)) for name, _, value in pairs)


def of_form(body: Blob) -> dict[str, Any]:
    """The variables of a form that is encoded as a query string is."""
    return parse(_text(body.pieces(STEP)))


def of_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The variables that names with their values make."""
    variables: dict[str, Any] = {}
    for name, value in islice(pairs, MOST_VARIABLES):
        _put(variables, name, value)
    return {name: _listed(value) for name, value in variables.items()}


def _text(pieces: Iterable[bytes]) -> str:
    decoder = getincrementaldecoder("utf-8")("replace")
    return "".join([*map(decoder.decode, pieces), decoder.decode(b"", final=True)])


def _decoded(text: str) -> str:
    if len(text) <= STEP:
        return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")
    return _text(unquote_to_bytes(step.replace("+", " ")) for step in _steps(text))


def _steps(text: str) -> Iterator[str]:
    """A long text in steps, none of which ends within an octet that is written as three signs."""
    start = 0
    while start < len(text):
        end = start + STEP
        if (sign := text.rfind("%", max(start + 1, end - 2), end)) > 0:
            end = sign
        yield text[start:end]
        start = end


def _put(variables: dict[str, Any], name: str, value: str) -> None:
    name = name.lstrip(" ")
    bracket = name.find("[", 1)
    base, rest = (name, "") if bracket < 0 else (name[:bracket], name[bracket:])
    keys: list[str] = []
    at = 0
    while match := _KEY.match(rest, at):
        keys.append(match[1])
        at = match.end()
    if rest and not keys:  # a bracket that is never closed
        base, rest = base + "_" + rest[1:], ""
    base = base.replace(".", "_").replace(" ", "_")
    if not base or len(keys) > DEEPEST:
        return
    place: dict[str, Any] = variables
    key = base
    for step in keys:
        inner = place.get(key)
        if not isinstance(inner, dict):
            inner = place[key] = {}
        place, key = inner, step or _next(inner)
    place[key] = value


def _next(place: dict[str, Any]) -> str:
    return str(max((int(k) for k in place if k.isdecimal() and k.isascii()), default=-1) + 1)


def _listed(value: Any) -> Any:
    """PHP knows one kind of array; one whose keys are 0, 1, 2 ... is a list here."""
    if not isinstance(value, dict):
        return value
    values = [_listed(v) for v in value.values()]
    if all(key == str(i) for i, key in enumerate(value)):
        return values
    return dict(zip(value, values, strict=True))


def build(variables: dict[str, Any]) -> str:
    """Variables as a query string, nested keys as `a%5B0%5D`, an empty value without its `=` (add_query_arg)."""
    pairs: list[str] = []
    for name, value in variables.items():
        _flatten(_key(name), value, pairs)
    return "&".join(pairs)


def _key(name: str) -> str:
    """A name as it may stand in a header: WordPress leaves names as they were sent, line ends and all."""
    if not _SAFE_KEY.match(name):
        return quote(name, safe=_PLAIN, errors="replace")
    return name


def _flatten(name: str, value: Any, pairs: list[str]) -> None:
    if isinstance(value, dict | list | tuple):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _flatten(f"{name}%5B{_key(str(key))}%5D", inner, pairs)
    elif value is not None:
        text = "" if value is False else str(1 if value is True else value)
        pairs.append(f"{name}={encoded(text)}" if text else name)
