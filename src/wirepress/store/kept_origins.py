"""Origins of what was taken down: as rows that are kept, and as they stand meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from wirepress.model.wire import Origin, OriginState
from wirepress.store.sources import origin_of
from wirepress.store.tables import origins
from wirepress.store.unit import Unit


def taken(unit: Unit, post_id: int) -> list[dict[str, Any]]:
    """The origins of a post, as JSON holds them."""
    found = unit.execute(select(origins).where(origins.c.post == post_id).order_by(origins.c.id))
    return [dict(row) for row in found.mappings()]


def read(row: Mapping[str, Any]) -> Origin:
    """The origin that `taken` gave this of."""
    return origin_of(SimpleNamespace(**row))


def barred(unit: Unit) -> list[Origin]:
    """The origins of articles that were taken down."""
    state = OriginState.TAKEN_DOWN.value
    return [origin_of(row) for row in unit.execute(select(origins).where(origins.c.state == state))]
