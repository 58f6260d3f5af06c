"""A feed as a post lists it."""

from __future__ import annotations

from datetime import UTC
from typing import Final

from wirepress.model.moment import stamp
from wirepress.model.remote import Item
from wirepress.model.wire import Entry
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.unreadable import Unreadable

MOST_ITEMS: Final = 20
"""No list shows more."""
EXCERPT_WORDS: Final = 100
LONGEST: Final = 2_000


def read_items(body: bytes, url: str, content_type: str = "") -> tuple[Item, ...]:
    """The newest entries of a feed, as lists show them.  Raises Unreadable where there is nothing to be had."""
    feed = read_feed(body, url, content_type)
    if not feed.entries and feed.warning:
        raise Unreadable(feed.warning)
    return tuple(item_of(entry) for entry in feed.entries[:MOST_ITEMS])


def item_of(entry: Entry) -> Item:
    """An entry as a list shows it: of its text no more than the longest excerpt, and none where there is no summary."""
    words = plain(entry.summary[: 50 * LONGEST]).split()
    return Item(
        title=_line(entry.title),
        link=entry.link[:LONGEST] if entry.link.startswith(("http://", "https://")) else "",
        author=_line(", ".join(entry.authors[:3])),
        excerpt=_line(" ".join(words[: EXCERPT_WORDS + 1])),  # the one more tells that it goes on
        date=stamp(entry.published.astimezone(UTC)) if entry.published else "",
    )


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST]
