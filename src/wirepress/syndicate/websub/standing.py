"""How a subscription stands, for those who look at its source."""

from __future__ import annotations

from datetime import UTC, datetime

from wirepress.model.subscription import Subscription, SubscriptionState
from wirepress.url.parse import parse


def state_of(known: Subscription, now: int) -> SubscriptionState:
    """Its state now: one that its hub has forgotten holds no more, whether the worker has noted that or not."""
    held = (SubscriptionState.ACTIVE, SubscriptionState.DISTRUSTED)
    return SubscriptionState.PENDING if known.state in held and not known.is_held(now) else known.state


def host_of(known: Subscription) -> str:
    """The hub as people call it."""
    found = parse(known.hub)
    return found.host_as_read if found else known.hub


def described(known: Subscription | None, now: int) -> str:
    """One line for a person, "" where there is no subscription."""
    if known is None:
        return ""
    host, reason = host_of(known), f": {known.reason}" if known.reason else ""
    until = datetime.fromtimestamp(known.lease_until, UTC).isoformat(timespec="minutes")
    match state_of(known, now):
        case SubscriptionState.ACTIVE:
            return f"subscribed at {host} until {until}"
        case SubscriptionState.DISTRUSTED:
            return f"distrusted: {host} was silent about news; subscribed until {until}"
        case SubscriptionState.DENIED:
            return f"denied by {host}{reason}"
        case _:
            return f"waiting for {host} to confirm{reason}"
