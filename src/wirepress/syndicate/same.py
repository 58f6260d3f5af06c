"""Digests by which it is seen that nothing is new."""

from __future__ import annotations

import re
from hashlib import sha256

from wirepress.model.wire import Entry
from wirepress.syndicate.digests import content_hash as content_hash  # one of them

_TAG = re.compile(r"<[^<>]*>")
# What is in a script often changes with every answer; `\Z`, so that a million that do not end are no million searches.
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL)


def entry_hash(entry: Entry) -> str:
    """A digest of all that a feed says of an article; while it stays, nothing is new.

    Made of every entry at every look: tags are cut out, not parsed, and white space is left out altogether, so that
    neither it nor markup changes the digest.
    """
    dates = (entry.updated.isoformat() if entry.updated else "", entry.published.isoformat() if entry.published else "")
    media = (medium.url for medium in entry.media)
    texts = map(_bare, (entry.title, entry.summary, entry.content))
    said = "\0".join((*texts, *entry.authors, *entry.categories, *dates, *media))
    return sha256(said.encode("utf-8", "replace")).hexdigest()


def _bare(markup: str) -> str:
    if "<" in markup:
        if "<script" in markup or "<style" in markup:
            markup = _SCRIPT.sub("", markup)
        markup = _TAG.sub("", markup)
    return "".join(markup.split())


def text_hash(entry: Entry) -> str:
    """A digest of the texts of an entry."""
    return sha256(
        "\0".join(map(_bare, (entry.title, entry.summary, entry.content))).encode("utf-8", "replace")
    ).hexdigest()


def digest_of(entry: Entry) -> str:
    """The digest of an entry (`entry_hash`), as it was read with its feed or else made now."""
    return entry.digest or entry_hash(entry)
