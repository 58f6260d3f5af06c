"""Whether two articles are one: by name, by address, by text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

from wirepress.model.wire import Entry
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.passages import shingles, words_of

if TYPE_CHECKING:
    from rensa import RMinHashLSH

NEAR = 0.7
"""The share of the shorter text's shingles that must be in the longer one."""
FEWEST_WORDS = 40
"""Texts shorter than this are alike by chance (weather, results, obituaries)."""
_SHINGLE = 4
_MOST = 4_000
"""Shingles of a text that are looked at."""
_PERMUTATIONS = 128
_BANDS = 64


def content_hash(*texts: str) -> str:
    """A digest of texts that white space and markup do not change."""
    said = "\0".join(plain(text) for text in texts)
    return sha256(said.encode("utf-8", "replace")).hexdigest()


def entry_hash(entry: Entry) -> str:
    """A digest of all that a feed says of an article; while it stays, nothing is new."""
    dates = (entry.updated.isoformat() if entry.updated else "", entry.published.isoformat() if entry.published else "")
    media = (medium.url for medium in entry.media)
    return content_hash(entry.title, entry.summary, entry.content, *entry.authors, *entry.categories, *dates, *media)


@dataclass(frozen=True, slots=True)
class Keys:
    """What an article is known by, the surest first."""

    guid: str
    url: str
    canonical: str


def keys_of(entry: Entry, page_url: str = "", canonical: str = "") -> Keys:
    """The keys of an entry; those of its page, once it is fetched, are better than the link's."""
    link = url_key(entry.link)
    final = url_key(page_url) or link
    named = url_key(canonical)
    # A canonical on another host is another publisher's article, which is what we want to know; the front page is not.
    return Keys(entry.guid, final or link, named if "/" in named.rstrip("/") else "")


@dataclass(frozen=True, slots=True)
class Print:
    """A text's fingerprint: from it nobody can read the text again."""

    grams: frozenset[int]

    def to_bytes(self) -> bytes:
        """For keeping: 8 bytes a shingle, sorted."""
        return array("Q", sorted(self.grams)).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Print:
        """The fingerprint that was kept."""
        numbers = array("Q")
        numbers.frombytes(data[: len(data) // 8 * 8])
        return cls(frozenset(numbers))


def fingerprint(text: str) -> Print | None:
    """The fingerprint of a plain text; None if it is too short to tell from others."""
    words = words_of(text)
    if len(words) < FEWEST_WORDS:
        return None
    grams = sorted(_number(gram) for gram in shingles(words, _SHINGLE))
    return Print(frozenset(grams[:_MOST]))


def _number(gram: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b(" ".join(gram).encode("utf-8", "replace"), digest_size=8).digest(), "big")


def containment(one: Print, other: Print) -> float:
    """The share of the smaller fingerprint that is in the other."""
    smaller = min(len(one.grams), len(other.grams))
    return len(one.grams & other.grams) / smaller if smaller else 0.0


class Neighbours:
    """Fingerprints of recent articles, and which of them a new one repeats."""

    def __init__(self, known: Iterable[tuple[int, Print]] = ()) -> None:
        from rensa import RMinHashLSH  # a native library that only the worker needs

        self._prints: dict[int, Print] = {}
        self._index: RMinHashLSH = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        for key, found in known:
            self.add(key, found)

    def add(self, key: int, found: Print) -> None:
        """Makes an article known under a number of the caller's."""
        self._prints[key] = found
        self._index.insert(key, _minhash(found))

    def nearest(self, found: Print) -> tuple[int, float] | None:
        """The known article that holds, or is held by, most of a text; None if none is near."""
        candidates = [
            (containment(found, self._prints[key]), -key)
            for key in self._index.query(_minhash(found))
            if key in self._prints
        ]
        best, key = max(candidates, default=(0.0, 0))
        return (-key, best) if best >= NEAR else None


def _minhash(found: Print) -> object:
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=20_25)
    sketch.update([format(number, "x") for number in found.grams])
    return sketch
