"""What a source lists, as looks take it and as it is shown to whoever chooses among candidates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from wirepress.model.wire import Entry, Feed, SourceKind
from wirepress.syndicate.identity import distinct
from wirepress.syndicate.reading.declaration import Candidate
from wirepress.syndicate.same import entry_hash

SHOWN: Final = 5
"""Entries that are shown of a candidate."""


def finished(feed: Feed) -> Feed:
    """The feed with each entry once, and with its digest; made where it is read, since it costs with its texts."""
    entries = (replace(entry, digest=entry_hash(entry)) for entry in distinct(feed.entries))
    return replace(feed, entries=tuple(entries))


def candidate_of(kind: SourceKind, url: str, feed: Feed, **given: Any) -> Candidate:
    """A candidate with what a feed says of it."""
    entries = distinct(feed.entries)
    found = Candidate(kind, url, feed.title[:200], total=len(entries), warning=feed.warning[:300])
    found.entries = [_shown(entry) for entry in entries[:SHOWN]]
    return replace(found, **given)


def _shown(entry: Entry) -> dict[str, str]:
    moment = entry.published or entry.updated
    return {"title": entry.title[:200], "link": entry.link[:500], "date": moment.isoformat() if moment else ""}
