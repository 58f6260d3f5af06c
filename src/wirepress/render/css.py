"""The declarations of a `style` attribute that are safe to keep: `safecss_filter_attr`."""

import re

from wirepress.render.kses_rules import CSS_GRADIENT_PROPERTIES, CSS_PROPERTIES, CSS_URL_PROPERTIES
from wirepress.render.phpstr import trim
from wirepress.render.urls import without_bad_protocol, without_nulls

_LINE_SIGNS = str.maketrans(dict.fromkeys("\n\r\t"))
_CUSTOM_PROPERTY = re.compile(r"--[a-zA-Z0-9_-]+\Z")
_URL = re.compile(r"url\([^)]+\)")
_URL_PARTS = re.compile(r"url\(\s*(['\"]?)(.*)(\1)\s*\)\Z", re.ASCII)
_GRADIENT = re.compile(r"(?:repeating-)?(?:linear|radial|conic)-gradient\(")
_FUNCTION = re.compile(
    r"\b(?:var|calc|minmax|min|max|clamp|repeat"  # values
    r"|matrix|rotate|scale|skewX|skewY|translate"  # transforms
    r"|inset|circle|ellipse|polygon|path|rect|xywh|shape)\(",  # shapes
    re.ASCII,
)
_BRACKET = re.compile(r"[()]")
_FORBIDDEN = re.compile(r"[\\(&=}]|/\*")


def clean_style(css: str) -> str:
    """The allowed declarations, as they were written, joined by `;` (`safecss_filter_attr`)."""
    declarations = trim(without_nulls(css).translate(_LINE_SIGNS)).split(";")
    return ";".join(kept for item in declarations if item and (kept := trim(item)) is not None and _is_safe(kept))


def _is_safe(declaration: str) -> bool:
    name, colon, value = declaration.partition(":")
    name, value = trim(name), trim(value)
    rest = declaration
    if colon:
        with_urls, with_gradients = name in CSS_URL_PROPERTIES, name in CSS_GRADIENT_PROPERTIES
        if _CUSTOM_PROPERTY.match(name):
            with_urls, with_gradients = value.startswith("url("), "-gradient(" in value
        elif name not in CSS_PROPERTIES:
            return False
        if with_urls:
            if not all(map(_is_safe_url, _urls(value))):
                return False
            rest = _without_urls(rest)
        if with_gradients:
            rest = _without_functions(rest, _GRADIENT, deepest=2)
    return not _FORBIDDEN.search(_without_functions(rest, _FUNCTION))


def _closed(text: str) -> str:
    """The text up to its last closing bracket: beyond it no `url(...)` can end."""
    return text[: text.rfind(")") + 1]


def _urls(value: str) -> list[str]:
    return _URL.findall(_closed(value))


def _without_urls(declaration: str) -> str:
    closed = _closed(declaration)
    return _URL.sub("", closed) + declaration[len(closed) :]


def _is_safe_url(url: str) -> bool:
    parts = _URL_PARTS.match(url)
    if parts is None:
        return False
    address = trim(parts[2])
    return address not in ("", "0") and without_bad_protocol(address) == address


def _without_functions(text: str, function: re.Pattern[str], *, deepest: int = 0) -> str:
    """Takes functions off, with all they enclose, if their brackets are balanced and nest no deeper than `deepest`."""
    end = text.rfind(")")
    if end < 0 or "(" not in text:
        return text
    closing: dict[int, int] = {}
    depths: dict[int, int] = {}
    opened: list[int] = []
    depth = 0  # of what is closed within the bracket that is open
    deeper: list[int] = []
    for found in _BRACKET.finditer(text, 0, end + 1):
        place = found.start()
        if text[place] == "(":
            opened.append(place)
            deeper.append(depth)
            depth = 0
        elif opened:
            start = opened.pop()
            closing[start], depths[start] = place, depth + 1
            depth = max(deeper.pop(), depth + 1)
    out: list[str] = []
    at = 0
    for found in function.finditer(text):
        start = found.end() - 1
        if start in closing and found.start() >= at and not 0 < deepest < depths[start]:
            out.append(text[at : found.start()])
            at = closing[start] + 1
    out.append(text[at:])
    return "".join(out)
