"""Titles as feeds write them: plain text, markup, escaped once too often, or a text about markup."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Final

from wirepress.syndicate.parse.text import LONGEST_TITLE, squeeze

_TAG: Final = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b((?:[^<>"']|"[^"]*"|'[^']*'|)*+)>|<!--.*?(?:-->|\Z)""", re.DOTALL
)
_INLINE: Final = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "ruby", "rt", "rp", "label",
))  # fmt: skip
_BLOCK: Final = frozenset((
    "article", "blockquote", "body", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "ol",
    "p", "pre", "section", "ul", "table", "tbody", "tr", "td", "th", "title", "dd", "dl", "dt", "figure", "aside",
))  # fmt: skip
_EMBEDDED: Final = frozenset((
    "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "img", "input", "link", "meta", "object",
    "param", "picture", "script", "source", "style", "svg", "video",
))  # fmt: skip
_ALONE: Final = frozenset(("br", "wbr", "hr", "img"))
_HIDDEN: Final = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]{0,20000}</\1\s*>", re.IGNORECASE)
_STILL_ESCAPED: Final = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|amp|quot|apos|nbsp|[lr][sd]quo|[nm]dash|hellip);"
)
_NUMBER: Final = re.compile(r"&#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5});")
_LONGEST: Final = 50_000


def title_of(markup: str) -> str:
    """The plain text of a title that may be markup.

    Tags that mean something are taken out; one that a title talks about (`the <table> tag`, `Vec<T>`) is part of it.
    """
    markup = markup[:_LONGEST]
    if "<" in markup:
        markup = _without_tags(markup)
    text = html.unescape(markup) if "&" in markup else markup
    if "&" in text and _STILL_ESCAPED.search(text):
        text = html.unescape(text)
    return squeeze(text)[:LONGEST_TITLE]


def exact_title(text: str) -> str:
    """A title that its feed declares to be text: as it is, but for characters by number, which nobody means to show."""
    text = text[:_LONGEST]
    if "&#" in text:
        text = _NUMBER.sub(lambda match: html.unescape(match[0]), text)
    return squeeze(text)[:LONGEST_TITLE]


def _without_tags(markup: str) -> str:
    markup = _HIDDEN.sub(" ", markup)
    opened: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for match in _TAG.finditer(markup):
        if match[2]:
            (closed if match[1] else opened)[match[2].lower()] += 1

    def replaced(match: re.Match[str]) -> str:
        if match[2] is None:
            return ""  # a comment
        name = match[2].lower()
        if not _is_markup(match, name, paired=bool(opened[name] and closed[name])):
            return match[0]
        return "" if name in _INLINE or name == "wbr" else " "

    return _TAG.sub(replaced, markup)


def _is_markup(match: re.Match[str], name: str, *, paired: bool) -> bool:
    """Whether a tag is there to format a title, rather than to be read in it."""
    if name in _ALONE:
        return name != "img" or "src" in match[3]
    if name not in _INLINE and name not in _BLOCK:
        return name in _EMBEDDED and (paired or "=" in match[3])
    begins = not match[1] and match.start() == 0 and name in _INLINE
    return paired or begins or "=" in match[3]
