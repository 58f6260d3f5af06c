"""What a look at a source has to do with the source's hub: it takes what was delivered, and judges the hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirepress.model.subscription import Delivery, Subscription
from wirepress.model.wire import Source
from wirepress.store import subscriptions as store
from wirepress.store.unit import Unit
from wirepress.syndicate.websub.trust import Looked, judged, may_wait

GAP: Final = 60
"""Seconds between the beginnings of two looks at a source that deliveries lead to: however many come, it is asked no
oftener than one for which that interval was set."""


@dataclass(slots=True)
class Hearing:
    """A look, as far as the hub is concerned."""

    subscription: Subscription | None = None
    """The source's, as it was when the look began."""
    delivered: bool = False
    """It takes what the hub has delivered."""
    has_news: bool = False
    """It has found entries that nobody had seen before."""

    def may_wait(self, source: Source, now: int) -> bool:
        """Whether the source need not be asked for long, since its hub will tell."""
        return may_wait(self.subscription, self._looked(source, now))

    def waits_until(self, unit: Unit, source: Source, now: int) -> int | None:
        """When the source is to be looked at for what was delivered and this look did not take; None for nothing."""
        known = store.of_source(unit, source.id)
        if known is None or known.delivery is Delivery.NONE or (self.delivered and known.delivery is Delivery.TAKEN):
            return None
        return due_at(known, now)

    def _looked(self, source: Source, now: int) -> Looked:
        return Looked(now, source.memory.asked, self.delivered, self.has_news)

    def end(self, unit: Unit, source: Source, now: int, *, answered: bool) -> None:
        """Notes that the look has ended; where the source has answered, what that shows of the hub.

        The judgement is made of what is known now: the hub may have delivered, or confirmed, since the look began.
        """
        if self.delivered:
            store.settle_delivery(unit, source.id)
        known = store.of_source(unit, source.id) if answered and self.subscription is not None else None
        if known is not None:
            store.keep_trust(unit, known, judged(known, self._looked(source, now)))


def due_at(known: Subscription, now: int) -> int:
    """When the source may be looked at for a delivery that has come."""
    return max(now, known.looked_at + GAP)


def is_waiting(known: Subscription | None) -> bool:
    """Whether something was delivered that no look has gone through yet: one that was killed has not."""
    return known is not None and known.delivery is not Delivery.NONE


def is_told(known: Subscription | None, now: int) -> bool:
    """Whether the source is to be asked for what was delivered, whenever it would be asked by itself."""
    return known is not None and is_waiting(known) and now >= due_at(known, now)
