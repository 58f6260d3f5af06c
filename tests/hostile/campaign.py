"""Looking for a while, in processes of their own: what each finds is printed once and kept, to be tried again.

A process lives on a site of its own for a number of requests.  One that hangs, or takes all memory, is a find too: what
it was at is noted before it begins.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import resource
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, settings

from tests.hostile.measure import MEGABYTES, SECONDS_OF_CHANCE, Taken

FINDS: Final = Path(".fuzz")
PATIENCE: Final = 60
"""Seconds by the clock after which a request counts as one that does not end."""
MEMORY: Final = 3 << 30
"""Bytes that a process may have beside what it began with."""


def drawn(number: int) -> settings:
    """So many examples, of which none is kept and none made smaller: what is found is kept as it was sent."""
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@dataclass(slots=True)
class Told:
    """Where a process tells what it is at, and what it measured; one line of JSON each."""

    pipe: Any
    patience: float
    asked: dict[str, Any] = field(default_factory=dict)

    def begins(self, asked: dict[str, Any]) -> None:
        """Before a request: what is asked, in words of JSON that ask it again."""
        self.asked = asked
        faulthandler.dump_traceback_later(self.patience, exit=True)
        print(json.dumps({"asked": asked}), file=self.pipe, flush=True)

    def ended(self, taken: Taken) -> None:
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps({"taken": astuple(taken)}), file=self.pipe, flush=True)


Life = Callable[[Path, int, Told], None]
"""What a process does: with an empty folder of its own and a seed."""


class Campaign:
    """A look for what exceeds the bounds; finds are kept under its name, `megabytes` is what a request may add."""

    def __init__(self, name: str, life: Life, *, megabytes: float = MEGABYTES, patience: float = PATIENCE) -> None:
        self.name = name
        self.megabytes = megabytes
        self.patience = patience
        self.life = life
        self.number = 0
        self.found: Counter[str] = Counter()
        self.worst = Taken("", 0, "", 0.0, 0.0, 0.0)
        self.statuses: Counter[int] = Counter()

    def run(self, seconds: float, seed: int = 0) -> int:
        """Looks for so long, prints what it finds, and says whether it found anything."""
        FINDS.mkdir(exist_ok=True)
        seed = seed or random.SystemRandom().randrange(1, 2**31)
        print(f"{self.name}: for {seconds:.0f} s, seed {seed}", flush=True)
        end, first = time.monotonic() + seconds, seed
        while time.monotonic() < end:
            self._live(seed, end)
            seed += 1
        answered = ", ".join(f"{number} of {status}" for status, number in sorted(self.statuses.items()))
        print(
            f"{self.name}: {self.number} requests (seeds {first} to {seed - 1}; {answered}),"
            f" {len(self.found)} kinds of finds; the slowest took {self.worst.seconds:.2f} s: {self.worst.name}"
        )
        return int(bool(self.found) or not self.number)

    def _live(self, seed: int, end: float) -> None:
        folder = Path(tempfile.mkdtemp(prefix="hostile-"))
        read, write = os.pipe()
        if not (child := os.fork()):
            os.close(read)
            status = 1
            try:
                with os.fdopen(write, "w") as pipe:
                    _bound_memory()
                    self.life(folder, seed, Told(pipe, self.patience))
                status = 0
            except BrokenPipeError:
                status = 0  # the time is over
            except BaseException:  # noqa: BLE001 - the last frame of the process
                traceback.print_exc(limit=-4)
            finally:
                os._exit(status)
        os.close(write)
        asked: dict[str, Any] = {}
        with os.fdopen(read) as pipe:
            for line in pipe:
                told = json.loads(line)
                if "asked" in told:
                    asked = told["asked"]
                    continue
                self._note(asked, Taken(*told["taken"]))
                asked = {}
                if time.monotonic() > end:
                    break
            else:
                end = 0.0  # it ended by itself
        _, status = os.waitpid(child, 0)
        if asked:
            self._find(asked, "ended", f"the process ended with status {status}")
        elif status and not end:
            self._find({}, "ended", f"the process ended with status {status} between two requests")
        shutil.rmtree(folder, ignore_errors=True)

    def _note(self, asked: dict[str, Any], taken: Taken) -> None:
        self.number += 1
        self.statuses[taken.status] += 1
        self.worst = max(self.worst, taken, key=lambda one: one.seconds)
        for kind, words in taken.excess_of(self.megabytes, SECONDS_OF_CHANCE).items():
            self._find({**asked, "name": taken.name}, kind, words)

    def _find(self, asked: dict[str, Any], kind: str, words: str) -> None:
        """Prints and keeps the first find of a kind at an address."""
        label = f"{asked.get('label', '')}: {words if kind in ('error', 'failure') else kind}"
        self.found[label] += 1
        if self.found[label] > 1:
            return
        path = FINDS / f"hostile-{self.name}-{len(self.found)}.json"
        path.write_text(json.dumps(asked))
        print(f"{asked.get('name', asked.get('label', ''))}: {words}\n    {path}", flush=True)


def _bound_memory() -> None:
    with suppress(ValueError, OSError):
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
