"""The door to all feeds: what came is told apart, read by the reader that it needs, and nothing of it lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from wirepress.model.wire import Feed
from wirepress.syndicate.parse.broken import read_broken
from wirepress.syndicate.parse.charsets import feed_text
from wirepress.syndicate.parse.document import Document, document_of, without_asides
from wirepress.syndicate.parse.jsonfeed import read_json_feed
from wirepress.syndicate.parse.xmlfeed import is_feed, items_of, read_xml
from wirepress.syndicate.unreadable import TooCostly, Unreadable

LARGEST: Final = 20_000_000
MOST_ENTRIES: Final = 5_000
LARGEST_BROKEN: Final = 5_000_000
MOST_BROKEN_TAGS: Final = 120_000
"""Size and tags of a feed up to which what our own reader cannot read is given to feedparser.

That takes 65 microseconds for a tag, however deep it lies (two megabytes of `<a>`: 43 seconds).
"""
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:[a-z]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_END: Final = re.compile(r"</(?:[a-z]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_ITEM: Final = re.compile(r"<(?:[\w-]{1,30}:)?(?:item|entry)[\s>/]", re.IGNORECASE)


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """The feed that came from `url`; what a broken one still holds is saved.  Raises Unreadable if that is nothing."""
    if len(body) > LARGEST:
        raise Unreadable(f"the feed is larger than {LARGEST:,} bytes")
    if not body.strip():
        raise Unreadable("the feed is empty")
    text = feed_text(body, content_type)
    begin = text[:1_000].lstrip("\ufeff \t\r\n")
    if begin[:1] in ("{", "["):
        return read_json_feed(text.lstrip("\ufeff \t\r\n"), url, MOST_ENTRIES)
    feed = _read(text, url)
    if feed.entries:
        return feed
    if not _FEED.search(text[:20_000]) or (feed.warning and not _END.search(text[-2_000:])):
        raise Unreadable(_what_is_it(text))
    return replace(feed, warning=feed.warning or "the feed lists nothing")


def _read(text: str, url: str) -> Feed:
    """The feed by our own reader, or by the slow one where that finds more."""
    looks_like_one = _FEED.search(text[:20_000]) is not None
    own, problem = Feed(), ""
    try:
        document = document_of(text)
    except TooCostly:
        raise
    except Unreadable as error:
        problem = error.message if looks_like_one else _what_is_it(text)
    else:
        if is_feed(document.root):
            own = read_xml(document, url, MOST_ENTRIES)
        if not _lost_some(document, own):
            return own
    if looks_like_one and len(text) <= LARGEST_BROKEN and text.count("<") <= MOST_BROKEN_TAGS:
        saved = read_broken(text, url, MOST_ENTRIES)
        if len(saved.entries) > len(own.entries):
            return saved
    if problem:
        raise Unreadable(problem)
    return own


def _lost_some(document: Document, feed: Feed) -> bool:
    """Whether there is more in a document than was found: of one that is well-formed all was."""
    if document.too_deep:
        return False
    if not feed.entries:
        return True
    if not document.warning:
        return False
    there = sum(1 for _ in _ITEM.finditer(without_asides(document.text)))
    nested = sum(1 for _ in document.root.iter("{*}item", "{*}entry")) - sum(1 for _ in items_of(document.root))
    return nested > 0 or len(feed.entries) < min(there, MOST_ENTRIES)


def _what_is_it(text: str) -> str:
    head = text[:2_000]
    if _HTML.search(head):
        return "this is a web page, not a feed"
    if _FEED.search(head):
        return "the feed breaks off before its first entry"
    return "this is no feed"
