"""The turns at other hosts that all processes of a site share, in its database."""

from __future__ import annotations

import logging
import time

from wirepress.app.repeating import Repetitions
from wirepress.model.errors import Unavailable
from wirepress.store import turns as store
from wirepress.store.database import Database

logger = logging.getLogger("wirepress.turns")


class SharedTurns:
    """Takes turns by the clock of the machine: content's own may stand still.

    Where the database takes nothing, each process keeps its own distances.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.said = Repetitions(logger)

    def take(self, host: str, gap: float, most: float) -> float:
        """Seconds until the turn at a host that was taken, or more than `most` where none was."""
        try:
            with self.database.write() as unit:
                wait = store.take(unit, host, _now(), int(gap * 1000), int(most * 1000))
        except Unavailable as error:
            self.said.error(error, "turns at hosts are not shared")
            return 0.0
        return wait / 1000

    def hold(self, host: str, seconds: float) -> None:
        """Has no process ask a host for so long."""
        try:
            with self.database.write() as unit:
                store.hold(unit, host, _now() + int(seconds * 1000))
        except Unavailable as error:
            self.said.error(error, "turns at hosts are not shared")


def _now() -> int:
    return int(time.time() * 1000)
