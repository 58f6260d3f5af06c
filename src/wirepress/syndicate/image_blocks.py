"""The image blocks of a text that was cleaned (`clean`): what they show, and putting others in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from wirepress.syndicate.parse.pictures import same_picture

# As `blocks.image` writes it; what a caption holds is inline markup, never a comment, so that no search runs on.
_BLOCK: Final = re.compile(
    r'<!-- wp:image -->\n<figure class="wp-block-image">'
    r'<img src="(?P<url>[^"]*)" alt="(?P<alt>[^"]*)" ?/>'
    r'(?:<figcaption class="wp-element-caption">(?P<caption>[^<]*(?:<(?!!--|/figcaption>)[^<]*)*)</figcaption>)?'
    r"</figure>\n<!-- /wp:image -->(?P<gap>\n\n)?"
)
# One of the library, whatever an editor has made of it; image blocks do not lie in each other.
_PLACED: Final = re.compile(
    r'<!-- wp:image \{[^<>]{0,2000}?"id":(?P<id>\d{1,18})\b[^<>]{0,2000}-->'
    r"[^<]*(?:<(?!!--)[^<]*)*<!-- /wp:image -->(?:\n\n)?"
)
_EMPTY_QUOTE: Final = re.compile(
    r'<!-- wp:quote -->\n<blockquote class="wp-block-quote">\s*(?:<cite>[^<]*</cite>)?</blockquote>\n'
    r"<!-- /wp:quote -->(?:\n\n)?"
)
_LAST_GAP: Final = re.compile(r"-->\n\n(</blockquote>|<cite>)")
_TAG: Final = re.compile(r"<img\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a text shows it."""

    url: str
    alt: str = ""
    caption: str = ""
    """Inline markup, the credit in it."""


def pictures_in(text: str) -> Iterator[Shown]:
    """The pictures of a text, in order."""
    return (_shown(found) for found in _BLOCK.finditer(text))


def replaced(text: str, make: Callable[[Shown], str | None]) -> str:
    """A text with what is made of each picture in its place; "" leaves it out with its caption, None as it is."""

    def put(found: re.Match[str]) -> str:
        made = make(_shown(found))
        if made is None:
            return found[0]
        return f"{made}{found['gap'] or ''}" if made else ""

    after = _BLOCK.sub(put, text)
    return _tidy(after) if after != text else text


def without_pictures(text: str) -> str:
    """A text without its pictures and their captions."""
    return replaced(text, lambda _: "")


def without_twin(text: str, lead: str) -> tuple[str, str]:
    """A text without renditions of its lead picture, which the post shows by itself, and the caption that one had."""
    captions: list[str] = []

    def made(shown: Shown) -> str | None:
        if not same_picture(shown.url, lead):
            return None
        captions.append(shown.caption)
        return ""

    text = replaced(text, made)
    return text, next(filter(None, captions), "")


def without_attachments(text: str, attachments: Collection[int]) -> str:
    """A text, whoever has written in it since, without the image blocks of some attachments."""
    if not attachments:
        return text

    def kept(found: re.Match[str]) -> str:
        return "" if int(found["id"]) in attachments else found[0]

    after = _PLACED.sub(kept, text)
    return _tidy(after) if after != text else text


def _tidy(text: str) -> str:
    """A text of which blocks were taken out, without what they leave."""
    return _EMPTY_QUOTE.sub("", _LAST_GAP.sub(r"-->\1", text)).removesuffix("\n\n")


def only_own(text: str, is_own: Callable[[str], bool]) -> str:
    """A text without any `img` that is not of this site, wherever it stands: no reader's page asks another server."""

    def kept(found: re.Match[str]) -> str:
        source = re.search(r'\bsrc="([^"]*)"', found[0])
        return found[0] if source and is_own(unescape(source[1])) else ""

    return _TAG.sub(kept, text)


def _shown(found: re.Match[str]) -> Shown:
    return Shown(unescape(found["url"]), unescape(found["alt"]), found["caption"] or "")
