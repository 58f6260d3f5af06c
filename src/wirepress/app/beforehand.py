"""The threads of a web process for work that is done before a request is answered: one for the passwords of strangers,
one for those from devices that an account knows, one for those of whoever has logged in, and two that wait for other
servers.

Each lane has a short queue; what does not fit is refused at once, so nobody waits long and nobody else waits at all.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

from wirepress.app.bodies import Spooled
from wirepress.content.beforehand import Lane, Outcomes, Wanted, no_room
from wirepress.model.errors import WirepressError

MOST = 16
"""How much waits or is done at a time in each lane."""
MOST_OF_A_USER = 2
"""How much of that is for one user, where the work says for whom it is: one alone fills no lane."""
MOST_OF_A_REQUEST = 64
"""More pieces of such work than any request has (a batch: 25): each of them begins it anew."""
THREADS: Mapping[Lane, int] = {"elsewhere": 2}
"""Of the lanes that have more than one."""
_NICE = 5
"""How far its threads stand behind the others, where the system can tell threads apart (Linux)."""


class Beforehand:
    """Does what answers want (`content.beforehand`).  Asked by the event loop."""

    def __init__(self) -> None:
        self._threads = {
            lane: ThreadPoolExecutor(THREADS.get(lane, 1), f"before: {lane}", initializer=_step_back)
            for lane in get_args(Lane)
        }
        self._waiting = dict.fromkeys(self._threads, 0)
        self._shares: Counter[tuple[Lane, int]] = Counter()

    async def do(self, wanted: Wanted, outcomes: Outcomes) -> None:
        """Does a piece of work, and notes what came of it: its result, its error, or that there was no room."""
        lane = wanted.lane
        if len(outcomes) >= MOST_OF_A_REQUEST:
            raise RuntimeError("a request wants costly work without end")
        share = (lane, wanted.user)
        is_full = self._waiting[lane] >= MOST
        if is_full or (wanted.user and self._shares[share] >= MOST_OF_A_USER):
            outcomes[wanted.key] = no_room(lane)
            return
        self._waiting[lane] += 1
        self._shares[share] += 1
        try:
            work = asyncio.get_running_loop().run_in_executor(self._threads[lane], wanted.work)
            outcomes[wanted.key] = await work
        except WirepressError as error:
            outcomes[wanted.key] = error
        finally:
            self._waiting[lane] -= 1
            self._shares[share] -= 1
            self._shares += Counter()  # forgets whoever waits for nothing

    @staticmethod
    def release(outcomes: Outcomes) -> None:
        """Lets go of the files that came of work, when their request is answered."""
        for outcome in outcomes.values():
            if isinstance(outcome, Spooled):
                outcome.close()

    def shutdown(self) -> None:
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)


def _step_back() -> None:
    """Readers and writers go first where there are fewer processors than threads."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + _NICE)
