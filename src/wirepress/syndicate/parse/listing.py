"""A listing page (a front page, a section) as a feed of bare links."""

from __future__ import annotations

from wirepress.model.wire import Entry, Feed
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.select import select
from wirepress.syndicate.parse.text import Unreadable, element_text, page_tree, squeeze

MOST_LINKS = 500
_LONGEST_TITLE = 400


def read_listing(text: str, url: str, links: str) -> Feed:
    """The articles that a page links, in its order, each once.

    `links` is a CSS selector of links, or of elements that hold them.  An entry's title is the longest text that links
    to it; what the article's page says is better.
    """
    tree = page_tree(text)
    base = _base(tree.xpath("string(//base/@href)"), url)
    titles: dict[str, str] = {}
    addresses: dict[str, str] = {}
    matched = select(tree, links)
    for element in matched:
        for link in [element] if element.tag == "a" else element.iter("a"):
            address = without_tracking(absolute(base, link.get("href") or "")).partition("#")[0]
            key = url_key(address)
            if not key or key == url_key(url) or (link.get("href") or "").startswith("#"):
                continue
            addresses.setdefault(key, address)
            title = squeeze(element_text(link) or link.get("title") or link.get("aria-label") or "")[:_LONGEST_TITLE]
            titles[key] = max(titles.get(key, ""), title, key=len)
    if not addresses:
        found = "no link" if matched else "nothing on the page"
        raise Unreadable(f"{found} matches {links[:80]!r}")
    page_title = next((squeeze(element.text_content()) for element in tree.iter("title")), "")
    entries = (Entry(guid=address, link=address, title=titles[key]) for key, address in addresses.items())
    return Feed(title=page_title, link=url, entries=tuple(entries)[:MOST_LINKS])


def _base(named: object, url: str) -> str:
    return absolute(url, str(named)) or url
