"""Failed logins, counted by address and by account, in a fixed piece of memory.

From 20 failures in 5 minutes on, a wrong password is told to wait; a right one is never refused, so nobody can lock
somebody else out.  The times are the monotonic clock's.  The memory can be shared by processes that were forked after
it was made (`shared`): they count together, without a lock between them, so that two failures in the same instant may
count as one.  It holds the last failures of some 8,000 addresses and accounts; where more come, those that have been
quiet for longest are forgotten.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import mmap
import secrets
import struct
import threading
from collections.abc import Callable

MOST = 20
WINDOW = 300.0
_SETS, _WAYS = 1024, 8
_SLOT = struct.Struct(f"8s{MOST}d")
SIZE = _SETS * _WAYS * _SLOT.size


def of_address(ip: str) -> str:
    """The key of an address; whoever has one address of IPv6 has a whole network of them."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return f"address {ip}"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return f"address {address.ipv4_mapped}"
        return f"address {ipaddress.ip_network((int(address), 64), strict=False)}"
    return f"address {address}"


def of_account(account: int | str) -> str:
    """The key of an account: its number, or the name that was tried for one that there is not."""
    if isinstance(account, str):
        account = account.strip().lower()
    return f"account {account}"


class Attempts:
    """Counts failures under keys.  Safe to be asked by many threads."""

    def __init__(self, monotonic: Callable[[], float], *, shared: bool = False) -> None:
        self._monotonic = monotonic
        self._memory: bytearray | mmap.mmap = mmap.mmap(-1, SIZE) if shared else bytearray(SIZE)
        self._secret = secrets.token_bytes(16)
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> int:
        """How many seconds there are to wait before another failure is taken; 0: none."""
        now = self._now()
        with self._lock:
            return max((self._wait(self._times(key)[1], now) for key in keys), default=0)

    def fail(self, *keys: str, weight: int = 1) -> int:
        """Notes a failure under each key, and says how long there was to wait already; 0: it was taken.  One of a
        greater weight counts as so many."""
        now = self._now()
        waits = [0]
        with self._lock:
            for key in keys:
                place, times = self._times(key)
                waits.append(self._wait(times, now))
                _SLOT.pack_into(self._memory, place, self._mark(key), *sorted((*times, *(now,) * weight))[weight:])
        return max(waits)

    def _now(self) -> float:
        return self._monotonic() + 1.0  # never 0: that is an empty place

    def _mark(self, key: str) -> bytes:
        return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8, key=self._secret).digest()

    def _times(self, key: str) -> tuple[int, tuple[float, ...]]:
        """Where the failures of a key are or can be noted, and their times, the oldest first."""
        mark = self._mark(key)
        start = int.from_bytes(mark[:2], "little") % _SETS * _WAYS * _SLOT.size
        quiet, place = math.inf, start
        for at in range(start, start + _WAYS * _SLOT.size, _SLOT.size):
            found, *times = _SLOT.unpack_from(self._memory, at)
            if found == mark:
                return at, tuple(times)
            if times[-1] < quiet:
                quiet, place = times[-1], at
        return place, (0.0,) * MOST

    @staticmethod
    def _wait(times: tuple[float, ...], now: float) -> int:
        oldest = times[0]
        if not oldest or now - oldest >= WINDOW:
            return 0
        return max(1, math.ceil(oldest + WINDOW - now))
