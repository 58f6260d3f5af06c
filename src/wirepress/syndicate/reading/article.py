"""Single articles by their address: taken once, then looked at for changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from wirepress.model.wire import Entry, Feed, Source, SourceKind
from wirepress.syndicate.article import read_article
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.propose import propose
from wirepress.syndicate.parse.text import page_text, page_tree, plain
from wirepress.syndicate.reading.declaration import Asking, Candidate, Document, Listed, Reading, Site
from wirepress.syndicate.reading.entries import candidate_of, finished
from wirepress.syndicate.unreadable import Unreadable

FEWEST: Final = 100
"""Words of a text from which on a page with a date that neither calls itself an article nor lists any is one."""
_TYPES: Final = ("article", "blogposting", "report")
"""What the names of schema.org's types of articles end in."""


def ask(source: Source, _: Asking) -> Listed:
    """The article itself: its page is asked for as that of any other one, and once it is here, for changes."""
    return Listed(finished(Feed(entries=(Entry(guid=source.url, link=source.url),))))


def offered(site: Site) -> Iterator[Candidate]:
    """The page, where it is an article."""
    if len(urlsplit(site.url).path) <= 1 and not urlsplit(site.url).query:
        return
    found = site.read_page(found_article)
    if found is not None:
        yield replace(found, url=site.url)


def found_article(document: Document) -> Candidate:
    """The article that a page is.  Raises Unreadable where it is none."""
    url = document.url
    text = page_text(document.body, document.type)
    metadata = Metadata(page_tree(text), url)
    named = sum(any(name.lower().endswith(_TYPES) for name in linked.types(thing)) for thing in metadata.things)
    is_declared = named == 1 or metadata.meta("og:type").lower() == "article"
    article = read_article(document.body, url, document.type)
    words = len(plain(article.body).split())
    looks_like_one = article.page.published is not None and words >= FEWEST and propose(text, url) is None
    is_one = is_declared or looks_like_one
    if not article.kind.has_facts or not words or not article.page.title or not is_one:
        raise Unreadable("the page is no single article")
    page = article.page
    feed = Feed(page.title, entries=(Entry(guid=url, link=url, title=page.title, published=page.published),))
    return candidate_of(SourceKind.ARTICLE, url, feed)


READING: Final = Reading(
    label="Single article",
    help="Single article: taken once, then looked at for changes",
    ask=ask,
    offered=offered,
    needs=("page",),
    in_words=False,
    tells_changes=False,
)
