"""WordPress's filter for markup that may be hostile: allowed elements, attributes, protocols and CSS (KSES).

What is filtered here is then parsed by browsers: where WordPress's answer and safety differ, safety wins.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from wirepress.render.attributes import Attribute, parse_attributes
from wirepress.render.css import clean_style
from wirepress.render.entities import each_replaced, escape_attribute, normalize_entities
from wirepress.render.kses_rules import COMMENT_ELEMENTS, PLAIN_ELEMENTS, POST_ELEMENTS, URL_ATTRIBUTES, Elements
from wirepress.render.markup import NextFind
from wirepress.render.phpstr import lower
from wirepress.render.strip import escape_unclosed
from wirepress.render.urls import PROTOCOLS, without_bad_protocol, without_controls

_TAG = re.compile(r"<\s*+(/\s*+)?([a-zA-Z0-9-]++)([^>]*+)>?\n?\Z", re.ASCII)
_BOGUS_COMMENT = re.compile(r"<(?:/[^a-zA-Z]|![a-z])[^>]*>\n?\Z")
"""What a browser reads as a comment though it is not written as one."""
_DATA_ATTRIBUTE = re.compile(r"data-[a-z0-9_-]+\Z")
_LETTER = re.compile(r"[a-zA-Z]")
_ANGLES = str.maketrans(dict.fromkeys("<>"))
_VALUE_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&apos;"), ('"', "&quot;"))
_WORK_PER_SIGN, _LEAST_WORK = 30, 2000

BlockFilter = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Rules:
    """A context of KSES. `media_host` is where PDF objects may come from; `blocks` filters block attributes."""

    elements: Elements
    protocols: Collection[str] = PROTOCOLS
    media_host: str = ""
    blocks: BlockFilter | None = None


POST = Rules(POST_ELEMENTS)
"""For contents of posts and pages."""

PLAIN = Rules(PLAIN_ELEMENTS)
"""For titles and other short texts."""

COMMENT = Rules(COMMENT_ELEMENTS)
"""For comments and notes."""


def kses_markup(text: str) -> str:
    """`wp_kses_post` of markup that holds no block comments: captions, and what blocks and templates have made.

    A text with blocks, such as a content on its way to the store, is for `saving.kses_post`.
    """
    return kses(text, POST)


def kses(text: str, rules: Rules) -> str:
    """Leaves only what the rules allow (`wp_kses`)."""
    return _Filter(rules, _WORK_PER_SIGN * len(text) + _LEAST_WORK).clean(text)


@dataclass(slots=True)
class _Filter:
    """The rules and how much may still be read: comments are filtered until they come to rest."""

    rules: Rules
    work: int

    def clean(self, text: str) -> str:
        self.work -= len(text)
        text = escape_unclosed(normalize_entities(without_controls(text)))
        if self.rules.blocks:
            text = self.rules.blocks(text)
        if "<" not in text and ">" not in text:
            return text
        return "".join(piece if plain else self._cleaned(piece.replace('\\"', '"')) for plain, piece in _pieces(text))

    def _cleaned(self, piece: str) -> str:
        """One piece of markup as the rules leave it (`wp_kses_split2`)."""
        if piece[0] != "<":
            return "&gt;"
        if _BOGUS_COMMENT.match(piece):
            return f"{piece[:2]}{self._settled(piece[2:-1])}>"
        if piece.startswith("<!--"):
            return self._cleaned_comment(piece)
        tag = _TAG.match(piece)
        if not tag or lower(tag[2]) not in self.rules.elements:
            return ""
        return f"</{tag[2]}>" if tag[1] else _cleaned_tag(tag[2], tag[3], self.rules)

    def _cleaned_comment(self, piece: str) -> str:
        content = self._settled(piece.replace("<!--", "").replace("-->", ""))
        if not content:
            return ""
        content = re.sub("--+", "-", content)
        return f"<!--{re.sub('-$', '', content)}-->"

    def _settled(self, text: str) -> str:
        """What is left when filtering changes no more; "" for what is built so that it does not come to rest soon."""
        while self.work > 0:
            before = text
            text = self.clean(text)
            if text == before:
                return text
        return ""


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Text (True) and what looks like markup (False): comments, tags, and a `>` that closes nothing."""
    ends = {closer: NextFind(text, closer) for closer in (">", "-->", "\n")}
    opening = NextFind(text, "<")
    at = 0
    while True:
        less, greater = opening.after(at), ends[">"].after(at)
        if less < 0 and greater < 0:
            break
        start = greater if less < 0 or 0 <= greater < less else less
        if start > at:
            yield True, text[at:start]
        at = _end_of_piece(text, start, ends)
        yield False, text[start:at]
    if at < len(text):
        yield True, text[at:]


def _end_of_piece(text: str, start: int, ends: dict[str, NextFind]) -> int:
    if text[start] == ">":
        return start + 1
    if text.startswith("<!--", start):
        # a comment is closed on its own line, or reaches to the end of the text
        close, line = ends["-->"].after(start + 4), ends["\n"].after(start + 4)
        line_end = len(text) if line < 0 else line
        if 0 <= close < line_end:
            return close + 3
        if line_end >= len(text) - 1:
            return line_end
    if text.startswith("</", start) and not _LETTER.match(text, start + 2):
        close = text.find(">", start + 3)
    else:
        close = ends[">"].after(start + 1)
    return len(text) if close < 0 else close + 1


def _cleaned_tag(name: str, source: str, rules: Rules) -> str:
    """An opening tag with the attributes it may carry (`wp_kses_attr`)."""
    slash = " /" if source.rstrip(" \t\n\r\f\v").endswith("/") else ""
    element = lower(name)
    allowed = rules.elements[element]
    if not allowed:
        return f"<{name}{slash}>"
    kept = [found for found in parse_attributes(source) if _name_is_allowed(found.name, allowed)]
    if element == "object" and not _is_pdf(kept, rules):
        return "" if slash else f"<{name}>"
    written = "".join(f" {shown}" for found in kept if (shown := _cleaned_attribute(found, element, rules)))
    return f"<{name}{written.translate(_ANGLES)}{slash}>"


def _name_is_allowed(name: str, allowed: frozenset[str]) -> bool:
    return name in allowed or ("data-*" in allowed and bool(_DATA_ATTRIBUTE.match(name)))


def _is_pdf(attributes: list[Attribute], rules: Rules) -> bool:
    """An object must be a PDF of this site's own media."""
    values = {found.name: found.value or "" for found in attributes}
    address = values.get("data", "")
    own = rules.media_host and address.startswith((f"http://{rules.media_host}/", f"https://{rules.media_host}/"))
    plain = "?" not in address and "#" not in address and address.endswith(".pdf")
    return bool(own) and plain and values.get("type") == "application/pdf"


def _cleaned_attribute(found: Attribute, element: str, rules: Rules) -> str:
    """The attribute as it is written out, "" if its value is not allowed."""
    if found.value is None:
        return "" if found.name == "style" else found.name
    if element == "a" and found.name == "download":
        return ""
    value = found.value
    if found.name in URL_ATTRIBUTES:
        value = without_bad_protocol(value, rules.protocols)
    if found.name == "style":
        value = clean_style(found.value)
        if value in ("", "0"):
            return ""
        if value != found.value:
            return f'style="{escape_attribute(value)}"'
    return f'{found.name}="{each_replaced(value, _VALUE_ESCAPES)}"'


def clean_attribute(attribute: str, element: str, rules: Rules = POST) -> str:
    """One attribute as written, as this element may carry it, "" if it may not (`wp_kses_one_attr`)."""
    allowed = rules.elements.get(lower(element))
    if not allowed:
        return ""
    found = parse_attributes(attribute)
    if len(found) != 1 or not _name_is_allowed(found[0].name, allowed):
        return ""
    return _cleaned_attribute(found[0], lower(element), rules).translate(_ANGLES)
