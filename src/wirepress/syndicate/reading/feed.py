"""Feeds: RSS, Atom, JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from wirepress.model.wire import Feed, Source, SourceKind
from wirepress.net.port import Conditions, Fetched
from wirepress.syndicate.parse.alternates import feeds_of, is_of_comments
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.software import is_wordpress
from wirepress.syndicate.parse.text import page_text
from wirepress.syndicate.reading.declaration import Asking, Candidate, Document, Listed, Reading, Site
from wirepress.syndicate.reading.entries import candidate_of, finished
from wirepress.syndicate.unreadable import Unreadable
from wirepress.syndicate.websub.discovery import with_hubs

MOST_FEEDS: Final = 6
"""Feeds that are asked for one address."""
PLACES: Final = ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml")
"""Where sites keep a feed that their pages do not name; WordPress's comes first."""


def ask(source: Source, asking: Asking) -> Listed:
    """The feed, unless it is as it was."""
    memory = source.memory
    fetched = asking.get(source.url, Conditions(memory.etag, memory.last_modified))
    if fetched.not_modified:
        return Listed(Feed(), fetched)
    return Listed(with_hubs(asking.read(read_answer, fetched), fetched), fetched)


def read_answer(document: Document) -> Feed:
    """The feed that a source answered.  Raises Unreadable for what is none, and names those that it names."""
    try:
        return finished(read_feed(document.body, document.url, document.type))
    except Unreadable as error:
        raise type(error)(error.message + _feeds_named(document)) from error


def _feeds_named(document: Document) -> str:
    """Words about the feeds that a web page names which was taken for one."""
    try:
        feeds = named_feeds(document)
    except Unreadable:
        return ""
    return f"; it names {' and '.join(feeds[:3])}" if feeds else ""


def itself(site: Site) -> Iterator[Candidate]:
    """The address, where it is that of a feed."""
    found = site.read(found_feed)
    if found is not None:
        yield replace(found, url=site.url)


def found_feed(document: Document) -> Candidate:
    """A feed.  Raises Unreadable where it is none."""
    feed = read_feed(document.body, document.url, document.type)
    return candidate_of(SourceKind.FEED, document.url, feed, wordpress=is_wordpress(document.body[:20_000]))


def named_feeds(document: Document) -> tuple[str, ...]:
    """The feeds that a page names.  Raises Unreadable where it is none."""
    return feeds_of(page_text(document.body, document.type), document.url)


def offered(site: Site) -> list[Candidate]:
    """The feeds that a page names and that can be read; where it names none, the first one in a usual place.

    Those that list something come first, those of comments last: two addresses may lead to one feed, and only its title
    may say what it is of.
    """
    named = (site.read_page(named_feeds) or ())[:MOST_FEEDS]
    found: dict[str, Candidate] = {}
    for address in named or _places(site.fetched.url):
        fetched = site.ask(address)
        one = None if fetched is None else _read(site, fetched)
        if one is not None and fetched is not None:
            one.url = fetched.moved_to or address
            found.setdefault(one.url, one)
            if not named:
                break
    return sorted(
        found.values(), key=lambda one: (is_of_comments(f"{one.title} {urlsplit(one.url).path}"), not one.total)
    )


def _read(site: Site, fetched: Fetched) -> Candidate | None:
    try:
        return site.asking.read(found_feed, fetched)
    except Unreadable:
        return None


def _places(url: str) -> list[str]:
    """The usual places beside a page, and at the front of its site."""
    return list(dict.fromkeys(absolute(url, f"{front}{place}") for front in ("", "/") for place in PLACES))


READING: Final = Reading(
    label="Feed",
    help="Feed (RSS, Atom or JSON Feed)",
    ask=ask,
    document="the feed",
    itself=itself,
    offered=offered,
)
