"""Changes of originals: what a source made of an article that is published here, by field, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

TEXTS: Final = ("title", "content", "excerpt")
FIELDS: Final = (*TEXTS, "categories", "tags", "featured_media", "author", "date")
"""What the wire writes of a post and may write again, by the names of the REST API."""


class UpdatePolicy(StrEnum):
    """What a change of the original does to the post that was made of it."""

    FOLLOW = "follow"
    """What nobody has changed here follows, field by field; a change of the others is offered."""
    HOLD = "hold"
    """Every change is offered."""
    NEVER = "never"
    """The original is not looked at again."""


class FieldState(StrEnum):
    """What became of a field of a change."""

    FOLLOWED = "followed"
    """Nobody had changed it here: it was written."""
    OFFERED = "offered"
    """It waits for an editor."""
    TAKEN = "taken"
    """An editor took it over, or had written the same."""
    KEPT = "kept"
    """An editor kept what stands here."""
    SUPERSEDED = "superseded"
    """A later change of the original came before anybody decided."""


class Reason(StrEnum):
    """Why a change, or a part of it, was not written at once."""

    NONE = ""
    EDITED = "edited"
    """What it changes was changed here."""
    HELD = "held"
    """The source's changes are held."""
    OPEN = "open"
    """Somebody had the post open in an editor."""
    TRASHED = "trashed"
    """The post lay in the trash."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field of a change.

    `value` is what came of it: names of terms, a login, a date in UTC, the id of a picture; None for a text, which
    stands in the change's revision.  `print` is that of the post's field where it is written so, "" where that is not
    known before.
    """

    state: FieldState
    value: Any = None
    print: str = ""


@dataclass(frozen=True, slots=True)
class OriginalChange:
    """A change of an original."""

    id: int
    post: int
    at: datetime
    revision: int = 0
    """The revision that holds the texts as they came; 0 where none was kept."""
    reason: Reason = Reason.NONE
    fields: Mapping[str, ChangedField] = field(default_factory=dict)

    @property
    def offered(self) -> tuple[str, ...]:
        """The fields that wait for an editor."""
        return tuple(name for name, one in self.fields.items() if one.state is FieldState.OFFERED)
