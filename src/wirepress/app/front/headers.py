"""What an answer tells the front cache before us: that it may keep it, for how long, and what drops it again.

The front removes these headers from what it gives to clients.  Tags (`store.tags`) that need too much room become
coarser: first `post` stands for all posts and `list` for all lists, then `any` for everything.  Whoever tells a front
of a write names the coarser forms too (`app.front.purges`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wirepress.model.errors import Invalid
from wirepress.store.tags import ALL

Headers = list[tuple[bytes, bytes]]

LIFETIME: Final = 86_400
"""Seconds for which a front may keep an answer that nothing drops."""
ANY: Final = "any"
"""The tag of an answer that each write drops."""
EPOCH: Final = b"x-wirepress-epoch"
"""The epoch up to which an answer holds; in a request of a front, the epoch that an answer must not be older than."""
MOST_DIGITS: Final = 15
"""Digits of an epoch."""
_TAG: Final = re.compile(r"[!#-+\--~]+")
"""What a tag may consist of in a header where others may be separated by commas."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of front wants to be told: the lifetime by a header (a pattern of its seconds), tags by another, with
    something between them and of so many bytes at most."""

    lifetime: tuple[bytes, bytes]
    tags: bytes
    between: str = " "
    most: int = 4_000


KINDS: Final[Mapping[str, Kind]] = {
    "nginx": Kind((b"x-accel-expires", b"%d"), b"x-wirepress-tags"),
    "varnish": Kind((b"surrogate-control", b"max-age=%d"), b"xkey"),
    "fastly": Kind((b"surrogate-control", b"max-age=%d"), b"surrogate-key"),
    "cloudflare": Kind((b"cloudflare-cdn-cache-control", b"max-age=%d"), b"cache-tag", ","),
    "bunny": Kind((b"cdn-cache-control", b"max-age=%d"), b"cdn-tag", ",", 1_000),
}


def kind_of(setting: str) -> Kind | None:
    """The kind of front that a setting names, None for none.  Raises Invalid for one that we do not know."""
    if setting and setting not in KINDS:
        raise Invalid("bad_setting", f"front is {setting!r}; it can be {', '.join(KINDS)}")
    return KINDS.get(setting)


def lines_of(kind: Kind, tags: Collection[str] | None, epoch: int, seconds: float = LIFETIME) -> Headers:
    """The headers of an answer that is made of what tags name (None: nobody knows), holds up to an epoch, and is not to
    be given any more after so many seconds."""
    if seconds < 1:
        return []
    name, pattern = kind.lifetime
    written = kind.between.join(fitting({ALL} if tags is None else tags, kind.most, len(kind.between)))
    lines = [(name, pattern % int(min(seconds, LIFETIME))), (EPOCH, b"%d" % epoch)]
    if written:
        lines.append((kind.tags, written.encode("ascii")))
    return lines


def asked_epoch(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """The epoch that an answer must not be older than, as a front says that was told of it; -1 where none does."""
    said = next((value for name, value in headers if name == EPOCH), b"")
    return int(said) if said.isdigit() and len(said) <= MOST_DIGITS else -1


def fitting(tags: Collection[str], most: int, between: int = 1) -> list[str]:
    """The tags in an order of their own, or coarser ones that need no more bytes than there may be."""
    if ALL in tags or not all(_TAG.fullmatch(tag) for tag in tags):
        return [ANY]
    for found in (set(tags), {family_of(tag) for tag in tags}):
        if sum(map(len, found)) + between * len(found) <= most:
            return sorted(found)
    return [ANY]


def family_of(tag: str) -> str:
    """The coarser form of a tag: `post` of `post:12`, `list` of `list:post:by:3`; a table's own name stays."""
    family, _, _ = tag.partition(":")
    return tag if family == "table" else family


def with_coarser(touched: Iterable[str]) -> set[str]:
    """What a write has touched, in all forms under which an answer may name it."""
    found = set(touched)
    return {ANY} | found | {family_of(tag) for tag in found}
