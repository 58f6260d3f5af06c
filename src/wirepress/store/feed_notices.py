"""Feeds of the site whose news a hub is still to be told of (WebSub): noted with the write that made the news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Index, Table, Text

from wirepress.store.table_parts import Id, filled, metadata
from wirepress.store.unit import Unit

feed_notices: Final = Table(
    "feed_notices",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    *filled(Id, "edition"),
    Column("next_at", Id, nullable=True),
    *filled(Id, "tries"),
    *filled(Text, "reason", "hub"),
)
"""`hub` is the one that was away, or asked to wait, and for which alone a notice waits; "" where there is none."""
Index(None, feed_notices.c.next_at)
_COLUMNS: Final = "feed, format, edition, tries, reason"


@dataclass(frozen=True, slots=True)
class Notice:
    """A feed, one of its formats, and how often in a row the hub has not taken it.

    `edition` grows with each news that comes while the hub is not told yet; `reason` is why it was not told.
    """

    feed: str
    format: str
    edition: int
    tries: int = 0
    reason: str = ""


def note(unit: Unit, feeds: Iterable[str], formats: Iterable[str], at: int) -> None:
    """Notes news in feeds, to be told at a moment.  Where the hub refuses, its pause goes on; where it was given up, it
    is tried again."""
    formats = tuple(formats)
    unit.run_many(
        "INSERT INTO feed_notices (feed, format, edition, next_at, tries, reason, hub) VALUES (?, ?, 1, ?, 0, '', '')"
        " ON CONFLICT (feed, format) DO UPDATE SET edition = feed_notices.edition + 1,"
        " next_at = coalesce(feed_notices.next_at, excluded.next_at)",
        [(feed, one, at) for feed in sorted(feeds) for one in formats],
    )


def due(unit: Unit, now: int, limit: int, hub: str) -> list[Notice]:
    """What a hub is to be told, longest waiting first.  What waits for another hub, since that was away, is told."""
    sql = (
        f"SELECT {_COLUMNS} FROM feed_notices WHERE next_at <= ? OR (hub <> '' AND hub <> ?)"
        " ORDER BY next_at, feed, format LIMIT ?"
    )
    return [Notice(*row) for row in unit.rows(sql, (now, hub, limit))]


def claim(unit: Unit, notice: Notice, now: int, until: int, hub: str) -> bool:
    """Takes a notice that is due until then; False when another has it.  If nothing comes of it, it is due again."""
    sql = (
        "UPDATE feed_notices SET next_at = ?, hub = '' WHERE feed = ? AND format = ?"
        " AND (next_at <= ? OR (hub <> '' AND hub <> ?))"
    )
    return unit.run(sql, (until, notice.feed, notice.format, now, hub)) == 1


def taken(unit: Unit, notice: Notice, now: int) -> None:
    """The hub knows; news that came while it was told are told next.  What waited since it was away is due: it is
    there."""
    unit.run("UPDATE feed_notices SET next_at = ?, hub = '' WHERE hub <> ''", (now,))
    at = (notice.feed, notice.format)
    if not unit.run(
        "DELETE FROM feed_notices WHERE feed = ? AND format = ? AND edition = ?", (*at, notice.edition)
    ):  # fmt: skip
        sql = "UPDATE feed_notices SET next_at = ?, tries = 0, reason = '' WHERE feed = ? AND format = ?"
        unit.run(sql, (now, *at))


def failed(unit: Unit, notice: Notice, reason: str, next_at: int | None, now: int) -> None:
    """Notes why the hub was not told, and when it is tried again; None: with the next news, or at once where some has
    come while it was told."""
    last = "CASE WHEN edition = ? THEN NULL ELSE ? END" if next_at is None else "?"
    values = (notice.edition, now) if next_at is None else (next_at,)
    unit.run(
        f"UPDATE feed_notices SET tries = tries + 1, reason = ?, next_at = {last} WHERE feed = ? AND format = ?",
        (reason, *values, notice.feed, notice.format),
    )


def released(unit: Unit, notice: Notice, now: int) -> None:
    """Gives a claim back: it is due at once."""
    unit.run(
        "UPDATE feed_notices SET next_at = ? WHERE feed = ? AND format = ?", (now, notice.feed, notice.format)
    )  # fmt: skip


def postpone(unit: Unit, hub: str, until: int) -> None:
    """Leaves a hub alone until then, or until it has taken something."""
    unit.run("UPDATE feed_notices SET next_at = ?, hub = ? WHERE next_at <= ?", (until, hub, until))


def forget(unit: Unit, notice: Notice | None = None) -> None:
    """Removes a notice, or all of them."""
    if notice is None:
        unit.run("DELETE FROM feed_notices")
    else:
        unit.run("DELETE FROM feed_notices WHERE feed = ? AND format = ?", (notice.feed, notice.format))


def refused(unit: Unit) -> tuple[int, str]:
    """How many feeds the hub has not taken when it was told, and why the one that has failed most often."""
    rows = unit.rows("SELECT reason, count(*) OVER () FROM feed_notices WHERE tries > 0 ORDER BY tries DESC LIMIT 1")
    return (int(rows[0][1]), str(rows[0][0])) if rows else (0, "")
