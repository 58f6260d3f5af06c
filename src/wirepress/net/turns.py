"""Politeness: how many requests a host gets at once, and how soon after each other."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

_HOSTS = 2000


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    next_at: float = 0.0
    users: int = 0


class Turns:
    """Hands out turns, host by host; lives in one event loop."""

    def __init__(self, connections: int, delay: float) -> None:
        self._connections = connections
        self._delay = delay
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def of(self, host: str, delay: float = 0.0) -> AsyncIterator[None]:
        """Waits for a turn at `host`; `delay` is what the host itself asks for, if that is longer than ours."""
        entry = self._hosts.get(host)
        if entry is None:
            self._forget()
            entry = self._hosts[host] = _Host(asyncio.Semaphore(self._connections))
        self._hosts.move_to_end(host)
        entry.users += 1
        try:
            async with entry.slots:
                loop = asyncio.get_running_loop()
                start = max(loop.time(), entry.next_at)
                entry.next_at = start + max(delay, self._delay)
                await asyncio.sleep(max(0.0, start - loop.time()))
                yield
        finally:
            entry.users -= 1

    def _forget(self) -> None:
        if len(self._hosts) >= _HOSTS:
            idle = [name for name, entry in self._hosts.items() if not entry.users]
            for name in idle[: _HOSTS // 2]:
                del self._hosts[name]
