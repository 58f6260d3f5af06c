"""Carrying out orders, in the worker: each bounded in time, told of while it goes on, ended in any case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from wirepress.content.carrying import Telling, carried
from wirepress.content.newsroom import Newsroom
from wirepress.model.order import Order, OrderKind
from wirepress.net.port import Fetcher
from wirepress.syndicate.discover import discover
from wirepress.syndicate.orders import source_of
from wirepress.syndicate.preview import preview
from wirepress.syndicate.pull import pull_source
from wirepress.syndicate.report import Report
from wirepress.url.parse import open_address

SECONDS: Final = {OrderKind.DISCOVER: 60.0, OrderKind.TEST: 120.0, OrderKind.RUN: 840.0}
"""How long an order may take before it is ended where it is."""
WORK: Final = "orders"


def carry_out(newsroom: Newsroom, order: Order, fetcher: Fetcher, by: str, stop: Callable[[], bool]) -> None:
    """Carries out an order that was taken under a name; what goes wrong is its result."""
    telling = Telling(newsroom, order, by, stop, SECONDS[order.kind])
    carried(newsroom, order, by, lambda: _DEEDS[order.kind](newsroom, order, fetcher, telling))


def _discover(newsroom: Newsroom, order: Order, fetcher: Fetcher, telling: Telling) -> Mapping[str, Any]:
    def step(address: str) -> None:
        telling({"address": open_address(address)[:300]})

    return discover(str(order.given["url"]), fetcher, newsroom.clock.now(), step, telling.stop)


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
