"""Time as the tables hold it, and the clock that is passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NewType, Protocol

Stamp = NewType("Stamp", str)
"""A moment as WordPress's tables write it, `YYYY-MM-DD HH:MM:SS`, without a zone; it sorts as text."""

ZERO = Stamp("0000-00-00 00:00:00")
"""The date that WordPress gives to what has none yet (a draft's `date_gmt`)."""


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The time of the content, aware and in UTC; frozen in replays."""

    def monotonic(self) -> float:
        """Seconds that never stand still or go back: for leases, sessions, limits and back-off."""


def stamp(moment: datetime) -> Stamp:
    """The stamp of a moment in the moment's own zone."""
    return Stamp(moment.isoformat(" ", "seconds")[:19])


def written(value: Stamp, form: Callable[[datetime], str]) -> str:
    """A UTC stamp in a form of a date; "" for the zero date and for what is no date."""
    moment = utc(value)
    return "" if moment is None else form(moment)


def utc(value: Stamp) -> datetime | None:
    """The aware moment of a stamp that is in UTC; None for the zero date and for what is no date."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    except ValueError:
        return None
