"""When to look at a source again: plain arithmetic."""

from __future__ import annotations

LEASE = 900
"""Seconds that one pull may hold a source."""

LONGEST = 24 * 3600
HOUR = 3600


def next_look(now: int, interval: int, failures: int, retry_after: int = 0) -> int:
    """The second at which to look again.

    A source that fails is asked ever more rarely, up to once a day; one that says Retry-After is obeyed.
    """
    pause = min(interval * 2 ** min(failures, 10), max(LONGEST, interval)) if failures else interval
    return now + max(pause, min(retry_after, LONGEST))


def next_try(tries: int) -> int:
    """Seconds until an article is tried again that could not be taken `tries` times in a row.

    The first failure may be a hiccup: the next look tries again.  Then it is an hour, and ever more, up to a day.
    """
    return min(HOUR * 2 ** min(tries - 2, 10), LONGEST) if tries > 1 else 0
