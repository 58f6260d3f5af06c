"""Our reader of feeds against feedparser, field by field, on all feeds that there are: nothing is lost.

Where the two differ and ours is right, or both are, the difference is in `ALLOWED`, with its reason.  The feeds stay
outside of the project.
"""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wirepress.model.wire import Entry, Feed
from wirepress.syndicate.parse.broken import read_broken
from wirepress.syndicate.parse.charsets import feed_text
from wirepress.syndicate.parse.feed import MOST_ENTRIES, read_feed
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.unreadable import Unreadable

CORPORA = os.environ.get("WIREPRESS_CORPORA", "")
pytestmark = pytest.mark.skipif(not CORPORA, reason="real feeds: WIREPRESS_CORPORA is not set")
URL = "https://wire.example/feeds/world.xml"

FIELDS: dict[str, Callable[[Entry], Any]] = {
    "guid": lambda entry: entry.guid,
    "link": lambda entry: entry.link,
    "title": lambda entry: entry.title,
    "published": lambda entry: entry.published,
    "updated": lambda entry: entry.updated,
    "authors": lambda entry: set(entry.authors),
    "content": lambda entry: _words(entry.content),
    "summary": lambda entry: _words(entry.summary),
    "categories": lambda entry: {name.casefold() for name in entry.categories},
    "media": lambda entry: {medium.url for medium in entry.media},
    "publisher": lambda entry: entry.publisher,
    "licence": lambda entry: entry.licence,
}
"""What of an entry is compared, and as what: texts by their words, what has no order without it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two readers differ."""

    field: str
    ours: Any
    theirs: Any
    entry: Entry
    other: Entry


def _words(markup: str) -> str:
    return "".join(plain(markup).split())


ALLOWED: dict[str, Callable[[Difference], bool]] = {
    "An entry without guid and link is named by its texts, of which feedparser has changed a blank or an attribute.": (
        lambda it: it.field == "guid" and it.ours.startswith("urn:sha256:") and it.theirs.startswith("urn:sha256:")
    ),
    "feedparser gives a content of plain text as the summary too; once is enough.": (
        lambda it: it.field == "summary" and not it.ours and _words(it.entry.content) == it.theirs
    ),
    "Base64 with a type that is no text: Atom 0.3 allows it, and it is one.": (
        lambda it: it.field == "content" and bool(it.ours) and not it.theirs
    ),
    "feedparser's sanitiser is off, but it rewrites what is no HTML, and loses what is behind an iframe or a `<!`; ours"
    " leaves markup to the one that cleans it.": (lambda it: it.field in ("content", "summary") and _is_odd(it)),
    "feedparser takes text that looks like UTF-8 read as Latin for a mistake, even in an article about such.": (
        lambda it: it.field == "title" and "\u00c3" in it.ours
    ),
    "Entities of HTML 5 that feedparser does not know, or in capitals.": (
        lambda it: it.field == "title" and re.search("&\\w+;", it.theirs) is not None
    ),
    "A link without `href` is none (RFC 4287, section 4.2.7.1), whatever its text.": (
        lambda it: it.field == "media" and it.ours < it.theirs and it.theirs == {"http://www.example.com/enclosure"}
    ),
    "A description and a summary: the longer one is the content, in whatever order they stand.": (
        lambda it: it.field in ("content", "summary") and _bodies(it.entry) == _bodies(it.other)
    ),
    "Words on rights that talk about a tag keep it.": (
        lambda it: it.field == "licence" and re.sub("<[^<>]*> ?", "", it.theirs) == it.ours
    ),
    "An address with a host that no browser reads is a name all the same.": (
        lambda it: it.field == "guid" and it.ours == "http://example.c[o.test/"
    ),
}


def _is_odd(it: Difference) -> bool:
    odd = re.search("<iframe|<svg|<code|<!|```", it.entry.content + it.entry.summary) is not None
    return odd or (bool(it.theirs) and it.theirs in it.ours)


def _bodies(entry: Entry) -> set[str]:
    return {_words(entry.content), _words(entry.summary)}


def differences(own: Feed, other: Feed) -> Iterator[Difference]:
    """In what two readings of a feed differ that is not allowed."""
    for entry, theirs in zip(own.entries, other.entries, strict=True):
        for name, of in FIELDS.items():
            found = Difference(name, of(entry), of(theirs), entry, theirs)
            if found.ours != found.theirs and not any(allows(found) for allows in ALLOWED.values()):
                yield found


PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_that_feedparser_finds(part: int) -> None:
    folder = Path(CORPORA, "corpora/feeds")
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".gz", ".xml"))[part::PARTS]
    assert len(files) > 250
    compared = 0
    for file in files:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        if body[:1] == b"{":
            continue  # JSON Feed, which feedparser does not read
        try:
            own = read_feed(body, URL)
        except Unreadable:
            own = Feed()
        other = read_broken(feed_text(body), URL, MOST_ENTRIES)
        assert len(own.entries) == len(other.entries), file.name
        lost = [(it.field, it.ours, it.theirs) for it in differences(own, other)]
        assert not lost, f"{file.name}: {lost[:3]}"
        compared += len(own.entries)
    assert compared > 300
