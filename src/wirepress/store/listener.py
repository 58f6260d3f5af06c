"""Hearing of other processes' writes on PostgreSQL."""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import psycopg
from sqlalchemy import URL

from wirepress.store.tags import RECENT, Recent

CHANNEL: Final = "wirepress_epoch"
LEASE: Final = 1.0
"""Seconds for which a look at the epoch may be relied on, whatever was or was not heard since."""
INTERVAL: Final = 0.5
MOST: Final = 2**62
"""An epoch that none comes after."""
PAUSE: Final = 0.2
"""Seconds between two attempts to connect."""
_ASK: Final = (
    "SELECT number, epoch, tags FROM state LEFT JOIN journal ON epoch > %s AND epoch <= number"
    f" WHERE name = 'epoch' ORDER BY epoch DESC LIMIT {RECENT}"
)
# A server that is gone without a word is found out by the system, not by a request.
_LIVENESS: Final = {"connect_timeout": 3, "keepalives_idle": 2, "keepalives_interval": 1, "tcp_user_timeout": 3000}

logger = logging.getLogger("wirepress.store")


class Listener:
    """The epoch as a connection of its own, in a thread of its own, last saw it.

    A notification makes it look at once; without any it looks twice a second.  What it saw is told for one second
    from the moment it asked: a connection that was lost, a notification that was lost and a process that stood still
    all end in `epoch()` being None, never in an older number.  `recent` hears first what the writes of newer epochs
    have touched.
    """

    def __init__(self, url: URL, recent: Recent, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = monotonic
        self._recent = recent
        self._last: int | None = None
        address: Mapping[str, Any] = url.translate_connect_args(username="user", database="dbname")
        self._arguments: dict[str, Any] = {**_LIVENESS, **address, **url.query}
        self._lock = threading.Lock()
        self._noted = 0
        self._seen: tuple[int, float] | None = None
        self._ended = False
        self._waker, self._woken = socket.socketpair()
        self._waker.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="epoch-listener", daemon=True)
        self._thread.start()

    def epoch(self) -> int | None:
        """The epoch as it was a second ago or later; None while that is not known."""
        seen = self._seen
        if seen is None or self._now() - seen[1] >= LEASE:
            return None
        return seen[0]

    def note(self) -> None:
        """Says that this process has raised the epoch: what was seen before does not count any more."""
        with self._lock:
            self._noted += 1
            self._seen = None
        self._wake()

    def close(self) -> None:
        """Ends the thread and its connection."""
        self._ended = True
        self._wake()
        self._thread.join(2 * LEASE)
        if not self._thread.is_alive():  # else it hangs in the network, and still holds its end
            self._waker.close()
            self._woken.close()

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it has been woken often enough
            self._waker.send(b"\0")

    def _run(self) -> None:
        warned = False
        while not self._ended:
            try:
                with psycopg.connect(autocommit=True, **self._arguments) as connection:
                    connection.add_notify_handler(lambda _: None)  # that one came is all: none is put by
                    connection.execute(f"LISTEN {CHANNEL}")
                    warned = False
                    self._follow(connection)
            except (psycopg.Error, OSError) as error:
                self._seen = None
                if not warned:
                    logger.warning("no word of other processes' writes, nothing kept is served: %s", error)
                warned = True
                time.sleep(PAUSE)

    def _follow(self, connection: psycopg.Connection[Any]) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._ended:
                self._look(connection)
                for key, _ in selector.select(INTERVAL):
                    if key.fileobj is self._woken:
                        self._woken.recv(4096)

    def _look(self, connection: psycopg.Connection[Any]) -> None:
        """Asks for the epoch; the answer takes the notifications that have come off the connection as well."""
        noted, moment = self._noted, self._now()
        rows = connection.execute(_ASK, (MOST if self._last is None else self._last,), prepare=True).fetchall()
        epoch = int(rows[0][0]) if rows else 0
        if self._last is not None:
            self._recent.note(self._last, epoch, [row[1:] for row in rows if row[1] is not None])
        self._last = epoch
        with self._lock:
            if noted == self._noted:  # else this process has written meanwhile, and is about to wake us again
                self._seen = (epoch, moment) if rows else None
