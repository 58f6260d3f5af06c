"""The feeds that a web page names."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import page_tree

FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
"""Media types under which pages link their feeds."""
_COMMENTS: Final = re.compile(
    r"\b(?:comments?|replies|reactions|kommentare?|commentaires?|comentarios?|coment[aá]rios?|commenti|reacties"
    r"|komentarze|комментарии)\b",
    re.IGNORECASE,
)


def feeds_of(text: str, url: str) -> tuple[str, ...]:
    """The feeds that a page links, each once, those of comments last."""
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
    return tuple(sorted(found, key=found.__getitem__))


def base_of(tree: HtmlElement, url: str) -> str:
    """What the addresses on a page that came from `url` are relative to (HTML, section 4.2.3): the first `base`."""
    return absolute(url, next(iter(tree.xpath("//base/@href")), "")) or url


def is_of_comments(words: str) -> bool:
    """Whether a feed is of what readers say, by its title or its address: nobody means that by a site's address."""
    return _COMMENTS.search(words) is not None
