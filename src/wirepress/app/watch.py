"""Knowing the epoch without asking for it: the database's hint says when to look again."""

from __future__ import annotations

from wirepress.store import state
from wirepress.store.database import Database


class EpochWatch:
    """The epoch as this process last read it; one cheap question to the database a request."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.hint: int | None = None
        self.last = -1

    def epoch(self) -> int:
        """The current epoch.  The hint is taken before the row is read, so the row is never older than it."""
        hint = self.database.hint()
        if hint is None or hint != self.hint:
            with self.database.read() as unit:
                self.last = state.epoch(unit)
            self.hint = hint
        return self.last
