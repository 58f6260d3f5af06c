"""Selectors for a page that lists articles, proposed from what repeats on it.

The links that read like headlines are looked at first: what they have in common finds the others.  Around each of them
is the largest element that holds this one article alone; where those look alike, they are the items, and what stands in
most of them at one place is their title and their date.  The same page always has the same proposal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement

from wirepress.model.wire import Feed
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.parse.alternates import base_of
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.listing import MOST_LINKS, Selectors, listed
from wirepress.syndicate.parse.select import select
from wirepress.syndicate.parse.text import element_text, page_tree, squeeze
from wirepress.syndicate.unreadable import Unreadable
from wirepress.url.parse import web_url

_HEADLINE: Final = 4
"""Words from which on the text of a link reads like a headline."""
_FEWEST: Final = 3
"""Headlines that make a list of articles."""
_TRIED: Final = 12
"""Selectors that are tried."""
_MOST: Final = 0.6
"""The share of the items in which something must stand, to be what all of them have."""
_CLASS: Final = re.compile(r"[A-Za-z_][\w-]{0,60}")
_STATE: Final = re.compile(
    r"^(?:post|item|entry|article|id|node)?-?\d+$|first|last|odd|even|active|featured|sticky|has-|is-"
)
"""Classes that tell an item from the others."""
_ASIDE: Final = frozenset({"nav", "header", "footer", "aside", "form"})
_HEADINGS: Final = ("h1", "h2", "h3", "h4")


def propose(text: str, url: str) -> tuple[Selectors, Feed] | None:
    """The selectors that find the articles of a page, and what they find; None for a page that lists none."""
    tree = page_tree(text)
    best = _best(tree, url, [Selectors(links) for links in _tried(tree, url)])
    if best is None:
        return None
    found = _with_items(tree, url, best[0])
    if found is None:
        return best
    feed = listed(tree, url, found)
    good = sum(1 for entry in feed.entries if _reads_like_one(entry.title))
    return (found, feed) if good >= _MOST * len(best[1].entries) else best


def _best(tree: HtmlElement, url: str, tried: Iterable[Selectors]) -> tuple[Selectors, Feed] | None:
    """The selectors that find most headlines and least else."""
    best: tuple[int, Selectors, Feed] | None = None
    for selectors in tried:
        try:
            feed = listed(tree, url, selectors)
        except Unreadable:
            continue
        good = sum(1 for entry in feed.entries if _reads_like_one(entry.title))
        score = 2 * good - len(feed.entries)
        if good >= _FEWEST and (best is None or score > best[0]):
            best = score, selectors, feed
    return best[1:] if best else None


def _tried(tree: HtmlElement, url: str) -> list[str]:
    headlines: Counter[str] = Counter()
    for link in _headlines(tree, url):
        headlines.update(dict.fromkeys(_selectors(link), 1))
    return [selector for selector, _ in headlines.most_common(_TRIED)]


def _headlines(tree: HtmlElement, url: str) -> Iterator[HtmlElement]:
    """The links of a page that read like headlines of its own site and stand in its main part."""
    here, base = web_url(url), base_of(tree, url)
    own = url_key(url)
    for link in tree.iter("a"):
        address = absolute(base, link.get("href", ""))
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


# ---- items


def _with_items(tree: HtmlElement, url: str, selectors: Selectors) -> Selectors | None:
    """The selectors with those of the items, their titles and dates; None where the links have nothing of it around."""
    links = _links_of(tree, url, selectors.links)
    shared = _shared(links)
    if shared is None:
        return None
    holders, items = shared
    titles = _heading_of(holders)
    dates = "time" if _in_most(any(True for _ in item.iter("time")) for item in holders) else ""
    if not titles and not dates:
        return None  # the links alone say as much
    return Selectors(_within(holders, titles), items, titles, dates)


def _links_of(tree: HtmlElement, url: str, links: str) -> dict[str, HtmlElement]:
    """The links that a selector finds, the first of each address."""
    base, own = base_of(tree, url), url_key(url)
    found: dict[str, HtmlElement] = {}
    for element in select(tree, links):
        for anchor in [element] if element.tag == "a" else element.iter("a"):
            key = url_key(absolute(base, anchor.get("href", "")))
            if key not in ("", own):
                found.setdefault(key, anchor)
    return dict(list(found.items())[:MOST_LINKS])


def _shared(links: dict[str, HtmlElement]) -> tuple[list[HtmlElement], str] | None:
    """What holds one article each, and the selector that finds it."""
    held: Counter[HtmlElement] = Counter()
    for link in links.values():
        held.update(link.iterancestors())
    holders = []
    for link in links.values():
        alone = [above for above in link.iterancestors() if held[above] == 1]
        if alone:
            holders.append(alone[-1])
    names = Counter(name for holder in holders for name in _names_of(holder))
    for name, number in sorted(names.items(), key=lambda pair: (-pair[1], "." not in pair[0], pair[0])):
        if number >= max(_FEWEST, _MOST * len(links)) and holders:
            matched = select(holders[0].getroottree().getroot(), name)
            if len(matched) <= 1.5 * len(links):
                return holders, name
    return None


def _names_of(holder: HtmlElement) -> Iterator[str]:
    """Selectors for an item: its tag with a class that others may have as well, or the tag of an article."""
    for name in _classes(holder):
        if not _STATE.search(name):
            yield f"{holder.tag}.{name}"
    if holder.tag == "article":
        yield "article"


def _heading_of(holders: list[HtmlElement]) -> str:
    """The heading that most items have."""
    for tag in _HEADINGS:
        if _in_most(any(_reads_like_one(squeeze(element_text(one))) for one in item.iter(tag)) for item in holders):
            return tag
    return ""


def _within(holders: list[HtmlElement], titles: str) -> str:
    """The links within the items: those in their headings, where those are links."""
    if titles and _in_most(any(True for one in item.iter(titles) for _ in one.iter("a")) for item in holders):
        return f"{titles} a"
    return "a"


def _in_most(there: Iterable[bool]) -> bool:
    found = list(there)
    return bool(found) and sum(found) >= _MOST * len(found)
