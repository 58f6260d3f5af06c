"""What looks at a source show of its hub: plain decisions.

A hub that is trusted has its source polled rarely.  So news that a poll finds and the hub has not told of costs it that
trust, when it happens again; telling of news some times in a row gives it back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from wirepress.model.subscription import Subscription, SubscriptionState

GRACE: Final = 600
"""Seconds by which a delivery may come after the look that has found its news, or before it can be found."""
MOST_MISSED: Final = 2
"""News that a hub did not tell of, after which it is trusted no more."""
CONFIRMED: Final = 3
"""News in a row that it tells of, after which what it missed is forgotten."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A look that has asked the source."""

    at: int
    before: int
    """When it was asked the last time before, 0 for never."""
    delivered: bool
    """It took a delivery."""
    has_news: bool
    """It found entries that nobody had seen before."""


def judged(known: Subscription, look: Looked) -> Subscription:
    """A subscription after a look at its source."""
    if not known.is_held(look.at) or known.state not in (SubscriptionState.ACTIVE, SubscriptionState.DISTRUSTED):
        return known
    known = _with_doubt_settled(known, look.at)
    if not look.has_news:
        return known
    has_been_told_of = known.delivered_at and known.delivered_at >= look.before - GRACE
    if look.delivered or has_been_told_of:
        return _confirming(known)
    was_held = 0 < known.active_since <= look.before
    return replace(known, doubted_at=known.doubted_at or look.at) if was_held else known


def may_wait(known: Subscription | None, look: Looked) -> bool:
    """Whether the source need not be asked for long, since its hub will tell; `known` is as it was before the look."""
    if known is None:
        return False
    after = judged(known, look)
    # A delivery that led to nothing new may have come before the feed itself: it is asked again soon.
    is_ahead = look.delivered and not look.has_news
    return after.is_trusted(look.at) and not after.doubted_at and not is_ahead


def _with_doubt_settled(known: Subscription, now: int) -> Subscription:
    if not known.doubted_at:
        return known
    if known.doubted_at <= known.delivered_at <= known.doubted_at + GRACE:
        return _confirming(replace(known, doubted_at=0))
    if now <= known.doubted_at + GRACE:
        return known
    missed = known.missed + 1
    state = SubscriptionState.DISTRUSTED if missed >= MOST_MISSED else known.state
    return replace(known, doubted_at=0, missed=missed, confirmed=0, state=state)


def _confirming(known: Subscription) -> Subscription:
    known = replace(known, delivered_at=0, confirmed=min(known.confirmed + 1, CONFIRMED))
    if known.confirmed < CONFIRMED:
        return known
    return replace(known, missed=0, state=SubscriptionState.ACTIVE)
