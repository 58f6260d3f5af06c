"""Politeness: how many requests a host gets at once, and how soon after each other."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from wirepress.net.port import Fault, FetchError

_HOSTS = 2000
LONGEST_WAIT: Final = 60.0
"""Seconds that somebody waits for a turn; where it is further away, they are told when to come again."""
LONGEST_HOLD: Final = 86400.0
TOO_MANY: Final = 429


class Shared(Protocol):
    """Turns that several processes take at the same hosts.  Asked from threads."""

    def take(self, host: str, gap: float, most: float) -> float:
        """Takes the next turn and gives the seconds until it; the one after it comes a gap later.

        Where it is further away than `most`, none is taken.
        """

    def hold(self, host: str, seconds: float) -> None:
        """Has nobody ask a host for so long."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    next_at: float = 0.0
    users: int = 0


class Turns:
    """Hands out turns, host by host; lives in one event loop."""

    def __init__(self, connections: int, delay: float, shared: Shared | None = None) -> None:
        self._connections = connections
        self._delay = delay
        self._shared = shared
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def of(self, host: str, delay: float = 0.0) -> AsyncIterator[None]:
        """Waits for a turn at `host`; `delay` is what the host itself asks for, if that is longer than ours.

        Raises FetchError where the host is to be left alone for longer than anybody would wait.
        """
        entry = self._host(host)
        entry.users += 1
        try:
            async with entry.slots:
                await asyncio.sleep(await self._wait(entry, host, max(delay, self._delay)))
                yield
        finally:
            entry.users -= 1

    async def hold(self, host: str, seconds: float) -> None:
        """Has nobody ask a host for so long, up to a day: it has asked for that."""
        seconds = min(seconds, LONGEST_HOLD)
        entry = self._host(host)
        entry.next_at = max(entry.next_at, asyncio.get_running_loop().time() + seconds)
        if self._shared is not None:
            await asyncio.to_thread(self._shared.hold, host, seconds)

    async def _wait(self, entry: _Host, host: str, gap: float) -> float:
        """Takes a turn; the seconds until it."""
        now = asyncio.get_running_loop().time()
        wait = max(0.0, entry.next_at - now)
        if wait <= LONGEST_WAIT:
            entry.next_at = now + wait + gap
            if self._shared is not None and gap:
                wait = max(wait, await asyncio.to_thread(self._shared.take, host, gap, LONGEST_WAIT))
        if wait > LONGEST_WAIT:
            raise FetchError(Fault.STATUS, f"{host} asks to be left alone for a while", status=TOO_MANY,
                             retry_after=int(wait) + 1)  # fmt: skip
        return wait

    def _host(self, host: str) -> _Host:
        entry = self._hosts.get(host)
        if entry is None:
            self._forget()
            entry = self._hosts[host] = _Host(asyncio.Semaphore(self._connections))
        self._hosts.move_to_end(host)
        return entry

    def _forget(self) -> None:
        if len(self._hosts) >= _HOSTS:
            idle = [name for name, entry in self._hosts.items() if not entry.users]
            for name in idle[: _HOSTS // 2]:
                del self._hosts[name]
