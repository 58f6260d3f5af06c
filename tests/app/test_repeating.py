"""What fails again and again is said once and then counted; what waits goes on when it can."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import pytest

from wirepress.app.repeating import KINDS, MINUTE, Repetitions, pause_after, repeat
from wirepress.app.serve import LONG_LIFE, LONGEST_PAUSE, Family
from wirepress.store.faults import lost, no_room

logger = logging.getLogger("wirepress.test")


class Timers:
    """What is to be done later, done when a test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, call: Callable[[], None]) -> None:
        self.waiting.append((seconds, call))

    def pass_minute(self) -> None:
        due, self.waiting = self.waiting, []
        for seconds, call in due:
            assert seconds == MINUTE
            call()


def test_a_kind_of_failure_is_said_at_once_and_then_counted(caplog: pytest.LogCaptureFixture) -> None:
    timers = Timers()
    said = Repetitions(logger, timers)
    for number in range(5000):
        said.error(lost(), "GET /%s failed", number)
    said.error(no_room(), "POST / failed")
    assert [record.getMessage() for record in caplog.records] == [
        f"GET /0 failed: {lost().message}",
        f"POST / failed: {no_room().message}",
    ]
    caplog.clear()
    timers.pass_minute()
    assert [record.getMessage() for record in caplog.records] == [
        "database_lost: repeated 4999 times in the last minute"
    ]
    caplog.clear()
    timers.pass_minute()
    assert (caplog.records, timers.waiting) == ([], [])
    said.error(lost(), "GET / failed")
    assert len(caplog.records) == 1


def test_faults_of_ours_are_said_each_time(caplog: pytest.LogCaptureFixture) -> None:
    said = Repetitions(logger, Timers())
    for _ in range(3):
        said.error(ValueError("a fault"), "GET / failed")
    assert [record.exc_info is not None for record in caplog.records] == [True] * 3


def test_kinds_without_end_fill_no_memory() -> None:
    timers = Timers()
    said = Repetitions(logger, timers)
    for number in range(10 * KINDS):
        error = lost()
        error.code = f"kind_{number}"
        said.error(error, "failed")
    assert len(timers.waiting) <= KINDS + 1


class Stop(threading.Event):
    """Notes how long it was waited for, and waits for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        return self.is_set()


def test_pauses_grow_while_it_fails_and_it_goes_on_when_it_can(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stop, looks = Stop(), 0

    def step() -> None:
        nonlocal looks
        looks += 1
        if looks <= 6:
            raise no_room()
        if looks == 8:
            stop.set()

    repeat("sources", step, stop, 5.0, logger)
    assert stop.pauses == [5, 10, 20, 40, 60, 60, 5, 5]
    assert [record.getMessage() for record in caplog.records] == [
        f"sources must wait: {no_room().message}", "sources: goes on",
    ]  # fmt: skip


def test_what_rests_shortly_begins_with_short_pauses() -> None:
    assert [pause_after(failures, 1.0) for failures in (1, 2, 3, 30)] == [1.0, 2.0, 4.0, 60.0]
    assert pause_after(1, 3600.0) == 5.0


def test_a_child_that_dies_again_and_again_is_started_ever_more_rarely() -> None:
    family = Family()
    assert [family.pause("worker", 1.0) for _ in range(6)] == [2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert family.pause("web 1", 1.0) == 2
    assert family.pause("worker", LONG_LIFE + 1) == 0.2
    assert family.pause("worker", 1.0) == 2
