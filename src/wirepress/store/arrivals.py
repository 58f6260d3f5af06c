"""Articles of a source: when they came, and which of them were looked at again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from wirepress.model.wire import Origin, OriginState
from wirepress.store.sources import origin_of
from wirepress.store.tables import origins
from wirepress.store.unit import Unit


def times(unit: Unit, source_id: int, limit: int) -> list[int]:
    """When the newest articles of a source came, the newest first."""
    rows = unit.rows(
        "SELECT first_seen FROM origins WHERE source = ? AND post IS NOT NULL ORDER BY first_seen DESC LIMIT ?",
        (source_id, limit),
    )
    return [row[0] for row in rows]


def origins_after(unit: Unit, source_id: int, after: int, limit: int = 200) -> list[Origin]:
    """The origins of a source that have a post, in the order of their ids, from behind one of them."""
    rows = unit.execute(
        select(origins)
        .where(origins.c.source == source_id, origins.c.post.is_not(None), origins.c.id > after)
        .order_by(origins.c.id)
        .limit(limit)
    )
    return [origin_of(row) for row in rows]


def unlooked(unit: Unit, source_id: int, since: int, before: int, limit: int) -> list[Origin]:
    """Live articles of a source that came `since` and were not looked at after `before`, longest ago first."""
    rows = unit.execute(
        select(origins)
        .where(
            origins.c.source == source_id,
            origins.c.post.is_not(None),
            origins.c.state == OriginState.LIVE.value,
            origins.c.first_seen >= since,
            origins.c.last_checked <= before,
        )
        .order_by(origins.c.last_checked, origins.c.id)
        .limit(limit)
    )
    return [origin_of(row) for row in rows]


def checked(unit: Unit, ids: Sequence[int], now: int) -> None:
    """Notes that origins were looked at and nothing was new."""
    if ids:
        unit.execute(update(origins).where(origins.c.id.in_(ids)).values(last_checked=now))


def of_all(unit: Unit, since: int) -> dict[int, int]:
    """How many articles each source has brought since a moment."""
    counted = select(origins.c.source, func.count(origins.c.post).label("number")).where(origins.c.first_seen >= since)
    return {row.source: row.number for row in unit.execute(counted.group_by(origins.c.source))}
