"""A newsroom in which every write happens, is answered, and is undone: each request finds the same site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wirepress.content.newsroom import Newsroom, View
from wirepress.model.audit import Actor
from wirepress.store.staged import Staged


class _Undone(Exception):
    """Ends a write whose answer is made."""


class Rehearsal(Newsroom):
    """As a newsroom, but nothing stays."""

    @contextmanager
    def write(self, actor: Actor | None = None) -> Iterator[View]:
        staged = Staged(self.files)
        try:
            with self.database.write() as unit:
                yield self._view(unit, self._read_site(unit), staged)
                raise _Undone
        except _Undone:
            pass
        finally:
            staged.drop()

    @classmethod
    def of(cls, room: Newsroom) -> Rehearsal:
        """The rehearsal of what a newsroom holds."""
        return cls(room.database, room.clock, room.files, address=room.address, registry=room.registry)
