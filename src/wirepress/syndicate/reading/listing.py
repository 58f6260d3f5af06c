"""Web pages that list articles: a front page, a section, without a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from wirepress.model.wire import Feed, Rules, Source, SourceKind
from wirepress.net.port import Conditions
from wirepress.syndicate.parse.listing import Selectors, read_listing
from wirepress.syndicate.parse.propose import propose
from wirepress.syndicate.parse.text import page_text
from wirepress.syndicate.reading.declaration import Asking, Candidate, Document, Listed, Reading, Site
from wirepress.syndicate.reading.entries import candidate_of, finished
from wirepress.syndicate.unreadable import Unreadable


def ask(source: Source, asking: Asking) -> Listed:
    """The articles that the page links, unless it is as it was."""
    memory, rules = source.memory, source.rules
    fetched = asking.get(source.url, Conditions(memory.etag, memory.last_modified))
    if fetched.not_modified:
        return Listed(Feed(), fetched)
    selectors = Selectors(rules.links, rules.items, rules.titles, rules.dates)
    return Listed(asking.read_page(read_answer, fetched, selectors), fetched)


def read_answer(document: Document, selectors: Selectors) -> Feed:
    """The articles that a page links.  Raises Unreadable."""
    return finished(read_listing(page_text(document.body, document.type), document.url, **asdict(selectors)))


def offered(site: Site) -> Iterator[Candidate]:
    """The page, where articles are found on it, with the selectors that find them."""
    found = site.read_page(found_listing)
    if found is not None:
        found.url = site.url
        yield found


def found_listing(document: Document) -> Candidate:
    """The list of articles on a page.  Raises Unreadable where there is none."""
    proposed = propose(page_text(document.body, document.type), document.url)
    if proposed is None:
        raise Unreadable("no list of articles was found on the page")
    selectors, feed = proposed
    settings = {name: value for name, value in asdict(selectors).items() if value}
    return candidate_of(SourceKind.LISTING, document.url, feed, settings=settings)


def flaws(rules: Rules) -> dict[str, str]:
    """Titles and dates are looked for in items."""
    if rules.items:
        return {}
    return {name: "no_items" for name in ("titles", "dates") if getattr(rules, name)}


READING: Final = Reading(
    label="Listing page",
    help="Listing page: a web page that links its articles",
    ask=ask,
    offered=offered,
    needs=("links",),
    in_words=False,
    tells_changes=False,
    flaws=flaws,
)
