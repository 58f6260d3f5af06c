"""Where a post came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from wirepress.model.policies import Rights

NOT_BY_THE_WIRE: Final = "?"
"""The print of a field that the wire has not written (`OriginFacts.written`): no field has it."""
UNLOCATED: Final = re.compile(r"/#[0-9a-f]{16}$")
"""The end of the key of an article whose address is not known (`syndicate.adoption.keys`)."""


class OriginState(StrEnum):
    """How an imported article stands here."""

    LIVE = "live"
    SKIPPED = "skipped"
    WAITING = "waiting"
    """It could not be taken, and is tried again after a pause that grows."""
    GONE = "gone"
    """The source has withdrawn it."""
    TAKEN_DOWN = "taken-down"
    """Taken down here: 410 for readers, never imported again."""
    REJECTED = "rejected"
    """Somebody has decided here that it is not wanted: it is never imported."""


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """What the source named: kept for good, shown in attributions, feeds and JSON-LD."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    licence: str = ""
    rights: Rights = Rights.EXCERPT
    entry_hash: str = ""
    """Digest of what the feed said of it: as long as it stays, the page need not be fetched again."""
    etag: str = ""
    """How the server named the page that was taken, for asking whether it has changed."""
    last_modified: str = ""
    filters: str = ""
    """Digest of the filters by which it was left out: by others it is looked at again."""
    tries: int = 0
    """How often in a row it could not be taken, or looked at again; 0 when the last try went well."""
    came: Mapping[str, str] = field(default_factory=dict)
    """By field of the post (`model.original`), the print of what the source said last."""
    written: Mapping[str, str] = field(default_factory=dict)
    """By field, the print of the post as the wire wrote it last: while it has the same, nobody has changed it."""
    pictures: Sequence[int] = ()
    """The pictures that were side-loaded to lead it."""
    loaded: Mapping[str, int] = field(default_factory=dict)
    """By their addresses, the attachments of all pictures that were side-loaded for it."""
    taken: str = ""
    """Which of its pictures were to be taken (`Pictures`); "" where nobody kept account of that."""
    signals: Sequence[str] = ()
    """What its page says to machines (`model.signals`)."""
    narrowed: bool = False
    """Whether that was heeded: its rights are narrower than its source's."""
    accepted: bool = False
    """Somebody wants it, whatever the filters say and whatever it resembles."""
    sign: str = ""
    """By what the post was recognised, where it was here before its source (`syndicate.adoption`); "" for one that its
    source brought."""

    @property
    def is_adopted(self) -> bool:
        """Whether the post was here before its source: nothing of it was written by the wire."""
        return bool(self.sign)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a post came from."""

    source: int
    guid: str
    url: str
    url_key: str
    """The normalised address: one article has one, however it was linked."""
    first_seen: datetime
    last_checked: datetime
    id: int = 0
    post: int = 0
    canonical: str = ""
    content_hash: str = ""
    """Digest of the text as it was when last taken."""
    state: OriginState = OriginState.LIVE
    facts: OriginFacts = field(default_factory=OriginFacts)

    @property
    def is_settled(self) -> bool:
        """Whether it was decided about, whoever lists it: it has a post, or was rejected or taken down by somebody."""
        return bool(self.post) or self.state in (OriginState.REJECTED, OriginState.TAKEN_DOWN)

    @property
    def byline(self) -> Sequence[str]:
        """The authors who are named over the article; none for an adopted one, which keeps the author of its post."""
        return () if self.facts.is_adopted else self.facts.authors

    @property
    def is_located(self) -> bool:
        """Whether its address is the article's own: of an adopted one often no more is known than whose it is, and the
        address is the front page of that site."""
        return not (self.facts.is_adopted and UNLOCATED.search(self.url_key))
