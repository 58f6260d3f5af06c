"""What a web process counts, in the form that Prometheus reads.

The ways of answering count in plain numbers (`Counts`), which costs them nothing; they are read, and the database is
asked, when somebody asks for `/-/metrics`.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Unavailable
from wirepress.model.web import Request, Response
from wirepress.store import leases

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

PATH: Final = "/-/metrics"
FORWARDED: Final = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
"""Headers by which a request says that it came by a proxy: it is not this machine that asks."""
_LOCAL_NAMES: Final = frozenset({"localhost", "localhost."})
Send = Callable[[dict[str, Any]], Awaitable[None]]
_MOST_DUE: Final = 10_000


class Sized(Protocol):
    """What keeps things in memory."""

    bytes: int

    def __len__(self) -> int:
        """How many it keeps."""


class Counts:
    """What was answered, and how: by the bytes of a head that had come before (`repeated`), by an answer that was kept
    (`kept`), or by one that was made (`made`).  The event loop alone counts, but for `failed`."""

    __slots__ = ("failed", "kept", "made", "repeated", "statuses")

    def __init__(self) -> None:
        self.repeated: Counter[bytes] = Counter()
        """By status lines."""
        self.kept = self.made = self.failed = 0
        self.statuses: Counter[int] = Counter()
        """Of all answers but the repeated ones."""

    def watching(self, send: Send) -> Send:
        """Sends, and counts the answers by their status."""

        async def counted(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self.statuses[message["status"]] += 1
            await send(message)

        return counted

    def by_status(self) -> dict[int, int]:
        """How many answers of each status were sent."""
        found = Counter(self.statuses)
        for line, number in tuple(self.repeated.items()):
            found[int(line.split(b" ", 2)[1])] += number
        return dict(sorted(found.items()))


class Metrics:
    """What `/-/metrics` answers.

    Asked by this machine where no `token` is set, and only by who bears it where one is; all others are told that
    there is no such page.
    """

    def __init__(self, newsroom: Newsroom, counts: Counts, token: str) -> None:
        self.counts = counts
        self.kept: dict[str, Sized] = {}
        """What is kept in memory, by its name in the metrics."""
        self._newsroom = newsroom
        self._token = token
        self._turn = threading.Lock()

    def serves(self, request: Request) -> bool:
        """Whether a request is for the metrics, and from somebody who may see them."""
        if request.path != PATH or request.method not in ("GET", "HEAD"):
            return False
        if self._token:
            scheme, _, sent = request.headers.get("authorization", "").partition(" ")
            return scheme.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), self._token.encode())
        return _is_loopback(request.remote) and _is_local(request) and not FORWARDED & request.headers.keys()

    def answer(self) -> Response:
        """The metrics in Prometheus's text format, version 0.0.4."""
        # It is loaded when somebody wants it: most sites are never asked.
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

        with self._turn:
            registry = CollectorRegistry()
            registry.register(self)
            headers = [("content-type", CONTENT_TYPE_PLAIN_0_0_4), ("cache-control", "no-store")]
            return Response(200, headers, generate_latest(registry))

    def collect(self) -> Iterator[Metric]:
        """The metrics, as a collector of prometheus-client gives them."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        process, counts = str(os.getpid()), self.counts

        def family(kind: Any, name: str, words: str, label: str, values: dict[Any, float]) -> Metric:
            made: Metric = kind(f"wirepress_{name}", words, labels=(*filter(None, (label,)), "process"))
            for value, number in values.items():
                made.add_metric((*((str(value),) if label else ()), process), number)  # type: ignore[attr-defined] # both have it
            return made

        ways: dict[Any, float] = {"repeated": counts.repeated.total(), "kept": counts.kept, "made": counts.made}
        yield family(CounterMetricFamily, "answers", "Answers by the way that they came.", "way", ways)
        statuses: dict[Any, float] = {**counts.by_status()}
        yield family(CounterMetricFamily, "responses", "Answers by their status.", "status", statuses)
        failed: dict[Any, float] = {"": counts.failed}
        yield family(CounterMetricFamily, "failures", "Requests of which an answer could not be made.", "", failed)
        numbers: dict[Any, float] = {name: len(kept) for name, kept in self.kept.items()}
        yield family(GaugeMetricFamily, "kept", "What is kept in memory.", "what", numbers)
        sizes: dict[Any, float] = {name: kept.bytes for name, kept in self.kept.items()}
        yield family(GaugeMetricFamily, "kept_bytes", "The memory of what is kept.", "what", sizes)
        database = self._newsroom.database
        waiting: dict[Any, float] = {"": database.writes_waiting}
        yield family(GaugeMetricFamily, "writes_waiting", "Writes that wait for their turn.", "", waiting)
        statements: dict[Any, float] = {"": database.statements}
        yield family(CounterMetricFamily, "statements", "Statements that the database was asked.", "", statements)
        if (due := self._due()) is not None:
            yield family(GaugeMetricFamily, "sources_due", "Sources that the worker should look at now.", "", {"": due})

    def _due(self) -> int | None:
        """How many sources wait for the worker; None where the database does not say."""
        try:
            with self._newsroom.database.read() as unit:
                return leases.number_due(unit, int(self._newsroom.clock.now().timestamp()), _MOST_DUE)
        except Unavailable:
            return None


def _is_local(request: Request) -> bool:
    """Whether a request names this machine as its host: a proxy on it hands on the name of the site."""
    host = request.headers.get("host", "")
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return name.lower() in _LOCAL_NAMES or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
