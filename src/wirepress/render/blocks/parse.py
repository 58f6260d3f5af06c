"""The grammar of blocks: HTML with comments such as `<!-- wp:group {"align":"wide"} -->`.

One pass over the text with a stack.  Every document parses: what is no block delimiter is HTML, what is left open at
the end is closed there (`parse_blocks`, `serialize_blocks`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_DEPTH = 60
"""Deeper blocks are kept as HTML."""

LONGEST_REWRITTEN = 100_000
"""Characters of a text whose blocks are read and written again."""
_MOST_REWRITTEN = 1_000  # ... and their delimiters

_SPARE = 100_000  # what unclosed blocks may repeat of a small text; of a large one it is four times the text

_NAME = r"(?>[a-z][a-z0-9_-]*+/|)[a-z][a-z0-9_-]*+"
_HEAD = re.compile(rf"<!--\s++(/)?wp:({_NAME})\s++", re.ASCII)
_UNSAFE = re.compile(r'\\\\|--|[<>&\u2028\u2029]|\\"')
_END = re.compile(r"/?+-->", re.ASCII)
_ATTRIBUTES_END = re.compile(r"\}\s++/?+-->", re.ASCII)


@dataclass(slots=True)
class Block:
    """A block.  `parts` are the pieces of its HTML in order, None where the next inner block stands; `name` is None
    for HTML between blocks, `attributes` None where what was written is no JSON.
    `around` is the layout that the block it lies in asks for; rendering notes it.
    """

    name: str | None
    attributes: dict[str, Any] | None = field(default_factory=dict)
    inner: list[Block] = field(default_factory=list)
    parts: list[str | None] = field(default_factory=list)
    around: Any = None

    @property
    def html(self) -> str:
        """The block's own HTML, without what its inner blocks hold."""
        return "".join(part for part in self.parts if part is not None)

    @property
    def settings(self) -> dict[str, Any]:
        """The attributes, an empty mapping where there are none."""
        return self.attributes or {}


@dataclass(frozen=True, slots=True)
class _Delimiter:
    start: int
    end: int
    name: str
    closes: bool
    void: bool
    attributes: dict[str, Any] | None


def has_blocks(text: str) -> bool:
    """Whether a content counts as made of blocks (`has_blocks`)."""
    return "<!-- wp:" in text


@dataclass(slots=True)
class _Open:
    """A block whose end has not been seen; `at` is where its HTML goes on."""

    block: Block
    at: int


def parse(text: str) -> list[Block]:
    """The blocks of a text."""
    return parse_checked(text)[0]


def parse_checked(text: str) -> tuple[list[Block], bool]:
    """The blocks of a text, and whether each that was opened was closed."""
    blocks, is_closed, _ = _parsed(text)
    return blocks, is_closed


def _parsed(text: str) -> tuple[list[Block], bool, bool]:
    """The blocks of a text, whether each that was opened was closed, and whether all that WordPress would read is
    read.

    A closer closes the innermost block whatever its name.  At a closer without a block the rest is HTML; blocks that
    are open at the end come out one by one, the innermost first, each with all the text from where it was left.
    """
    out: list[Block] = []
    if "<!--" not in text:
        _append_loose(out, text)
        return out, True, True
    stack: list[_Open] = []
    at = 0
    is_whole = True
    for mark in _delimiters(text):
        if mark.closes:
            if not stack:
                _append_loose(out, text[at:])
                return out, False, is_whole
            closing = stack.pop()
            _append_html(closing.block, text[closing.at : mark.start])
            _append_block(out, stack, closing.block, mark.end)
        elif len(stack) >= MAX_DEPTH:
            is_whole = False
            continue
        else:
            if stack:
                _append_html(stack[-1].block, text[stack[-1].at : mark.start])
                stack[-1].at = mark.start
            else:
                _append_loose(out, text[at : mark.start])
            block = Block(mark.name, mark.attributes)
            if mark.void:
                _append_block(out, stack, block, mark.end)
            else:
                stack.append(_Open(block, mark.end))
        at = mark.end
    if not stack:
        _append_loose(out, text[at:])
        return out, True, is_whole
    return out, False, _append_unclosed(out, stack, text) and is_whole


def _append_unclosed(out: list[Block], stack: list[_Open], text: str) -> bool:
    """Appends the blocks that nothing closes; whether each has all of its text."""
    copied = 0
    is_whole = True
    for left in reversed(stack):
        if copied <= 4 * len(text) + _SPARE:
            _append_html(left.block, text[left.at :])
            copied += len(text) - left.at
        else:
            is_whole = False
        out.append(left.block)
    return is_whole


def _append_block(out: list[Block], stack: list[_Open], block: Block, end: int) -> None:
    """Puts a block into the one that is open, if one is."""
    if stack:
        _append_inner(stack[-1], block, end)
    else:
        out.append(block)


def _append_loose(out: list[Block], html: str) -> None:
    if html:
        out.append(Block(None, parts=[html]))


def _append_html(block: Block, html: str) -> None:
    if html and block.parts and block.parts[-1] is not None:
        block.parts[-1] += html
    elif html:
        block.parts.append(html)


def _append_inner(parent: _Open, block: Block, end: int) -> None:
    parent.block.inner.append(block)
    parent.block.parts.append(None)
    parent.at = end


def _delimiters(text: str) -> Iterator[_Delimiter]:
    """The delimiters in order.  Attributes end at the first `}` that a delimiter's end follows; that place is searched
    once for each stretch of the text."""
    at = 0
    brace: re.Match[str] | None = None
    exhausted = False
    while head := _HEAD.search(text, at):
        at = head.end(2)
        attributes: dict[str, Any] | None = {}
        if text.startswith("{", head.end()):
            if not exhausted and (brace is None or brace.start() < head.end()):
                brace = _ATTRIBUTES_END.search(text, head.end())
                exhausted = brace is None
            if brace is None:
                continue
            attributes = _attributes(text[head.end() : brace.start() + 1])
            end, void = brace.end(), text[brace.end() - 4] == "/"
        elif close := _END.match(text, head.end()):
            end, void = close.end(), len(close[0]) == 4
        else:
            continue
        name = head[2] if "/" in head[2] else f"core/{head[2]}"
        yield _Delimiter(head.start(), end, name, bool(head[1]), void and not head[1], attributes)
        at = end


def _attributes(source: str) -> dict[str, Any] | None:
    try:
        value = json.loads(source, parse_constant=_no_constant, object_pairs_hook=_as_php)
    except (ValueError, RecursionError):
        return None
    if value == []:
        return {}
    if not isinstance(value, dict):
        return None
    plain = source.isascii() and "\\u" not in source
    return value if plain or _is_text(value) else None


def _is_text(value: Any) -> bool:
    """Whether all of it can be written: JSON may name halves of characters."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_php(pairs: list[tuple[str, Any]]) -> Any:
    """An object as PHP's arrays hold it: one without keys, or with the keys 0, 1, 2 ..., is a list."""
    values = dict(pairs)
    listed = (not pairs or pairs[0][0] == "0") and all(key == str(place) for place, key in enumerate(values))
    return list(values.values()) if listed else values


def _no_constant(name: str) -> Any:
    raise ValueError(name)


# ---- and back


def length_of(blocks: list[Block]) -> int:
    """How much HTML blocks hold, those inside them too."""
    waiting, length = list(blocks), 0
    while waiting:
        block = waiting.pop()
        length += sum(len(part) for part in block.parts if part is not None)
        waiting += block.inner
    return length


def serialize(blocks: list[Block]) -> str:
    """Blocks as text (`serialize_blocks`)."""
    return "".join(map(serialize_block, blocks))


def rewritten_within(parent: str, text: str) -> str:
    """A text as it comes out of the block that holds it, read and written again: attributes in one form, each block
    with the closer of its name (`apply_block_hooks_to_content_from_post_object`).  One that we do not read to its end
    stays as it is, so that an editor who saves it loses nothing; so does one that is very long or of very many blocks,
    since others may wait while it is read."""
    is_long = len(text) > LONGEST_REWRITTEN or text.count("<!--") > _MOST_REWRITTEN
    if is_long or not has_blocks(text):
        return text
    blocks, _, is_whole = _parsed(f"<!-- wp:{parent} -->{text}<!-- /wp:{parent} -->")
    if not is_whole:
        return text
    written = serialize(blocks)
    return written[written.index("-->") + 3 : written.rindex("<!--")]


def serialize_block(block: Block) -> str:
    """One block as text."""
    inner = iter(block.inner)
    content = "".join(part if part is not None else serialize_block(next(inner)) for part in block.parts)
    if block.name is None:
        return content
    name = block.name.removeprefix("core/")
    attributes = f"{attributes_json(block.attributes)} " if block.attributes else ""
    if not content:
        return f"<!-- wp:{name} {attributes}/-->"
    return f"<!-- wp:{name} {attributes}-->{content}<!-- /wp:{name} -->"


def attributes_json(attributes: dict[str, Any]) -> str:
    """Attributes as the delimiter holds them: JSON that cannot end the comment (`serialize_block_attributes`)."""
    text = json.dumps(_as_php_writes(attributes), ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(_escaped, text)


def _as_php_writes(value: Any) -> Any:
    """A value whose whole numbers have no fraction, as PHP's json_encode writes them."""
    if isinstance(value, dict):
        return {key: _as_php_writes(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_php_writes(inner) for inner in value]
    is_whole = isinstance(value, float) and abs(value) < 1e15 and value.is_integer()
    return int(value) if is_whole else value


def _escaped(found: re.Match[str]) -> str:
    """JSON's escapes of what the sign, or the escape of a sign, stands for."""
    signs = found[0][1:] if found[0][0] == "\\" else found[0]
    return "".join(f"\\u{ord(sign):04x}" for sign in signs)


def as_json(block: Block) -> dict[str, Any]:
    """The block as WordPress's `parse_blocks` shows it; no attributes are an empty list, as PHP's empty array."""
    return {
        "blockName": block.name,
        "attrs": None if block.attributes is None else block.attributes or [],
        "innerBlocks": [as_json(inner) for inner in block.inner],
        "innerHTML": block.html,
        "innerContent": list(block.parts),
    }
