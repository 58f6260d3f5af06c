"""When to look at a source again: plain arithmetic."""

from __future__ import annotations

LEASE = 900
"""Seconds that one pull may hold a source."""

LONGEST = 24 * 3600


def next_look(now: int, interval: int, failures: int, retry_after: int = 0) -> int:
    """The second at which to look again.

    A source that fails is asked ever more rarely, up to once a day; one that says Retry-After is obeyed.
    """
    pause = min(interval * 2 ** min(failures, 10), max(LONGEST, interval)) if failures else interval
    return now + max(pause, min(retry_after, LONGEST))
