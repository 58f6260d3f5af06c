"""Connections as units of work borrow them, and what became of the units of a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection


class Lent:
    """A driver's connection in a transaction, and SQLAlchemy's around it, opened when a unit first asks for it: most
    reads never do, and opening it takes longer than they do."""

    __slots__ = ("_open", "_opened", "raw")

    def __init__(self, raw: Any, opened: Connection | Callable[[], Connection]) -> None:
        self.raw = raw
        self._opened = opened if isinstance(opened, Connection) else None
        self._open = opened

    def opened(self) -> Connection:
        """SQLAlchemy's connection."""
        if self._opened is None:
            assert not isinstance(self._open, Connection)
            self._opened = self._open()
        return self._opened


@dataclass(slots=True)
class Watch:
    """What became of the units of a thread: whether a connection was lost, whether anything may have been kept, and
    what was read (`store.tags`)."""

    lost: bool = False
    written: bool = False
    tags: set[str] = field(default_factory=set)
