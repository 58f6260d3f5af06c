"""Orders: what somebody in the administration wants done that only the worker can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final


class OrderKind(StrEnum):
    """What is wanted."""

    DISCOVER = "discover"
    """Find out what an address is, and what of it could be a source."""
    TEST = "test"
    """Look at a source as it is configured, and say what would come in; nothing is kept."""
    RUN = "run"
    """Look at a source now."""
    PREVIEW = "import-preview"
    """Say what a WordPress site holds and what would become of it here; nothing is kept."""
    IMPORT = "import"
    """Bring a WordPress site in."""
    ERASE = "erase-person"
    """Erase the person whose request is confirmed."""


IMPORTS: Final = frozenset({OrderKind.PREVIEW, OrderKind.IMPORT})
"""The kinds that are about a WordPress site."""
OF_SOURCES: Final = frozenset({OrderKind.DISCOVER, OrderKind.TEST, OrderKind.RUN})
"""The kinds that are about a source."""


class OrderState(StrEnum):
    """How far an order is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """An order, as JSON holds its parts: what it was given, how far it is, what came of it.

    Times are seconds since 1970, 0 for what has not come yet; `source` is 0 where none is kept that it is about.
    """

    id: int
    kind: OrderKind
    state: OrderState = OrderState.WAITING
    user: int = 0
    source: int = 0
    given: Mapping[str, Any] = field(default_factory=dict)
    progress: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    placed: int = 0
    begun: int = 0
    ended: int = 0

    @property
    def open(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in (OrderState.WAITING, OrderState.WORKING)
