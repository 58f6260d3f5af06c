"""How a web process does: whether it answers, and what of the site does not work while it does.

Readers are served as long as the database can be read; what else fails is named and never makes a process unready,
since a balancer that took all of them away would make a small fault a large one.
"""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

from wirepress.app.front.fronts import Fronts
from wirepress.app.repeating import repeat
from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import CannotWrite, Unavailable
from wirepress.model.web import Response
from wirepress.store import state
from wirepress.store.database import Database

logger = logging.getLogger("wirepress.health")

Part = Literal["writes", "disk", "worker", "front"]
LOOK: Final = 30.0
"""Seconds between two looks."""
SILENCE: Final = 300
"""Seconds after which a worker that nothing was heard of counts as away (it is heard of every minute)."""
FREE: Final = 0.05
"""The part of a disk that should be free."""

LEAST: Final = 1 << 20
"""Bytes below which a disk is full: a small write may still find a place, an article does not."""

Room = Callable[[Path], tuple[int, int]]


def room_of(folder: Path) -> tuple[int, int]:
    """How many bytes this process may still write where a folder lies, and how many there are in all."""
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


def rooms_of(folders: list[Path], room: Room = room_of) -> dict[Path, tuple[int, int]]:
    """The room of each of the folders; one that is not there has none that matters."""
    found = {}
    for folder in folders:
        with contextlib.suppress(OSError):
            found[folder] = room(folder)
    return found


def nearly_full(rooms: Mapping[Path, tuple[int, int]]) -> list[str]:
    """Those of the folders whose disks are nearly full, with how much is free."""
    return [f"{folder}: {free / total:.1%} free" for folder, (free, total) in rooms.items() if free < FREE * total]


def folders_of(database: Database, settings: Settings) -> list[Path]:
    """Where a site's files and its database lie on this machine."""
    return [folder for folder in (settings.uploads_folder, database.folder) if folder is not None]


class Health:
    """What is known of a web process.  It is looked at apart (`run`), so that asking for it costs nothing and waits
    for nobody."""

    def __init__(self, newsroom: Newsroom, settings: Settings, room: Room = room_of) -> None:
        self.newsroom = newsroom
        self.database = newsroom.database
        self._folders = folders_of(newsroom.database, settings)
        self._room = room
        self._since = newsroom.clock.monotonic()
        self._found: frozenset[Part] = frozenset()
        self.fronts: Fronts | None = None

    def degraded(self) -> tuple[Part, ...]:
        """What does not work: `writes` (nothing can be changed), `disk` (nearly full), `worker` (not heard of), `front`
        (a front cache cannot be told what is written)."""
        found: dict[Part, bool] = {
            "writes": "writes" in self._found or self.database.refused is not None,
            "disk": "disk" in self._found,
            "worker": "worker" in self._found,
            "front": self.fronts is not None and bool(self.fronts.failures()),
        }
        return tuple(part for part, holds in found.items() if holds)

    def run(self, stop: threading.Event) -> None:
        """Looks at once, and then again and again until it is asked to stop."""
        repeat("looking at the health", self.look, stop, LOOK, logger)

    def look(self) -> None:
        """Finds out what works, by a write that changes nothing among others."""
        found: set[Part] = set()
        rooms = rooms_of(self._folders, self._room)
        if nearly_full(rooms):
            found.add("disk")
        if any(free < LEAST for free, _ in rooms.values()):
            found.add("writes")
        if self._is_worker_silent():
            found.add("worker")
        self._found = frozenset(found)
        # The database notes a refusal, and who wanted to write has said it.
        with contextlib.suppress(CannotWrite), self.database.write() as unit:
            state.prove_writing(unit)

    def _is_worker_silent(self) -> bool:
        if self.newsroom.clock.monotonic() - self._since < SILENCE:
            return False  # it has begun with us, and may not have had its turn
        with self.database.read() as unit:
            heard = state.worker_heard(unit)
        return self.newsroom.clock.now().timestamp() - heard > SILENCE

    def answer(self, path: str) -> Response:
        """`/-/health/live`: the process answers.  `/-/health/writes`: 503 while nothing can be changed.  All others:
        503 while nothing can be read."""
        body: dict[str, object] = {"alive": True}
        status = 200
        if not path.endswith("/live"):
            degraded = self.degraded()
            try:
                self.newsroom.epoch()
                body |= {"ready": True, "degraded": degraded}
            except Unavailable as error:
                body |= {"ready": False, "why": error.message}
                status = 503
            if path.endswith("/writes") and "writes" in degraded:
                status = 503
        headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        return Response(status, headers, json.dumps(body).encode() + b"\n")
