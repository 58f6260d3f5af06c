"""Subscriptions at hubs (WebSub): what a hub has been asked to tell this site, and how far it keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class SubscriptionState(StrEnum):
    """How a subscription stands."""

    PENDING = "pending"
    """Its hub is to be asked, or has not confirmed it yet."""
    ACTIVE = "active"
    DISTRUSTED = "distrusted"
    """It holds, but its hub was silent about news."""
    DENIED = "denied"
    ENDING = "ending"
    """It is not wanted any more; its hub is told so."""


class Delivery(IntEnum):
    """How far deliveries of a hub have led to a look at the source."""

    NONE = 0
    WAITING = 1
    TAKEN = 2
    """A look goes on that began after the last one came."""
    TAKEN_AND_WAITING = 3
    """A look goes on, and another one came meanwhile."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A source's subscription at a hub.  Times are seconds since 1970 of the machine's own clock, 0 for never."""

    id: int
    source: int
    """0 where the source is there no more."""
    hub: str
    topic: str
    """The address by which the hub knows the feed."""
    callback: str
    """Where the hub reaches this site; `token` is the end of its path."""
    token: str
    secret: str
    """What deliveries are signed with."""
    state: SubscriptionState = SubscriptionState.PENDING
    reason: str = ""
    """Why it was denied, or could not be asked for."""
    active_since: int = 0
    lease_until: int = 0
    """When the hub forgets it."""
    next_at: int = 0
    """When its hub is to be asked (again)."""
    tries: int = 0
    """How often in a row the hub was asked and did not confirm."""
    delivery: Delivery = Delivery.NONE
    delivered_at: int = 0
    """When a delivery came whose news no look has found yet."""
    looked_at: int = 0
    """When the last look began that a delivery has led to."""
    doubted_at: int = 0
    """When a look found news that the hub has not told of, which it may still do."""
    missed: int = 0
    """News that the hub did not tell of ..."""
    confirmed: int = 0
    """... and those in a row, after these, that it told of."""

    def is_held(self, now: int) -> bool:
        """Whether the hub has confirmed it and not forgotten it yet."""
        return self.lease_until > now

    def is_trusted(self, now: int) -> bool:
        """Whether it is to be expected that the hub tells of the source's news."""
        return self.state is SubscriptionState.ACTIVE and self.is_held(now)
