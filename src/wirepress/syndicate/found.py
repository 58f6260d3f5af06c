"""What of a document could be a source: a feed, or the list of articles on a page and the feeds that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml.html import HtmlElement

from wirepress.model.wire import Feed, SourceKind
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.identity import distinct
from wirepress.syndicate.parse.alternates import feeds_of
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.listing import read_listing
from wirepress.syndicate.parse.text import element_text, page_text, page_tree, squeeze
from wirepress.syndicate.unreadable import Unreadable
from wirepress.url.parse import web_url

SHOWN: Final = 5
_HEADLINE: Final = 4
"""Words from which on the text of a link reads like a headline."""
_FEWEST: Final = 3
"""Headlines that make a list of articles."""
_CLASS: Final = re.compile(r"[A-Za-z_][\w-]{0,60}")
_ASIDE: Final = frozenset({"nav", "header", "footer", "aside", "form"})
_WORDPRESS: Final = re.compile(rb"https://api\.w\.org/|/wp-content/|<generator>https?://wordpress\.", re.IGNORECASE)


@dataclass(slots=True)
class Candidate:
    """Something that could be a source."""

    kind: SourceKind
    url: str
    title: str = ""
    wordpress: bool = False
    links: str = ""
    """Of a listing: the CSS selector of its articles' links."""
    total: int = 0
    entries: list[dict[str, str]] = field(default_factory=list)
    warning: str = ""

    def row(self) -> dict[str, Any]:
        """It as JSON holds it."""
        return {
            "kind": self.kind.value,
            "url": self.url,
            "title": self.title,
            "wordpress": self.wordpress,
            "links": self.links,
            "total": self.total,
            "entries": self.entries,
            "warning": self.warning,
        }


@dataclass(frozen=True, slots=True)
class PageFound:
    """What a web page offers."""

    wordpress: bool
    feeds: tuple[str, ...]
    listing: Candidate | None


def found_page(body: bytes, url: str, content_type: str = "") -> PageFound:
    """What the page that came from `url` offers.  Raises Unreadable where it is none."""
    text = page_text(body, content_type)
    if "<" not in text:
        raise Unreadable("this is neither a feed nor a web page")
    return PageFound(bool(_WORDPRESS.search(body)), feeds_of(text, url), listing_of(text, url))


def found_feed(body: bytes, url: str, content_type: str = "") -> Candidate:
    """The feed that came from `url`.  Raises Unreadable where it is none."""
    feed = read_feed(body, url, content_type)
    wordpress = bool(_WORDPRESS.search(body[:20_000]))
    return Candidate(
        SourceKind.FEED, url, feed.title[:200], wordpress, "", len(feed.entries), _shown(feed), feed.warning[:300]
    )


def _shown(feed: Feed) -> list[dict[str, str]]:
    return [
        {
            "title": entry.title[:200],
            "link": entry.link[:500],
            "date": entry.published.isoformat() if entry.published else "",
        }
        for entry in distinct(feed.entries)[:SHOWN]
    ]


def listing_of(text: str, url: str) -> Candidate | None:
    """The list of articles that a page holds, by the selector that finds most headlines and least else."""
    tree = page_tree(text)
    headlines: Counter[str] = Counter()
    for link in _headlines(tree, url):
        headlines.update(dict.fromkeys(_selectors(link), 1))
    best: tuple[int, str, Feed] | None = None
    for selector, _ in headlines.most_common(12):
        try:
            feed = read_listing(text, url, selector)
        except Unreadable:
            continue
        good = sum(1 for entry in feed.entries if _reads_like_one(entry.title))
        score = 2 * good - len(feed.entries)
        if good >= _FEWEST and (best is None or score > best[0]):
            best = score, selector, feed
    if best is None:
        return None
    _, selector, feed = best
    return Candidate(SourceKind.LISTING, url, feed.title[:200], links=selector, total=len(feed.entries),
                     entries=_shown(feed))  # fmt: skip


def _headlines(tree: HtmlElement, url: str) -> Iterator[HtmlElement]:
    """The links of a page that read like headlines of its own site and stand in its main part."""
    here = web_url(url)
    own = url_key(url)
    for link in tree.iter("a"):
        address = absolute(url, link.get("href", ""))
        there = web_url(address)
        if here is None or there is None or there.host != here.host or url_key(address) in ("", own):
            continue
        aside = any(above.tag in _ASIDE for above in link.iterancestors())
        if not aside and _reads_like_one(squeeze(element_text(link))):
            yield link


def _reads_like_one(text: str) -> bool:
    words = text.split()
    return len(words) >= _HEADLINE or (len(words) == 1 and len(text) >= _HEADLINE * 3)  # scripts without spaces


def _selectors(link: HtmlElement) -> Iterator[str]:
    """Selectors that find a link: by its own class, and by what holds it."""
    for name in _classes(link):
        yield f"a.{name}"
    for depth, above in enumerate(link.iterancestors()):
        if depth > 3 or above.tag in ("main", "body"):
            return
        if above.tag in ("h2", "h3", "h4", "article"):
            yield f"{above.tag} a"
        for name in _classes(above):
            yield f".{name} a"


def _classes(element: HtmlElement) -> list[str]:
    return [name for name in element.get("class", "").split()[:6] if _CLASS.fullmatch(name)]
