"""What a page says to machines of its rights: to robots, of mining (TDMRep), of licences (RSL)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AGAINST_COPIES: Final = ("noarchive", "nocache", "tdm-reservation", "rsl")
"""What speaks against a copy of a page's text."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What a page reserves.  They narrow what is kept and shown of it, and never widen it."""

    said: tuple[str, ...] = ()
    """Each of them as it was said: `noarchive`, `max-snippet:50`, `tdm-reservation` ..."""
    snippet: int | None = None
    """Characters of it that others may show (`nosnippet`, `max-snippet`); None: it does not say."""
    may_preview: bool = True
    """Whether others may show its pictures (`noimageindex`, `max-image-preview:none`)."""
    may_archive: bool = True
    """Whether others may keep a copy (`noarchive`, `nocache`)."""
    is_reserved: bool = False
    """Whether its rights are reserved where no licence was given (`tdm-reservation`, RSL)."""

    @property
    def may_copy(self) -> bool:
        """Whether nothing that it says speaks against a copy of its text."""
        return self.may_archive and not self.is_reserved
