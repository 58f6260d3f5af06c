"""How often a source has something new, and how often it wants to be asked: from its dates, its words, its headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from wirepress.model.wire import Feed, Tempo

NEWEST: Final = 40
"""Articles whose dates tell the rhythm."""
FEWEST: Final = 5
"""Pauses between them from which on it is one."""
SAME: Final = 60
"""Articles that came within so many seconds came together."""
SILENT: Final = 5
"""Times the usual pause without anything new, after which a source is silent ..."""
LEAST_SILENCE: Final = 2 * 86400
"""... if that is as long as this, and twice the longest pause that it made lately."""
FLOOD: Final = 10
"""Times as many new articles in a look as the time since the last one would bring: the source floods ..."""
LEAST_FLOOD: Final = 50
"""... if there are as many as this."""
SHOWN: Final = 86400
"""Seconds for which a flood is shown."""
LONGEST: Final = 30 * 86400
_AGE: Final = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?([0-9]{1,10})", re.IGNORECASE)
_STALE: Final = re.compile(r"(?:^|,)\s*no-(?:cache|store)\s*(?:,|=|$)", re.IGNORECASE)

Course = Literal["", "silent", "flood"]


def course_of(tempo: Tempo, now: int) -> Course:
    """How a source leaves its own rhythm; "" where it keeps it, or is too young to have one."""
    if tempo.flooded and now - tempo.flooded < SHOWN:
        return "flood"
    silence = now - tempo.newest
    if tempo.gap and silence > max(SILENT * tempo.gap, 2 * tempo.longest, LEAST_SILENCE):
        return "silent"
    return ""


def with_rhythm(tempo: Tempo, dates: Iterable[int], now: int) -> Tempo:
    """The tempo with what the dates (seconds since 1970) of the newest articles say; those to come say nothing."""
    newest = sorted({date for date in dates if 0 < date <= now}, reverse=True)[:NEWEST]
    if not newest:
        return tempo
    gaps = [later - earlier for later, earlier in pairwise(newest) if later - earlier > SAME]
    known = len(gaps) >= FEWEST
    gap, longest = (int(median(gaps)), max(gaps)) if known else (0, 0)
    return replace(tempo, gap=gap, longest=longest, newest=newest[0])


def is_flood(before: Tempo, new: int, since: int) -> bool:
    """Whether so many new articles since a look that was `since` seconds ago are far more than the rhythm known
    before lets expect."""
    if not before.gap or new < LEAST_FLOOD:
        return False
    return new > FLOOD * max(1.0, since / before.gap)


def with_hints(tempo: Tempo, feed: Feed) -> Tempo:
    """The tempo with what the feed itself asks for (RSS `ttl skipHours skipDays`, RSS 1.0 `sy:*`)."""
    said = feed.cadence
    hours, days = (tuple(sorted(found)) for found in (said.quiet_hours, said.quiet_days))
    return replace(tempo, every=said.every, quiet_hours=hours, quiet_days=days)


def fresh_for(headers: Mapping[str, str]) -> int:
    """Seconds for which an answer holds by its headers (RFC 9111, section 4.2), 0 where they do not say."""
    control = headers.get("cache-control", "")
    if _STALE.search(control):
        return 0
    age = headers.get("age", "").strip()
    spent = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
    if found := _AGE.search(control):
        return max(0, min(int(found[1]) - spent, LONGEST))
    try:
        until, sent = (parsedate_to_datetime(headers.get(name, "")) for name in ("expires", "date"))
        return max(0, min(int((until - sent).total_seconds()) - spent, LONGEST))
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0
