"""What a source answered, feed or listing, as the entries that it lists."""

from __future__ import annotations

from dataclasses import replace

from wirepress.model.wire import Feed, SourceKind
from wirepress.syndicate.identity import distinct
from wirepress.syndicate.parse.alternates import feeds_of
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.listing import read_listing
from wirepress.syndicate.parse.text import page_text
from wirepress.syndicate.same import entry_hash
from wirepress.syndicate.unreadable import Unreadable


def read_answer(kind: SourceKind, links: str, body: bytes, url: str, content_type: str = "") -> Feed:
    """What the answer lists, each entry once and with its digest.

    `links` is the selector of a listing.  Raises Unreadable for what is no feed, or a listing without articles.
    """
    feed = _listing(links, body, url, content_type) if kind is SourceKind.LISTING else _feed(body, url, content_type)
    entries = (replace(entry, digest=entry_hash(entry)) for entry in distinct(feed.entries))
    return replace(feed, entries=tuple(entries))


def _listing(links: str, body: bytes, url: str, content_type: str) -> Feed:
    feed = read_listing(page_text(body, content_type), url, links)
    if not feed.entries:
        raise Unreadable(f"no link matches {links!r}")
    return feed


def _feed(body: bytes, url: str, content_type: str) -> Feed:
    try:
        return read_feed(body, url, content_type)
    except Unreadable as error:
        raise Unreadable(error.message + _feeds_named(body, url, content_type)) from error


def _feeds_named(body: bytes, url: str, content_type: str) -> str:
    """Words about the feeds that a web page names which was taken for one."""
    try:
        feeds = feeds_of(page_text(body, content_type), url)
    except Unreadable:
        return ""
    return f"; it names {' and '.join(feeds[:3])}" if feeds else ""
