"""How many articles a source has brought in a run and on a day: counted on its row, by all workers together."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Quota:
    """How many articles a source may bring; 0: as many as it has."""

    source: int
    per_run: int
    per_day: int
    day: int
    """The day that it is, as an ordinal number in the site's zone."""


@dataclass(frozen=True, slots=True)
class Came:
    """What has come in of a source: on which day how many, and since when (seconds since 1970) how many in this run."""

    day: int = 0
    in_day: int = 0
    run_began: int = 0
    in_run: int = 0


def begin_run(unit: Unit, source: int, now: int) -> None:
    """Has the articles of a run counted from none."""
    unit.run("UPDATE sources SET run_began = ?, came_in_run = 0 WHERE id = ?", (now, source))


def came(unit: Unit, source: int) -> Came:
    """What has come in of a source; nothing of one that is not kept."""
    sql = "SELECT quota_day, came_in_day, run_began, came_in_run FROM sources WHERE id = ?"
    return next((Came(*row) for row in unit.rows(sql, (source,))), Came())


def take_one(unit: Unit, quota: Quota) -> bool:
    """Counts one article more, if there is room for it, in the write that brings it in; whether there was.

    One statement asks and counts: of two workers that look at a source at once, one waits for the other's row.
    """
    where, bounds = "id = ?", [quota.source]
    if quota.per_run:
        where += " AND came_in_run < ?"
        bounds.append(quota.per_run)
    if quota.per_day:
        where += " AND (quota_day <> ? OR came_in_day < ?)"
        bounds += [quota.day, quota.per_day]
    sql = (
        "UPDATE sources SET came_in_run = came_in_run + 1,"
        " came_in_day = CASE WHEN quota_day = ? THEN came_in_day + 1 ELSE 1 END, quota_day = ?"
    )
    return unit.run(f"{sql} WHERE {where}", (quota.day, quota.day, *bounds)) == 1
