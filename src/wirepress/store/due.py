"""Posts whose time has come."""

from __future__ import annotations

from collections.abc import Collection

from wirepress.model.moment import ZERO, Stamp
from wirepress.store.unit import Unit


def due(unit: Unit, now: Stamp, limit: int, types: Collection[str]) -> list[int]:
    """Scheduled posts of these types that should be published by now (UTC), the oldest first."""
    # The index of what is scheduled is the one to walk: `||` keeps the planner from those that begin with the type.
    rows = unit.rows(
        "SELECT id FROM posts WHERE status = 'future' AND date_gmt <= ? AND date_gmt <> ?"
        f" AND type || '' IN ({', '.join('?' * len(types))}) ORDER BY date_gmt, id LIMIT ?",
        (now, ZERO, *types, limit),
    )
    return [row[0] for row in rows]


def is_due(unit: Unit, post_id: int, now: Stamp) -> bool:
    """Whether a post is one of them."""
    rows = unit.rows(
        "SELECT 1 FROM posts WHERE id = ? AND status = 'future' AND date_gmt <= ? AND date_gmt <> ?",
        (post_id, now, ZERO),
    )
    return bool(rows)
