"""A listing page (a front page, a section) as a feed of bare links."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from wirepress.model.wire import Entry, Feed
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse.alternates import base_of
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.select import select
from wirepress.syndicate.parse.text import LONGEST_TITLE, element_text, page_tree, squeeze
from wirepress.syndicate.unreadable import Unreadable

MOST_LINKS = 500
_LONGEST_TITLE = 400


def read_listing(text: str, url: str, links: str) -> Feed:
    """The articles that a page links, in its order, each once.

    `links` is a CSS selector of links, or of elements that hold them.  An entry's title is the longest text that links
    to it; what the article's page says is better.  Raises Unreadable where nothing matches.
    """
    tree = page_tree(text)
    base = base_of(tree, url)
    own = url_key(url)
    titles: dict[str, str] = {}
    addresses: dict[str, str] = {}
    matched = select(tree, links)
    for link in _anchors(matched):
        href = link.get("href", "")
        address = without_tracking(absolute(base, href)).partition("#")[0]
        key = url_key(address)
        if key in ("", own) or href.startswith("#"):
            continue
        addresses.setdefault(key, address)
        title = squeeze(element_text(link) or link.get("title") or link.get("aria-label", ""))[:_LONGEST_TITLE]
        titles[key] = max(titles.get(key, ""), title, key=len)
    if not addresses:
        found = "no link" if matched else "nothing on the page"
        raise Unreadable(f"{found} matches {links[:80]!r}")
    page_title = next((squeeze(element.text_content()) for element in tree.iter("title")), "")[:LONGEST_TITLE]
    entries = (Entry(guid=address, link=address, title=titles[key]) for key, address in addresses.items())
    return Feed(title=page_title, entries=tuple(entries)[:MOST_LINKS])


def _anchors(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    for element in elements:
        if element.tag == "a":
            yield element
        else:
            yield from element.iter("a")
