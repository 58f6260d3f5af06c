"""Texts on their way to the store, written by someone without `unfiltered_html`: the order of the filters.

What blocks carry in their comments is filtered like the markup itself.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from wirepress.render.blocks.parse import Block, parse, serialize
from wirepress.render.entities import repair_invalid_entities
from wirepress.render.kses import COMMENT, PLAIN, POST, Rules, kses
from wirepress.render.links import with_rel
from wirepress.render.phpstr import trim

_DEEPEST = 100
"""No block nests its attributes deeper; what does is made to exhaust us."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How a text is cleaned: for a writer who may write any HTML or may not, on a site whose media lie at `host`, which
    closes what was left open or does not (`balances`)."""

    unfiltered: bool
    host: str
    balances: bool = False


def kses_post(text: str, media_host: str = "") -> str:
    """The markup that an author without special trust may write (`wp_kses_post`).

    `media_host` is where the site's own media lie: PDF objects may come from nowhere else.
    """
    return _filtered(text, replace(POST, media_host=media_host))


def kses_plain(text: str) -> str:
    """The little markup that titles may hold (`wp_kses_data`, `wp_filter_kses` of unslashed text)."""
    return _filtered(text, PLAIN)


def saved_content(text: str, media_host: str = "") -> str:
    """A content or an excerpt (the `content_save_pre` filters)."""
    return kses_post(repair_invalid_entities(text), media_host)


def saved_title(text: str) -> str:
    """A title (the `title_save_pre` filters)."""
    return kses_plain(trim(text))


@lru_cache(maxsize=8)
def saved_comment(text: str, *, host: str = "") -> str:
    """A comment (the `pre_comment_content` filters); `host` is the site's own.  The last few are kept, as those of
    `comment_text` are."""
    text = repair_invalid_entities(text)
    text = _filtered(text, COMMENT)
    text = _SPAN_CLASS.sub(_with_classes_of_mentions, text)
    return with_rel(text, host=host)


_SPAN_CLASS = re.compile(r'(<span )class="([^"]*)"', re.IGNORECASE)
_MENTION = re.compile(r"wp-note-mention|user-[1-9][0-9]*", re.ASCII)
_BETWEEN = re.compile(r"([ \t\f\r\n]+)")


def _with_classes_of_mentions(found: re.Match[str]) -> str:
    """A span that has been filtered, with those of its classes that name someone in a note."""
    parts = _BETWEEN.split(found[2])
    names = parts[::2]
    if all(_MENTION.fullmatch(name) for name in names if name):
        return found[0]
    kept: dict[str, str] = {}
    for gap, name in zip(["", *parts[1::2]], names, strict=True):
        if _MENTION.fullmatch(name):
            kept.setdefault(name, gap if kept else "")
    value = "".join(gap + name for name, gap in kept.items())
    return f'{found[1]}class="{value}"' if value else found[1]


def _filtered(text: str, rules: Rules) -> str:
    return kses(text, replace(rules, blocks=lambda content: with_attributes_filtered(content, rules)))


def with_attributes_filtered(text: str, rules: Rules) -> str:
    """The text with the attributes of its blocks filtered by the rules (`filter_block_content`)."""
    if "<!--" not in text:
        return text
    text = _with_short_ends(text)
    if "wp:" not in text:
        return text
    blocks = parse(text)
    for block in blocks:
        _filter_block(block, rules)
    return serialize(blocks)


def _with_short_ends(text: str) -> str:
    """Comments that end in more than two dashes end in two, as block delimiters do."""
    out: list[str] = []
    at = 0
    while (end := text.find("--->", at)) >= 0:
        start = text.find("<!--", at, end)
        if start < 0 or "\n" in text[start:end]:
            out.append(text[at : end + 4])
        else:
            out += (text[at : start + 4], text[start + 4 : end].rstrip("-"), "-->")
        at = end + 4
    out.append(text[at:])
    return "".join(out)


def _filter_block(block: Block, rules: Rules) -> None:
    if block.attributes:
        attributes = _value(block.attributes, rules, 0)
        tag = attributes.get("tagName")
        if block.name == "core/template-part" and tag and tag not in rules.elements:
            attributes["tagName"] = ""
        block.attributes = attributes
    for inner in block.inner:
        _filter_block(inner, rules)


def _value(value: Any, rules: Rules, depth: int) -> Any:
    if isinstance(value, str):
        return kses(value, rules)
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {kses(name, rules): _value(inner, rules, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_value(inner, rules, depth + 1) for inner in value]
    return value
