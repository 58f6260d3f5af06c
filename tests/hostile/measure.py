"""What a piece of work takes: processor time, memory, and how long it holds other writes up; and what it may take."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from wirepress.content.newsroom import Newsroom

SECONDS: Final = 2.0
"""Of a processor of pace 1, for a request."""
SECONDS_OF_CHANCE: Final = 3.0
"""For a request that was made up: its text may come near several bounds at once (of its content, of its excerpt and of
the answer that shows both), which those that were written to pass one of them do not."""
MEGABYTES: Final = 100
"""That a request may add to what the process has taken."""
LOCK: Final = 0.25
"""Seconds of the processor between the beginning of a write and its end, while others wait for their turn."""
WORDPRESS_FAILS: Final = frozenset(
    {
        "db_insert_error",
        "db_update_error",
        "duplicate_term_slug",
        "empty_term_name",
        "existing_user_email",
        "existing_user_login",
        "invalid_term_name",
        "menu_exists",
        "plugins_api_failed",
        "rest_image_crop_failed",
        "rest_unknown_image_file_type",
        "rest_upload_sideload_error",
        "user_login_too_long",
        "user_nicename_too_long",
        "user_url_too_long",
    }
)
"""What WordPress itself answers with 500: texts that are longer than their columns, files that it does not take, and
errors of its insides that bear no status."""


class Answer(Protocol):
    """What a request is answered with."""

    @property
    def status(self) -> int: ...

    @property
    def code(self) -> str: ...


A = TypeVar("A", bound=Answer)
_PACE: Final = 0.08
"""Seconds that `_work` takes of the processor on which the bounds were set."""
_RESET_PEAK: Final = "5"
_SELF: Final = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request took, and its status and code; `error` is what it raised, "" for nothing."""

    name: str
    status: int
    code: str
    seconds: float
    megabytes: float
    lock: float
    error: str = ""

    @property
    def excess(self) -> dict[str, str]:
        return self.excess_of(MEGABYTES)

    def excess_of(self, megabytes: float, seconds: float = SECONDS) -> dict[str, str]:
        """The bounds that it exceeds, in words, by their kind; two of them are given."""
        found = {}
        if self.seconds > seconds:
            found["processor"] = f"{self.seconds:.2f} s of the processor"
        if self.megabytes > megabytes:
            found["memory"] = f"{self.megabytes:.0f} MB"
        if self.lock > LOCK:
            found["lock"] = f"held others up for {self.lock:.2f} s"
        if self.error:
            found["error"] = self.error
        elif self.status >= 500 and self.status != 501 and self.code not in WORDPRESS_FAILS:
            found["failure"] = f"status {self.status}, {self.code}"
        return found


class Watched:
    """A newsroom whose writes are timed: `longest` is the most processor time that one of them took."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.longest = 0.0
        database: Any = newsroom.database
        begin = database.write

        @contextmanager
        def write() -> Iterator[Any]:
            with begin() as unit:
                start = time.thread_time()
                try:
                    yield unit
                finally:
                    self.longest = max(self.longest, time.thread_time() - start)

        database.write = write


@dataclass(slots=True)
class Meter:
    """What is between `start` and now: of the processor in seconds, of memory in megabytes, of the lock in seconds."""

    watched: Watched
    begun: float = 0.0
    before: float = field(default=0.0)

    def start(self) -> None:
        self.watched.longest = 0.0
        with suppress(OSError):
            (_SELF / "clear_refs").write_text(_RESET_PEAK)
        self.before = peak()
        self.begun = time.process_time()

    def taken(self, name: str, status: int, code: str, error: str = "") -> Taken:
        seconds = (time.process_time() - self.begun) / pace()
        return Taken(name, status, code, seconds, peak() - self.before, self.watched.longest / pace(), error)


@cache
def pace() -> float:
    """How many times as long this machine takes for the same work as the one on which the bounds were set; at least 1,
    so that a quicker one has to keep within them as they are."""
    return max(1.0, min(_work() for _ in range(5)) / _PACE)


def _work() -> float:
    """Processor time for work of the kind that rendering is: splitting, joining and translating texts, and loops."""
    begun, text, found = time.process_time(), "<p>word &amp; word</p>" * 2_000, 0
    for _ in range(40):
        found += sum(map(len, re.split(r"(<[^>]+>|&[a-z]+;)", text)))
        found += len("".join(reversed(text)).translate({60: "x"}))
        for number in range(20_000):
            found ^= number * 3
    assert found
    return time.process_time() - begun


def peak() -> float:
    """The most megabytes that this process had at once, since its peak was set back where the system can do that."""
    with suppress(OSError, StopIteration):
        lines = (_SELF / "status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(meter: Meter, name: str, ask: Callable[[], A]) -> tuple[Taken, A | None]:
    """What an asking takes, and its answer; None where it raised something, which is noted and not passed on."""
    meter.start()
    try:
        answer = ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return meter.taken(name, 0, "", f"raised {origin(error)}"), None
    return meter.taken(name, answer.status, answer.code), answer


def origin(error: BaseException) -> str:
    """An error in one line: what, and the last place of our own that it came through."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "/wirepress/" in file:
            place = f" in {file.rpartition('/wirepress/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:200]}{place}"
