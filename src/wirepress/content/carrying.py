"""Carrying out orders, whatever they are about: how far one is, whether it is wanted still, and that it ends."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Invalid, Unavailable, WirepressError
from wirepress.model.order import Order
from wirepress.store import orders as store

logger = logging.getLogger("wirepress.orders")

LEASE: Final = 300
"""Seconds without a word after which whoever carries out an order on another machine is taken for gone."""
BEAT: Final = 60
"""Seconds between two words of a worker that it still carries out its orders, whatever they are waiting for."""
PAUSE: Final = 0.5
"""Seconds between two notes of how far an order is."""


class Telling:
    """How far an order is, noted for those who wait for it; and whether it is to be ended."""

    def __init__(self, newsroom: Newsroom, order: Order, by: str, stop: Callable[[], bool], seconds: float) -> None:
        self.newsroom = newsroom
        self.order = order
        self.by = by
        self.ending = stop
        self.until = newsroom.clock.monotonic() + seconds
        self.wanted = True
        self._told = self._asked = float("-inf")

    def __call__(self, progress: Mapping[str, Any]) -> None:
        """Notes how far it is, unless that was done a moment ago."""
        now = self.newsroom.clock.monotonic()
        if now - self._told < PAUSE or not self.wanted:
            return
        self._told = self._asked = now
        until = int(self.newsroom.clock.now().timestamp()) + LEASE
        try:
            with self.newsroom.database.write() as unit:
                self.wanted = store.tell(unit, self.order.id, self.by, progress, until)
        except Unavailable as error:  # a note is not worth the order: the next one comes soon
            logger.warning("order %s could not tell how far it is: %s", self.order.id, error.message)

    def stop(self) -> bool:
        """Whether to go on no longer: we are asked to end, it took too long, or nobody wants it any more."""
        self._ask()
        return not self.wanted or self.ending() or self.newsroom.clock.monotonic() > self.until

    def _ask(self) -> None:
        """Looks whether it is wanted still, unless that was done a moment ago: not all work tells how far it is."""
        now = self.newsroom.clock.monotonic()
        if now - self._asked < PAUSE or not self.wanted:
            return
        self._asked = now
        try:
            with self.newsroom.database.read() as unit:
                self.wanted = store.is_held(unit, self.order.id, self.by)
        except Unavailable as error:
            logger.warning("order %s could not ask whether it is wanted: %s", self.order.id, error.message)


def carried(newsroom: Newsroom, order: Order, by: str, deed: Callable[[], Mapping[str, Any]]) -> None:
    """Does what was ordered, taken under a name; what goes wrong is its result."""
    result: Mapping[str, Any] = {}
    error = ""
    try:
        result = deed()
    except Exception as failure:  # noqa: BLE001 - whatever it is, the order ends; `why` logs what nobody expected
        error = why(order, failure)
    now = int(newsroom.clock.now().timestamp())
    try:
        with newsroom.database.write() as unit:
            if error:
                store.fail(unit, order.id, by, error, now)
            else:
                store.finish(unit, order.id, by, result, now)
    except Invalid as failure:  # what came out is too much to be kept
        with newsroom.database.write() as unit:
            store.fail(unit, order.id, by, why(order, failure), now)


def why(order: Order, failure: BaseException) -> str:
    """What is said of a failure; one that is a mistake of ours, or of a document that brings it to light, is logged."""
    if isinstance(failure, WirepressError):
        return failure.message
    logger.error("order %s failed", order.id, exc_info=failure)
    return f"It could not be done ({type(failure).__name__})."
