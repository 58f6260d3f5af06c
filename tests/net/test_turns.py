"""Turns at hosts: the distance between two requests holds across processes, and who is asked to wait is heeded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.net.loopback import Loopback, reply
from tests.store.blank import blank_database
from tests.store.full import refusing
from wirepress.app.turns import SharedTurns
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Bounds, FetchError
from wirepress.net.turns import LONGEST_WAIT, Turns
from wirepress.store import turns as store
from wirepress.store.database import Database

LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = blank_database(tmp_path / "turns.sqlite")
    yield made
    made.close()


def test_turns_follow_each_other_at_the_distance_of_the_host(database: Database) -> None:
    with database.write() as unit:
        assert [store.take(unit, "a", 1000, 500, 10_000) for _ in range(3)] == [0, 500, 1000]
        assert store.take(unit, "b", 1000, 500, 10_000) == 0
        assert store.take(unit, "a", 9000, 500, 10_000) == 0


def test_a_host_that_is_held_gives_no_turn_to_those_who_would_wait_too_long(database: Database) -> None:
    with database.write() as unit:
        store.hold(unit, "a", 100_000)
        assert [store.take(unit, "a", 1000, 500, 60_000) for _ in range(2)] == [99_000, 99_000]
        store.hold(unit, "a", 50_000)  # what was said before counts
        assert store.take(unit, "a", 60_000, 500, 60_000) == 40_000
        assert store.take(unit, "a", 60_000, 500, 60_000) == 40_500
        assert (store.forget(unit, 100_000), store.forget(unit, 2**40)) == (0, 1)


class Told:
    """What two processes share, as a test has it: the waits that it gives, and the holds that it was told of."""

    def __init__(self, *waits: float) -> None:
        self.waits = list(waits)
        self.taken: list[tuple[str, float]] = []
        self.held: list[tuple[str, float]] = []

    def take(self, host: str, gap: float, most: float) -> float:
        self.taken.append((host, gap))
        return self.waits.pop(0)

    def hold(self, host: str, seconds: float) -> None:
        self.held.append((host, seconds))


def test_what_other_processes_took_is_waited_for() -> None:
    told = Told(0.0, 0.05, LONGEST_WAIT + 1)

    async def ask() -> float:
        turns, loop = Turns(2, 0.001, told), asyncio.get_running_loop()
        async with turns.of("a", 0.01):
            begun = loop.time()
        async with turns.of("a"):
            waited = loop.time() - begun
        with pytest.raises(FetchError) as caught:
            async with turns.of("a"):
                pass
        assert (caught.value.asks_to_wait, caught.value.retry_after) == (True, int(LONGEST_WAIT) + 2)
        return waited

    assert asyncio.run(ask()) >= 0.05
    assert told.taken == [("a", 0.01), ("a", 0.001), ("a", 0.001)]


def test_a_server_that_asks_to_wait_is_asked_by_nobody(database: Database) -> None:
    bounds = Bounds(host_delay=0.001, allow=LOOPBACK)
    with Loopback(lambda path, headers: reply(429, Retry_After="900")) as server:
        for _ in range(2):
            with WebFetcher(bounds) as fetcher:
                fetcher.shared = SharedTurns(database)
                for path in ("/a", "/b"):
                    with pytest.raises(FetchError) as caught:
                        fetcher.get(server.url + path, robots=False)
                    assert caught.value.asks_to_wait
                    assert 890 <= caught.value.retry_after <= 901
        assert server.paths() == ["/a"]


def test_turns_that_cannot_be_shared_are_kept_alone(database: Database) -> None:
    shared = SharedTurns(database)
    with refusing(database):
        assert shared.take("a", 0.1, 60.0) == 0.0
        shared.hold("a", 60.0)
    assert shared.take("a", 0.1, 60.0) == 0.0
