"""A listing page (a front page, a section) as a feed of what it shows of its articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from wirepress.model.wire import Entry, Feed
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse.alternates import base_of
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.select import selection
from wirepress.syndicate.parse.text import LONGEST_TITLE, element_text, page_tree, squeeze
from wirepress.syndicate.unreadable import Unreadable

MOST_LINKS: Final = 500
_LONGEST_TITLE: Final = 400
_YEAR: Final = re.compile(r"\d{4}|\d[./]\d{2}$")
"""Without a year a text is no date that means the same tomorrow."""


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where on a page its articles are, as CSS selectors."""

    links: str
    """Links, or what holds them; with `items` within each of those."""
    items: str = ""
    titles: str = ""
    dates: str = ""


def read_listing(text: str, url: str, links: str, items: str = "", titles: str = "", dates: str = "") -> Feed:
    """The articles that a page links, in its order, each once.

    The arguments are CSS selectors (`Selectors`).  An entry's title is what `titles` finds in its item, else the
    longest text that links to it; what the article's page says is better.  Raises Unreadable where nothing matches.
    """
    return listed(page_tree(text), url, Selectors(links, items, titles, dates))


def listed(tree: HtmlElement, url: str, selectors: Selectors) -> Feed:
    """The same of a page's tree."""
    base = base_of(tree, url)
    own = url_key(url)
    found: dict[str, Entry] = {}
    matched = False
    for link, title, published in _shown(tree, selectors):
        matched = True
        href = link.get("href", "") if link is not None else ""
        address = without_tracking(absolute(base, href)).partition("#")[0]
        key = url_key(address)
        if link is None or key in ("", own) or href.startswith("#"):
            continue
        before = found.get(key) or Entry(guid=address, link=address)
        found[key] = Entry(
            guid=before.guid,
            link=before.link,
            title=max(before.title, title or _title_of(link), key=len),
            published=before.published or published,
        )
    if not found:
        what = "no link" if matched else "nothing on the page"
        raise Unreadable(f"{what} matches {(selectors.items or selectors.links)[:80]!r}")
    page_title = next((squeeze(element.text_content()) for element in tree.iter("title")), "")[:LONGEST_TITLE]
    return Feed(title=page_title, entries=tuple(found.values())[:MOST_LINKS])


def _shown(tree: HtmlElement, selectors: Selectors) -> Iterator[tuple[HtmlElement | None, str, datetime | None]]:
    """The links of a page with the titles and dates beside them; None where there is none in what was selected."""
    links = selection(selectors.links)
    if not selectors.items:
        for element in links(tree):
            anchors = list(_anchors(element))
            yield from ((link, "", None) for link in anchors or [None])
        return
    titles, dates = (selection(one) if one else None for one in (selectors.titles, selectors.dates))
    for item in selection(selectors.items)(tree)[: 2 * MOST_LINKS]:
        link = next((anchor for element in links(item) for anchor in _anchors(element)), None)
        yield link, _text(item, titles)[:_LONGEST_TITLE], _date(item, dates)


def _anchors(element: HtmlElement) -> Iterator[HtmlElement]:
    if element.tag == "a":
        yield element
    else:
        yield from element.iter("a")


def _title_of(link: HtmlElement) -> str:
    return squeeze(element_text(link) or link.get("title") or link.get("aria-label", ""))[:_LONGEST_TITLE]


def _text(item: HtmlElement, select: Callable[[HtmlElement], list[HtmlElement]] | None) -> str:
    found = select(item) if select else []
    return next(filter(None, (squeeze(element_text(element)) for element in found[:5])), "")


def _date(item: HtmlElement, select: Callable[[HtmlElement], list[HtmlElement]] | None) -> datetime | None:
    for element in (select(item) if select else [])[:5]:
        for written in (element.get("datetime"), element.get("content"), element_text(element)):
            text = squeeze(written or "")
            if text and _YEAR.search(text) and (moment := read_date(text)) is not None:
                return moment
    return None
