"""What was said last, on the whole site: for the feed of comments."""

from __future__ import annotations

from wirepress.store.unit import Unit

LATEST = (
    "SELECT c.id FROM comments c JOIN posts p ON p.id = c.post LEFT JOIN posts above ON above.id = p.parent"
    " WHERE c.approved = '1' AND c.type <> 'note' AND (p.status = 'publish' OR (p.status = 'inherit'"
    " AND p.type = 'attachment' AND (p.parent = 0 OR above.status = 'publish')))"
    " ORDER BY c.date_gmt DESC, c.id DESC LIMIT ?"
)


def latest(unit: Unit, number: int) -> list[int]:
    """The ids of the newest approved comments on what everybody may read (WP_Query's feed of comments)."""
    return [row[0] for row in unit.rows(LATEST, (number,))]


def last_said(unit: Unit) -> str:
    """When the newest approved comment was made, in UTC; "" without one (get_lastcommentmodified)."""
    rows = unit.rows("SELECT max(date_gmt) FROM comments WHERE approved = '1'", ())
    return str(rows[0][0] or "")
