"""A feed as a look takes it."""

from __future__ import annotations

from dataclasses import replace

from wirepress.model.wire import Feed
from wirepress.syndicate.identity import distinct
from wirepress.syndicate.same import entry_hash


def finished(feed: Feed) -> Feed:
    """The feed with each entry once, and with its digest; made where it is read, since it costs with its texts."""
    entries = (replace(entry, digest=entry_hash(entry)) for entry in distinct(feed.entries))
    return replace(feed, entries=tuple(entries))
