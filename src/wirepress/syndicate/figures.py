"""Figures as sites write them: old forms of captions, credits beside them, pictures that are signs of a text."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.parse.text import element_text, squeeze
from wirepress.syndicate.passages import drop

_LONGEST_CREDIT: Final = 150
_SIGNS: Final = frozenset(("emoji", "wp-smiley"))
_HOLDER: Final = frozenset(("wp-caption", "caption-holder", "image-caption-wrapper"))
_CAPTION: Final = frozenset(("wp-caption-text", "wp-caption-dd"))
_CREDIT: Final = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|photo-?by|bildnachweis)(?:$|[\s_-])", re.IGNORECASE
)
_NAMED: Final = ("data-credit", "data-copyright", "data-photographer")


def settle(body: HtmlElement) -> None:
    """Makes one form of many, in place: what WordPress calls `wp-caption` a figure, an emoji's picture its sign."""
    for image in list(body.iter("img")):
        if _SIGNS & _classes(image):
            image.tag, image.text = "span", squeeze(image.get("alt", ""))[:20]
    for holder in list(body.iter("div", "dl")):
        if _HOLDER & _classes(holder) and holder is not body and next(holder.iter("img"), None) is not None:
            holder.tag = "figure"
            for part in holder.iterdescendants("p", "dd", "div"):
                if _CAPTION & _classes(part):
                    part.tag = "figcaption"


def credit(figure: HtmlElement) -> str:
    """Who made the picture of a figure, where that stands beside its caption or is only data; it is taken out there."""
    said = ""
    for part in list(figure.iterdescendants("span", "small", "p", "div", "cite", "footer", "figcaption")):
        if part.getparent() is None or next(part.iterancestors("figcaption", "figure"), figure) is not figure:
            continue
        is_credit = part.get("itemprop") in ("creditText", "copyrightHolder") or _CREDIT.search(part.get("class", ""))
        is_second = part.tag == "figcaption" and next(figure.iter("figcaption")) is part
        if not is_credit or is_second or next(part.iter("img"), None) is not None:
            continue
        text = squeeze(element_text(part))
        if text and len(text) <= _LONGEST_CREDIT:
            said = said or text
            drop(part)
    pictures = list(figure.iter("img"))
    if said or len(pictures) != 1:
        return said
    return next((text for name in _NAMED if (text := squeeze(pictures[0].get(name, "")))), "")[:_LONGEST_CREDIT]


def with_credit(caption: str, said: str) -> str:
    """A caption (inline markup) with who made its picture, where it does not say so itself."""
    line = escape(said, quote=False)
    if not line or line.casefold() in caption.casefold():
        return caption
    return f"{caption} ({line})" if caption else line


def _classes(element: HtmlElement) -> set[str]:
    return set(element.get("class", "")[:500].split())
