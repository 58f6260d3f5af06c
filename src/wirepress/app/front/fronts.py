"""The fronts of a site, as one process tells them: a thread for each, which is woken by what this process writes, and
looks for what others have written."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from wirepress.app.front.port import ports_of
from wirepress.app.front.purges import DatabaseJournal, Telling
from wirepress.app.repeating import Repetitions, pause_after
from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Unavailable
from wirepress.store import state
from wirepress.store.database import Database

logger = logging.getLogger("wirepress.front")

LOOK: Final = 0.25
"""Seconds between two looks for what others have written."""
SIGN: Final = 3.0
"""Seconds after which a front hears that we are there, whether there is news or not: one that hears of nobody for
`LEASE` seconds gives nothing that it keeps."""
LEASE: Final = 15
LONGEST: Final = 5.0
"""Seconds at most between two tries while a front is away."""
WAIT: Final = 2.0
"""Seconds that whoever writes waits at most for the fronts."""


class Teller:
    """Tells one front until it is asked to stop."""

    def __init__(self, telling: Telling, heard: Callable[[], int | None], monotonic: Callable[[], float]) -> None:
        self.telling = telling
        self.reached = -1
        """The epoch up to which the front is known to have been told."""
        self.failures = 0
        self.reason = ""
        """Why it could not be told last; "" where it could."""
        self.on_progress: Callable[[], None] = lambda: None
        self._heard = heard
        self._monotonic = monotonic
        self._told_at = float("-inf")
        self._said = Repetitions(logger)

    def step(self) -> None:
        """Tells the front, where there is news, or it has heard nothing for a while."""
        if not self._is_due():
            return
        try:
            self.reached = self.telling.tell()
        except Unavailable as error:
            self.failures += 1
            self.reason = error.message
            self._said.error(error, "purges wait")
            raise
        finally:
            self.on_progress()
        if self.failures:
            logger.info("the front cache at %s was told of everything", self.telling.port.name)
        self.failures, self.reason, self._told_at = 0, "", self._monotonic()

    def _is_due(self) -> bool:
        if self._monotonic() - self._told_at >= SIGN:
            return True
        epoch = self._heard()
        return epoch is None or epoch != self.reached


class Fronts:
    """All fronts of a site."""

    def __init__(self, tellers: Sequence[Teller]) -> None:
        self.tellers = tellers
        self._wake = [threading.Event() for _ in tellers]
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = threading.Lock()
        for teller in tellers:
            teller.on_progress = self._progress

    def __bool__(self) -> bool:
        return bool(self.tellers)

    def failures(self) -> list[str]:
        """Why fronts could not be told."""
        return [teller.reason for teller in self.tellers if teller.reason]

    def start(self, stop: threading.Event) -> None:
        """Begins to tell, until it is asked to stop."""
        for teller, wake in zip(self.tellers, self._wake, strict=True):
            threading.Thread(target=_run, args=(teller, wake, stop), name="front", daemon=True).start()

    async def settle(self, database: Database, before: int | None) -> None:
        """Waits, for some time, until the fronts have dropped what was changed since an epoch.  Nothing
        is held meanwhile."""
        if not self.tellers:
            return
        if (now := database.heard()) is None:  # it was just raised, and nobody has looked since
            with contextlib.suppress(Unavailable):
                now = await asyncio.to_thread(epoch_of, database)
        if now is not None and now != before:
            await self.reach(now)

    async def reach(self, epoch: int, seconds: float = WAIT) -> bool:
        """Waits until all fronts were told up to an epoch, for some time; whether they were.  One that is away is tried
        once."""
        progress = asyncio.Event()
        failures = [teller.failures for teller in self.tellers]
        place = (asyncio.get_running_loop(), progress)
        with self._lock:
            self._waiting.add(place)
        try:
            async with asyncio.timeout(seconds):
                while behind := [n for n, teller in enumerate(self.tellers) if teller.reached < epoch]:
                    if all(self.tellers[n].failures > failures[n] for n in behind):
                        return False
                    for number in behind:
                        self._wake[number].set()
                    await progress.wait()
                    progress.clear()
        except TimeoutError:
            return False
        finally:
            with self._lock:
                self._waiting.discard(place)
        return True

    def _progress(self) -> None:
        with self._lock:
            waiting = tuple(self._waiting)
        for loop, progress in waiting:
            try:
                loop.call_soon_threadsafe(progress.set)
            except RuntimeError:  # the loop has ended, and with it whoever waited
                continue


def _run(teller: Teller, wake: threading.Event, stop: threading.Event) -> None:
    while not stop.is_set():
        wake.clear()
        try:
            teller.step()
        except Unavailable:
            wake.wait(min(pause_after(teller.failures, LOOK), LONGEST))
        except Exception:
            logger.exception("telling a front cache failed")
            wake.wait(LONGEST)
        else:
            wake.wait(LOOK)
    teller.telling.port.close()


def epoch_of(database: Database) -> int:
    """The epoch as it stands."""
    with database.read() as unit:
        return state.epoch(unit)


def fronts_of(settings: Settings, newsroom: Newsroom) -> Fronts:
    """The fronts of a site, none where it has none.  Raises Invalid for settings that cannot be."""
    database, monotonic = newsroom.database, newsroom.clock.monotonic
    journal = DatabaseJournal(database)
    return Fronts([Teller(Telling(port, journal), database.heard, monotonic) for port in ports_of(settings)])
