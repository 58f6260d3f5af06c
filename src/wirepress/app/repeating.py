"""What is done again and again, and what is said again and again: pauses that grow, and lines that are counted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from wirepress.app.failures import line_of
from wirepress.model.errors import WirepressError

MINUTE = 60.0
KINDS = 100
"""How many kinds of failures are told apart; those beyond are counted as one."""
FIRST, LONGEST = 5.0, 60.0
"""Seconds of the first pause after a failure, and of the longest: when it works again, it is seen that soon."""

Later = Callable[[float, Callable[[], None]], None]


def _later(seconds: float, call: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()


class Repetitions:
    """Says the first failure of a kind at once, and of those that follow once a minute how many there were.

    Safe to be asked by many threads.
    """

    def __init__(self, logger: logging.Logger, later: Later = _later) -> None:
        self._logger = logger
        self._later = later
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}

    def error(self, error: BaseException, text: str, *words: object) -> None:
        """Says a failure in a line that begins with a text (with `%s` for its words).

        A fault of ours is said each time, with where it came from: two of one kind need not be the same.
        """
        kind, line = _kind(error), line_of(error)
        if line is None:
            self._logger.error(text, *words, exc_info=error)
            return
        with self._lock:
            if kind not in self._counts and len(self._counts) >= KINDS:
                kind = "other failures"
            if kind in self._counts:
                self._counts[kind] += 1
                return
            self._counts[kind] = 0
        self._logger.error(f"{text}: %s", *words, line)
        self._later(MINUTE, lambda: self._tell(kind))

    def _tell(self, kind: str) -> None:
        with self._lock:
            number = self._counts.pop(kind)
            if number:
                self._counts[kind] = 0
        if number:
            self._logger.error("%s: repeated %s times in the last minute", kind, number)
            self._later(MINUTE, lambda: self._tell(kind))


def _kind(error: BaseException) -> str:
    return error.code if isinstance(error, WirepressError) else type(error).__name__


def repeat(
    what: str, step: Callable[[], object], stop: threading.Event, rest: float, logger: logging.Logger
) -> None:  # fmt: skip
    """Does a step again and again, with a rest between, until it is asked to stop.

    Where it fails, that is said once, the pauses grow to a minute, and it goes on as soon as it works again.
    """
    said, failures = Repetitions(logger), 0
    while not stop.is_set():
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the last frame of a thread: it is said, and tried again
            if not stop.is_set():
                said.error(error, "%s must wait", what)
            failures += 1
            stop.wait(pause_after(failures, rest))
            continue
        if failures:
            logger.info("%s: goes on", what)
        failures = 0
        stop.wait(rest)


def pause_after(failures: int, rest: float) -> float:
    """Seconds to wait after so many failures in a row of what rests so long otherwise."""
    return min(min(rest, FIRST) * 2.0 ** min(failures - 1, 10), LONGEST)
