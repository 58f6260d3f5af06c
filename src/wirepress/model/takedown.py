"""Take-downs: what was removed from the site for a reason, and must not come back by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_REASON = 500
LONGEST_NOTICE = 1_000
"""Characters.  Both stand in the log of changes, whose entries are bounded as well."""


class Disclosure(StrEnum):
    """What readers are shown at the address of what was taken down."""

    REASON = "reason"
    """410 Gone, with the reason."""
    GONE = "gone"
    """410 Gone, and no more."""
    MISSING = "missing"
    """404, as if there had never been anything."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants taken down, and how.  `target` is a post's id or slug, or an address."""

    target: str
    reason: str
    notice: str = ""
    """What asks for it, for the record: a court's or a claimant's reference."""
    disclosure: Disclosure = Disclosure.GONE
    erase: bool = False
    """Whether the content is removed for good, so that nobody can restore it."""


@dataclass(frozen=True, slots=True)
class Takedown:
    """A take-down.  Times are seconds since 1970, 0 for what has not happened; accounts are 0 for nobody's."""

    id: int = 0
    at: int = 0
    user: int = 0
    post: int = 0
    """The post that was taken down; 0 where only an address was."""
    type: str = ""
    title: str = ""
    """Empty where the content was erased."""
    url: str = ""
    """The address of the post here, or the address that was named."""
    original: str = ""
    """Where the article is at its source."""
    reason: str = ""
    notice: str = ""
    disclosure: Disclosure = Disclosure.GONE
    digest: str = ""
    """SHA-256 of the texts that were taken down; empty where only an address was."""
    folder: str = ""
    """The folder in which its files are kept out of reach; empty where there are none."""
    erased: int = 0
    lifted: int = 0
    lifted_by: int = 0
    lift_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it still holds."""
        return not self.lifted

    @property
    def restorable(self) -> bool:
        """Whether lifting it brings a post back."""
        return bool(self.post) and not self.lifted and not self.erased


@dataclass(frozen=True, slots=True)
class Barred:
    """What a take-down remembers of an article, so that it is known again: see `store.takedowns`."""

    urls: tuple[str, ...] = ()
    """Its addresses, made comparable (`syndicate.addresses.url_key`)."""
    texts: tuple[str, ...] = ()
    """Digests of its text (`syndicate.same.content_hash`)."""
    paths: tuple[str, ...] = ()
    """Where it was on this site."""
    posts: tuple[int, ...] = ()
    """The posts that it was, those of its media among them."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept out of reach."""

    path: str
    post: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TakedownQuery:
    """A page of take-downs, newest first.  `stands`: those that hold (True), that were lifted (False), or all."""

    page: int = 1
    per_page: int = 20
    stands: bool | None = None
    search: str = ""
    """A part of the title, an address, the reason or the notice."""

    @property
    def offset(self) -> int | None:
        return None
