"""The feeds that a web page names."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import element_text, page_tree

FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
"""Media types under which pages link their feeds."""
MOST_LINKS: Final = 10
"""Links of a page that are taken for feeds where it declares none."""
_FEED: Final = re.compile(
    r"/(?:feed|rss|atom|rdf)/?$|\.(?:rss|atom|rdf)$|/(?:[\w-]*(?:rss|atom|feed)[\w-]*|index)\.xml$|/feed\.json$",
    re.IGNORECASE,
)
_FEED_QUERY: Final = re.compile(r"(?:^|&)feed=(?:rss2?|atom|rdf|feed)(?:&|$)", re.IGNORECASE)
_COMMENTS: Final = re.compile(
    r"\b(?:comments?|replies|reactions|kommentare?|commentaires?|comentarios?|coment[aá]rios?|commenti|reacties"
    r"|komentarze|комментарии)\b",
    re.IGNORECASE,
)


def feeds_of(text: str, url: str) -> tuple[str, ...]:
    """The feeds that a page declares, else those that it links like any page, each once, those of comments last."""
    tree = page_tree(text)
    base = base_of(tree, url)
    found: dict[str, bool] = {}
    for link in tree.iter("link"):
        rel = link.get("rel", "").lower().split()
        kind = link.get("type", "").lower().partition(";")[0].strip()
        is_feed = ("alternate" in rel and kind in FEED_TYPES) or ("feed" in rel and kind in ("", *FEED_TYPES))
        if is_feed and "stylesheet" not in rel and (address := absolute(base, link.get("href", ""))):
            about_comments = is_of_comments(f"{link.get('title', '')} {link.get('href', '')}")
            found[address] = found.get(address, True) and about_comments
    if not found:
        found = _linked(tree, base)
    return tuple(sorted(found, key=found.__getitem__))


def _linked(tree: HtmlElement, base: str) -> dict[str, bool]:
    """The feeds that a page links for its readers, and whether those are of comments."""
    found: dict[str, bool] = {}
    for link in tree.iter("a"):
        address = absolute(base, link.get("href", "").strip().removeprefix("feed:"))
        parts = urlsplit(address)
        kind = link.get("type", "").lower().partition(";")[0].strip()
        if address and (kind in FEED_TYPES or _FEED.search(parts.path) or _FEED_QUERY.search(parts.query)):
            found.setdefault(address, is_of_comments(f"{element_text(link)[:200]} {link.get('href', '')}"))
            if len(found) == MOST_LINKS:
                break
    return found


def base_of(tree: HtmlElement, url: str) -> str:
    """What the addresses on a page that came from `url` are relative to (HTML, section 4.2.3): the first `base`."""
    return absolute(url, next(iter(tree.xpath("//base/@href")), "")) or url


def is_of_comments(words: str) -> bool:
    """Whether a feed is of what readers say, by its title or its address: nobody means that by a site's address."""
    return _COMMENTS.search(words) is not None
