"""When to look at a source again: plain arithmetic."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

from wirepress.model.wire import Tempo

LEASE = 600
"""Seconds without a word after which whoever looks at a source is taken for gone ..."""
BEAT = 60
"""... and between two words of one that goes on."""

HOUR = 3600
LONGEST = 24 * HOUR
STRETCH = 8
"""A source that brings little, or whose answers hold for long, is asked up to so many times as rarely as was set."""
PART = 8
"""How often a source is asked in the time in which it brings one article."""
SPREAD = 0.1
"""Up to this part of a pause is added to it by chance: sources that were added together are not asked together."""
MOST_TRIES = 8
"""Tries of an article in a row, in three days or so (`next_try`); then it rests until somebody wakes it."""


def next_look(now: int, pause: int, failures: int, retry_after: int = 0, chance: float = 0.0) -> int:
    """The second at which to look again, after a pause (`pause_of`) and a chance between 0 and 1.

    A source that fails is asked ever more rarely, up to once a day; one that says Retry-After is obeyed.
    """
    if failures:
        pause = min(pause * 2 ** min(failures, 10), max(LONGEST, pause))
    return now + max(pause, min(retry_after, LONGEST)) + int(pause * SPREAD * chance)


def pause_of(interval: int, tempo: Tempo, now: int, fresh: int = 0, *, is_told: bool = False) -> int:
    """Seconds until a source is asked again that has answered: never less than `interval`, which somebody has set.

    A source whose hub tells of its news (`is_told`) is asked as rarely as one that brings little.

    It follows the source's own rhythm, and how long its answer is `fresh` by its headers, both within bounds, since
    many servers say the same of all they have; what the feed itself asks for counts up to a day.
    """
    most = max(interval, min(STRETCH * interval, LONGEST))
    rhythm = max(tempo.gap, now - tempo.newest) // PART if tempo.gap else 0
    rhythm = most if is_told else rhythm
    return max(interval, min(rhythm, most), min(fresh, most), min(tempo.every, max(LONGEST, interval)))


def out_of_quiet(at: int, hours: Collection[int], days: Collection[int]) -> int:
    """The same second, or the end of the hours (UTC) and days (Monday 0) in which nothing new comes.

    One for which all time is quiet has said nothing.
    """
    for hour in range(24 * 7 + 1):
        moment = at if not hour else (at // HOUR + hour) * HOUR
        if moment // HOUR % 24 not in hours and (moment // LONGEST + 3) % 7 not in days:  # 1970 began on a Thursday
            return moment
    return at


def chance_of(*numbers: int) -> float:
    """A number between 0 and 1 that differs from source to source and from look to look, and is the same if asked
    again."""
    return crc32(" ".join(map(str, numbers)).encode()) / 2**32


def next_try(tries: int) -> int:
    """Seconds until an article is tried again that could not be taken `tries` times in a row.

    The first failure may be a hiccup: the next look tries again.  Then it is an hour, and ever more, up to a day.
    """
    return min(HOUR * 2 ** min(tries - 2, 10), LONGEST) if tries > 1 else 0
