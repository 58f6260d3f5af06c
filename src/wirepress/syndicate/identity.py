"""What tells the entries of one document apart, and by what an article is known again.

A name (`guid`) or an address is an identity as long as it names one article.  Generators give all their items the same
guid, and sites link every one of them to their front page: what is repeated then names nothing, and the other one, or
the text, has to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from wirepress.model.wire import Entry
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.same import text_hash

_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def distinct(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each article once, the first of those that are one; each with a guid of its own.

    Those whose address is another's too are marked (`is_part`).
    """
    kept = _once(entries)
    guids = Counter(name_key(entry.guid) for entry, _ in kept)
    keys = Counter(key for _, key in kept if key)
    found = []
    for entry, key in kept:
        is_part = keys[key] > 1
        if guids[name_key(entry.guid)] > 1:
            entry = replace(entry, guid=other_name(entry) if is_part or not key else entry.link)
        found.append(replace(entry, is_part=True) if is_part else entry)
    return found


def _once(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """The entries and the keys of their addresses, without those that are there already."""
    keyed = [(entry, url_key(entry.link)) for entry in entries]
    guids = Counter(name_key(entry.guid) for entry, _ in keyed)
    keys = Counter(key for _, key in keyed if key)
    if len(guids) == len(keyed) == len(keys):
        return keyed  # as in nearly every feed
    seen = _Seen()
    return [
        (entry, key)
        for entry, key in keyed
        if (guids[name_key(entry.guid)] == 1 and keys[key] <= 1) or not seen.has_or_adds(entry, key)
    ]


class _Seen:
    """The entries of a document that share a name or an address with another one."""

    def __init__(self) -> None:
        self._titles: dict[tuple[str, str], str] = {}
        self._said: set[tuple[str, str]] = set()

    def has_or_adds(self, entry: Entry, key: str) -> bool:
        """Whether an entry is one that was there already; one that was not, is from now on."""
        text = text_hash(entry)
        guid = name_key(entry.guid)
        by_text = {(guid, text), (key or guid, text)}
        # A guid that only repeats the address tells no more than that does.
        name = "" if key and url_key(entry.guid) == key else guid
        first = self._titles.get((name, key))
        if by_text & self._said or (first is not None and _is_one(first, entry.title, named=bool(name))):
            return True
        self._said |= by_text
        self._titles.setdefault((name, key), entry.title)
        return False


def _is_one(title: str, other: str, *, named: bool) -> bool:
    """Whether two entries of one name and address are one article, perhaps in two versions; without a name of their
    own only if they are called the same."""
    words, others = title.casefold().split(), other.casefold().split()
    if words == others:
        return True
    both = len(set(words) & set(others))
    return named and 2 * both >= max(len(set(words)), len(set(others)))


def other_name(entry: Entry) -> str:
    """A name for an entry of which neither guid nor address is its own: what it is called there."""
    said = f"{entry.link}\0{entry.title or text_hash(entry)}".encode("utf-8", "replace")
    return f"urn:sha256:{sha256(said).hexdigest()}"


def name_key(guid: str) -> str:
    """A guid without its scheme: a site that moves to https gives none of its articles another name by that."""
    return _SCHEME.sub("", guid)


def forms_of(guid: str) -> tuple[str, ...]:
    """The guids that are the same but for their scheme, its own first."""
    bare = name_key(guid)
    return (guid,) if bare == guid else tuple(dict.fromkeys((guid, f"https://{bare}", f"http://{bare}")))


def names_of(entry: Entry) -> tuple[str, ...]:
    """The guids under which an entry may have been kept: its own, and those that it has when others bear that too."""
    links = forms_of(entry.link)
    others = (other_name(replace(entry, link=link)) for link in links)
    return tuple(dict.fromkeys((*forms_of(entry.guid), *links, *others)))


def aside_key(key: str, source: int) -> str:
    """What an article is known by that a source leaves out for itself: its address, which stays free for others."""
    return f"{key}#left-out-by-{source}" if key else ""


def bare_key(key: str, source: int) -> str:
    """The key of the address of an article, whether its source leaves it out or not."""
    return key.removesuffix(f"#left-out-by-{source}")


def key_of(entry: Entry, url: str = "") -> str:
    """What an entry is known by beside its guid: its address, made comparable (`url_key`), if that is its own."""
    key = url_key(url or entry.link)
    if not entry.is_part or not key:
        return key
    return f"{key}#{sha256(entry.guid.encode('utf-8', 'replace')).hexdigest()[:16]}"
