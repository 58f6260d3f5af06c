"""Posts whose time has come."""

from __future__ import annotations

from wirepress.model.moment import ZERO, Stamp
from wirepress.store.unit import Unit


def due(unit: Unit, now: Stamp, limit: int) -> list[tuple[int, str]]:
    """Scheduled posts that should be published by now (UTC), the oldest first: ids and types."""
    rows = unit.rows(
        "SELECT id, type FROM posts WHERE status = 'future' AND date_gmt <= ? AND date_gmt <> ?"
        " ORDER BY date_gmt, id LIMIT ?",
        (now, ZERO, limit),
    )
    return [(row[0], row[1]) for row in rows]


def is_due(unit: Unit, post_id: int, now: Stamp) -> bool:
    """Whether a post is one of them."""
    rows = unit.rows(
        "SELECT 1 FROM posts WHERE id = ? AND status = 'future' AND date_gmt <= ? AND date_gmt <> ?",
        (post_id, now, ZERO),
    )
    return bool(rows)
