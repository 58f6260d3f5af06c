"""The worker's threads that look at sources: side by side, each for as long as it may, the slow ones among themselves.

A source that is slow or huge ends its look when its budget is spent and waits for its next turn behind those that
wait longer; half of the threads are never given to such sources, so that the others find one.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Conflict, NotFound, Unavailable
from wirepress.net.port import Fetcher
from wirepress.store import leases
from wirepress.store.leases import Due
from wirepress.syndicate.budget import Budget
from wirepress.syndicate.lease import is_dead, own_name
from wirepress.url.parse import parse

logger = logging.getLogger("wirepress.worker")

POLLS = 0.5
"""Seconds between two looks for sources that are due."""


@dataclass(frozen=True, slots=True)
class Places:
    """How many sources are looked at side by side."""

    all: int = 8
    of_a_host: int = 2

    @property
    def heavy(self) -> int:
        """Of those that are slow, or of which much is left."""
        return max(1, self.all // 2)


class Polling:
    """Takes sources that are due and has them looked at."""

    def __init__(
        self, newsroom: Newsroom, fetcher: Fetcher, places: Places | None = None, budget: Budget | None = None
    ) -> None:  # fmt: skip
        self.newsroom = newsroom
        self.fetcher = fetcher
        self.places = places or Places()
        self.budget = budget or Budget(60.0, 100, 50_000_000)
        self.running: dict[int, tuple[Due, Future[None]]] = {}

    def step(self, threads: ThreadPoolExecutor, stop: Callable[[], bool]) -> int:
        """Has as many sources looked at as there are places for; how many are being looked at.

        Raises Unavailable where the newsroom itself can take nothing.
        """
        ended = [key for key, (_, future) in self.running.items() if future.done()]
        failures = [self.running.pop(key)[1].exception() for key in ended]
        for failure in failures:
            if failure is not None:
                raise failure
        if len(self.running) < self.places.all and not stop():
            for due in self.chosen():
                self.running[due.id] = due, threads.submit(self.look, due, stop)
        return len(self.running)

    def work(self, threads: ThreadPoolExecutor, stop: Callable[[], bool]) -> None:
        """Has sources looked at as long as any is due: a place that comes free is given at once to the next one."""
        while self.step(threads, stop) and not stop():
            wait([future for _, future in self.running.values()], POLLS, FIRST_COMPLETED)

    def chosen(self) -> list[Due]:
        """The sources to look at now, those that have waited longest first."""
        busy, waiting = self._busy_and_waiting()
        hosts = Counter(host_of(due.url) for due in busy.values())
        heavy = sum(due.heavy for due, _ in self.running.values())
        found: list[Due] = []
        for due in waiting:
            if len(self.running) + len(found) >= self.places.all:
                break
            host = host_of(due.url)
            is_crowded = hosts[host] >= self.places.of_a_host
            is_one_too_heavy = due.heavy and heavy >= self.places.heavy
            if due.id in self.running or is_crowded or is_one_too_heavy:
                continue
            hosts[host] += 1
            heavy += due.heavy
            found.append(due)
        return found

    def _busy_and_waiting(self) -> tuple[dict[int, Due], list[Due]]:
        """The sources that anybody looks at, by their ids, and those that are due."""
        now, own = int(self.newsroom.clock.now().timestamp()), own_name()
        with self.newsroom.database.read() as unit:
            held = leases.held(unit, now)
            # What is held under our own name and not looked at is what an earlier look could not give back.
            names = {one.holder for one in held}
            lapsed = [name for name in names if name == own or is_dead(name)]
            waiting = leases.due(unit, now, lapsed)
        busy: dict[int, Due] = {one.id: one for one in held if one.holder not in lapsed}
        return busy | {due.id: due for due, _ in self.running.values()}, waiting

    def look(self, due: Due, stop: Callable[[], bool]) -> None:
        """Looks at one source, in one of the threads.  What it needs is loaded with the first one.

        Raises Unavailable where the newsroom itself can take nothing: the next source would fare no better.
        """
        from wirepress.syndicate.pull import pull_source

        try:
            report = pull_source(
                self.newsroom, due.id, self.fetcher, stop=stop, budget=self.budget, scheduled=True
            )  # fmt: skip
        except Unavailable:
            raise
        except (Conflict, NotFound) as error:  # somebody else looks at it, or has removed it
            logger.info("source %s: %s", due.id, error.message)
        except Exception:
            logger.exception("source %s failed", due.id)
        else:
            logger.info("%s: %s", report.source, report.result())


def host_of(url: str) -> str:
    """The host of a source's address, "" for one that has none."""
    found = parse(url)
    return found.host if found else ""


def polling_of(settings: Settings, newsroom: Newsroom, fetcher: Fetcher) -> Polling:
    """The polling as the settings have it."""
    places = Places(settings.pull_sources, settings.pull_sources_host)
    budget = Budget(settings.pull_seconds, settings.pull_pages, settings.pull_bytes)
    return Polling(newsroom, fetcher, places, budget)
