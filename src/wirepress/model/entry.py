"""What became of the entries that sources bring: a state for each, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class EntryState(StrEnum):
    """What became of an entry."""

    LEFT = "left"
    """A look ended before it came to it."""
    WAITS = "waits"
    """It would be taken, but its source may bring no more for now (`Rules.max_per_run`, `max_per_day`)."""
    FAILED = "failed"
    """It could not be taken, and will be tried again."""
    DEAD = "dead"
    """It could not be taken again and again: it rests until somebody wakes it."""
    TAKEN = "taken"
    UPDATED = "updated"
    """Taken, and its post has followed a change of the original since."""
    HELD = "held"
    """Taken, and its post waits for somebody's decision."""
    REJECTED = "rejected"
    """By a filter, by a take-down, or by somebody."""
    DUPLICATE = "duplicate"
    """The same article is here already, or nearly the same."""
    REMOVED = "removed"
    """Taken, and its post was deleted or lies in the trash."""


OPEN: Final = (EntryState.LEFT, EntryState.WAITS, EntryState.FAILED, EntryState.DEAD)
"""The states of what was not taken yet."""
LONGEST_REASON: Final = 500
"""Characters of what somebody says who rejects an entry."""


class Why(StrEnum):
    """Why an entry is in its state, where no `SkipReason` says it."""

    ARRIVAL = "arrival"
    """All articles of its source wait for somebody's decision."""
    BY_HAND = "by-hand"
    """Somebody has decided so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of an entry."""

    state: EntryState
    reason: str = ""
    """A `SkipReason` or a `Why`; of `filtered` the detail is the filter's line."""
    detail: str = ""
    other: int = 0
    """The post that it doubles."""


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """An entry with what became of it.  Times are seconds since 1970, 0 for none."""

    id: int
    source: int
    guid: str
    link: str
    title: str
    state: EntryState
    reason: str = ""
    detail: str = ""
    post: int = 0
    """Its own post."""
    other: int = 0
    """The post that it doubles."""
    at: int = 0
    """When it came to this."""
    since: int = 0
    """When it was first heard of."""
    due_at: int = 0
    """When it is looked at again, of what is left, waits or failed."""
    tries: int = 0
    user: int = 0
    """Who has decided about it."""
    origin: int = 0
    """What is known of its article."""


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """Which entries are asked for; the one that changed last comes first."""

    page: int = 1
    per_page: int = 20
    source: int = 0
    states: Sequence[EntryState] = ()
    search: str = ""
