"""How long subscriptions hold, and when hubs are asked again: plain arithmetic."""

from __future__ import annotations

from typing import Final

DAY: Final = 86_400
ASKED_FOR: Final = 10 * DAY
"""Seconds that hubs are asked to hold a subscription; what they grant counts ..."""
LONGEST: Final = 30 * DAY
"""... up to this."""
LEAST_PAUSE: Final = 300
"""Seconds until a hub is asked again, at least: after the first failure, and for a lease that is shorter."""
DENIED_FOR: Final = DAY
"""Seconds until a hub is asked again that has denied a subscription."""
REMEMBERED_FOR: Final = 300
"""Seconds for which a hub is answered that has ended a subscription and asks once more whether it is to."""
_RENEWED: Final = 0.8
_EARLIER: Final = 0.1


def lease_of(granted: str) -> int:
    """The seconds that a hub grants by `hub.lease_seconds`; hubs of before WebSub need not say."""
    if granted.isascii() and granted.isdigit() and len(granted) < 12:
        return min(int(granted), LONGEST)
    return ASKED_FOR


def renewal(now: int, lease: int, chance: float) -> int:
    """When to renew a lease that begins now: behind seven to eight tenths of it, by a chance between 0 and 1."""
    return now + max(LEAST_PAUSE, int(lease * (_RENEWED - _EARLIER * chance)))


def next_try(now: int, tries: int, chance: float, retry_after: int = 0) -> int:
    """When to ask a hub again that was asked so many times in a row and has not confirmed; up to once a day."""
    pause = min(LEAST_PAUSE << min(max(tries - 1, 0), 20), DAY)
    return now + max(pause, min(retry_after, DAY)) + int(pause * _EARLIER * chance)
