"""What stands around a passage: the elements that hold it and the names that templates give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

_KINDS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "text": r"body|texts?$|content|copy$|prose|rich|paragraph|^para|markdown|wysiwyg|maintext|articletext",
        "story": r"article|story|^post|entry|^news$|^blog|single",
        "comment": r"comment|disqus|respond|repl(?:y|ies)|forum|livefyre|review",
        "share": r"shar(?:e|ing)|social|follow|facebook|twitter|whatsapp|^print|toolbar|action|button|^btn|^cta",
        "more": r"relat|recommend|recirc|^more|teaser|promo|trending|popular|latest|^most|outbrain|taboola|carousel"
        r"|slider|swiper|^cards?$|^grid|listing|^list$|archive|upnext|^next|^prev|paginat|^pager|^read$|^also$|^feed$",
        "mail": r"newsletter|subscri|signup|paywall|regwall|login|register|membership|donat|signin|^piano|^sign$|form",
        "ad": r"^ads?$|advert|sponsor|banner|^dfp|^gpt|affiliate|^adslot|^adunit|^product|^price|^deal|^buy|^shop",
        "author": r"author|byline|^bio|contributor|writer|avatar|profile|^user",
        "meta": r"^meta|^dates?$|^time|^tags?$|tagged|categor|^topics?$|keyword|^labels?$"
        r"|kicker|eyebrow|^info$|publish",
        "caption": r"caption|credit|legend|figure|gallery|image|^imgs?$|photo|media|video|picture",
        "nav": r"^nav|menu|breadcrumb|^header|masthead|^toc$|contents|^jump|^skip|sitemap|language|^logo|^top$",
        "footer": r"foot|^bottom|disclaimer|legal|copyright|imprint|colophon",
        "aside": r"^side|aside|widget|^rail|complement|^infobox|factbox|^box|callout|^pull|^right$|^secondary",
        "consent": r"cookie|consent|gdpr|privacy|modal|popup|overlay|dialog|notice|^alert|^message",
        "hidden": r"^hid|^sr$|visually|invisible|^screen|collaps|accordion|^tab|tooltip|dropdown|toggle",
        "lead": r"^lead|^lede|intro|standfirst|subtitle|subhead|^deck$|^dek$|summary|excerpt|abstract|^strap|synopsis",
        "title": r"title|headline|heading",
        "note": r"^note|footnote|references?$|source|citation|correction|editor|^faq",
    }.items()
}
NAMES: Final = tuple(_KINDS)
_TOKEN: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TAGS: Final = {
    "article": 1 << 0,
    "main": 1 << 1,
    "aside": 1 << 2,
    "nav": 1 << 3,
    "footer": 1 << 4,
    "header": 1 << 5,
    "li": 1 << 6,
    "table": 1 << 7,
    "blockquote": 1 << 8,
    "figure": 1 << 9,
    "a": 1 << 10,
    "dl": 1 << 11,
    "ul": 1 << 12,
    "ol": 1 << 13,
}
OUTER: Final = tuple(_TAGS)
_LONGEST: Final = 300
_MORE: Final = sum(1 << NAMES.index(name) for name in ("more", "mail", "ad", "share"))


@dataclass(slots=True)
class Place:
    """What is known of an element from itself and from what holds it."""

    names: int
    """Kinds (bits in the order of `NAMES`) of its own name."""
    near: int
    """Those of the two elements around it."""
    far: int
    """Those of all that hold it."""
    tags: int
    """Elements that hold it (bits in the order of `OUTER`)."""
    depth: int


class Surroundings:
    """The places of the elements of one tree, each looked at once."""

    def __init__(self) -> None:
        self._places: dict[HtmlElement, Place] = {}

    def of(self, element: HtmlElement, above: tuple[HtmlElement, ...]) -> Place:
        """The place of an element, given the elements around it, the nearest first."""
        found = self._places.get(element)
        if found is not None:
            return found
        outer: Place | None = None
        missing = [element]
        for holder in above:
            outer = self._places.get(holder)
            if outer is not None:
                break
            missing.append(holder)
        place = outer
        for one in reversed(missing):
            place = self._places[one] = _inside(one, place)
        assert place is not None
        return place


def _inside(element: HtmlElement, outer: Place | None) -> Place:
    attributes = element.attrib
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if attributes.get("itemprop") == "articleBody":
        named += " article-body"
    tag = element.tag
    own = 0 if tag in ("body", "html") else kinds_of(named[:_LONGEST])
    if outer is None:
        return Place(own, 0, own, _TAGS.get(tag, 0), 0)
    return Place(own, outer.names | (outer.near if outer.depth else 0), outer.far | own, outer.tags | _TAGS.get(tag, 0),
                 outer.depth + 1)  # fmt: skip


def names_more(element: HtmlElement) -> bool:
    """Whether an element is named as one that leads to other articles, offers or networks."""
    return bool(kinds_of(f"{element.get('class', '')} {element.get('id', '')}"[:_LONGEST]) & _MORE)


@lru_cache(maxsize=5_000)
def kinds_of(named: str) -> int:
    """The kinds (bits in the order of `NAMES`) that a class and an id speak of."""
    found = 0
    if len(named) > 1:
        for token in _TOKEN.findall(named):
            found |= _kinds_of_token(token.lower()[:40])
    return found


@lru_cache(maxsize=20_000)
def _kinds_of_token(token: str) -> int:
    return sum(1 << at for at, pattern in enumerate(_KINDS.values()) if pattern.search(token))
