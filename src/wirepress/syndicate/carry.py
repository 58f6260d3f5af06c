"""Carrying out orders, in the worker: each bounded in time, told of while it goes on, ended in any case."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.address import open_address
from wirepress.model.errors import Unavailable, WirepressError
from wirepress.model.order import Order, OrderKind
from wirepress.net.port import Fetcher
from wirepress.store import orders as store
from wirepress.syndicate.discover import discover
from wirepress.syndicate.orders import source_of
from wirepress.syndicate.preview import preview
from wirepress.syndicate.pull import Report, pull_source

logger = logging.getLogger("wirepress.orders")

SECONDS: Final = {OrderKind.DISCOVER: 60.0, OrderKind.TEST: 120.0, OrderKind.RUN: 840.0}
"""How long an order may take before it is ended where it is."""
LEASE: Final = 300
"""Seconds without a word after which whoever carries out an order is taken for gone."""
PAUSE: Final = 0.5
"""Seconds between two notes of how far an order is."""
WORK: Final = "orders"


class Telling:
    """How far an order is, noted for those who wait for it; and whether it is to be ended."""

    def __init__(self, newsroom: Newsroom, order: Order, by: str, stop: Callable[[], bool]) -> None:
        self.newsroom = newsroom
        self.order = order
        self.by = by
        self.ending = stop
        self.until = newsroom.clock.monotonic() + SECONDS[order.kind]
        self.wanted = True
        self._told = float("-inf")

    def __call__(self, progress: Mapping[str, Any]) -> None:
        """Notes how far it is, unless that was done a moment ago."""
        now = self.newsroom.clock.monotonic()
        if now - self._told < PAUSE or not self.wanted:
            return
        self._told = now
        until = int(self.newsroom.clock.now().timestamp()) + LEASE
        try:
            with self.newsroom.database.write() as unit:
                self.wanted = store.tell(unit, self.order.id, self.by, progress, until)
        except Unavailable as error:  # a note is not worth the order: the next one comes soon
            logger.warning("order %s could not tell how far it is: %s", self.order.id, error.message)

    def stop(self) -> bool:
        """Whether to go on no longer: we are asked to end, it took too long, or nobody wants it any more."""
        return not self.wanted or self.ending() or self.newsroom.clock.monotonic() > self.until


def carry_out(newsroom: Newsroom, order: Order, fetcher: Fetcher, by: str, stop: Callable[[], bool]) -> None:
    """Carries out an order that was taken under a name; what goes wrong is its result."""
    telling = Telling(newsroom, order, by, stop)
    result: Mapping[str, Any] = {}
    error = ""
    try:
        result = _DEEDS[order.kind](newsroom, order, fetcher, telling)
    except WirepressError as failure:
        error = failure.message
    except Exception as failure:  # a mistake of ours, or a document that brings one to light: the worker goes on
        logger.exception("order %s failed", order.id)
        error = f"It could not be done ({type(failure).__name__})."
    now = int(newsroom.clock.now().timestamp())
    with newsroom.database.write() as unit:
        if error:
            store.fail(unit, order.id, by, error, now)
        else:
            store.finish(unit, order.id, by, result, now)


def _discover(_: Newsroom, order: Order, fetcher: Fetcher, telling: Telling) -> Mapping[str, Any]:
    def step(address: str) -> None:
        telling({"address": open_address(address)[:300]})

    return discover(str(order.given["url"]), fetcher, step, telling.stop)


def _test(newsroom: Newsroom, order: Order, fetcher: Fetcher, telling: Telling) -> Mapping[str, Any]:
    def step(done: int, total: int) -> None:
        telling({"done": done, "total": total})

    return preview(newsroom, source_of(order), fetcher, step, telling.stop)


def _run(newsroom: Newsroom, order: Order, fetcher: Fetcher, telling: Telling) -> Mapping[str, Any]:
    def step(report: Report) -> None:
        telling(_facts(report))

    report = pull_source(newsroom, order.source, fetcher, step=step, stop=telling.stop, work=f"{WORK}{order.id}")
    return _facts(report) | {"result": report.result(), "cut": report.cut, "entries": report.entries}


def _facts(report: Report) -> dict[str, Any]:
    counts = {name: report.counts[name] for name in ("created", "revised", "skipped", "failed")}
    return {
        **counts,
        "found": report.found,
        "done": report.done,
        "reasons": dict(report.reasons),
        "notes": report.notes,
        "error": report.error,
    }


_DEEDS: Final[Mapping[OrderKind, Callable[[Newsroom, Order, Fetcher, Telling], Mapping[str, Any]]]] = {
    OrderKind.DISCOVER: _discover,
    OrderKind.TEST: _test,
    OrderKind.RUN: _run,
}
