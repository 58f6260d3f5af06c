"""What a unit of work has changed, as those want it who write that down or tell others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Change:
    """What a write did to a thing, for the audit log: never a text, never a secret."""

    action: str
    object: str
    object_id: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """What decides which lists a post stands in: its type, its author, its terms as (taxonomy, id)."""

    type: str
    author: int
    terms: tuple[tuple[str, int], ...] = ()
