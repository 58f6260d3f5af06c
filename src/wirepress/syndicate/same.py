"""Whether two articles are one: by name, by address, by text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

from wirepress.model.wire import Entry
from wirepress.syndicate.digests import FEWEST_WORDS
from wirepress.syndicate.digests import content_hash as content_hash  # one of the ways to tell
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.passages import shingles, words_of

if TYPE_CHECKING:
    from rensa import RMinHashLSH

NEAR = 0.7
"""The share of the shorter text's shingles that must be in the longer one."""
_TAG = re.compile(r"<[^<>]*>")
# What is in a script often changes with every answer; `\Z`, so that a million that do not end are no million searches.
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL)
_SHINGLE = 4
_MOST = 4_000
"""Shingles of a text that are looked at."""
_PERMUTATIONS = 128
_BANDS = 64

Fingerprint = frozenset[int]
"""Numbers of a text's shingles: from them nobody can read the text again."""


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


def fingerprint(text: str) -> Fingerprint | None:
    """The fingerprint of a plain text; None if it is too short to tell from others."""
    words = words_of(text)
    if len(words) < FEWEST_WORDS:
        return None
    grams = sorted(_number(gram) for gram in shingles(words, _SHINGLE))
    return frozenset(grams[:_MOST])


def markup_print(markup: str) -> Fingerprint | None:
    """The fingerprint of a text with markup."""
    return fingerprint(plain(markup))


def _number(gram: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b(" ".join(gram).encode("utf-8", "replace"), digest_size=8).digest(), "big")


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """The share of the smaller fingerprint that is in the other."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


class Neighbours:
    """Fingerprints of recent articles, and which of them a new one repeats."""

    def __init__(self, known: Iterable[tuple[int, Fingerprint]] = ()) -> None:
        from rensa import RMinHashLSH  # a native library that only the worker needs

        self._prints: dict[int, Fingerprint] = {}
        self._index: RMinHashLSH = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        for key, found in known:
            self.add(key, found)

    def add(self, key: int, found: Fingerprint) -> None:
        """Makes an article known under a number of the caller's."""
        self._prints[key] = found
        self._index.insert(key, _minhash(found))

    def nearest(self, found: Fingerprint) -> tuple[int, float] | None:
        """The known article that holds, or is held by, most of a text; None if none is near."""
        candidates = [
            (containment(found, self._prints[key]), -key)
            for key in self._index.query(_minhash(found))
            if key in self._prints
        ]
        best, key = max(candidates, default=(0.0, 0))
        return (-key, best) if best >= NEAR else None


def _minhash(found: Fingerprint) -> object:
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=20_25)
    sketch.update([format(number, "x") for number in found])
    return sketch
