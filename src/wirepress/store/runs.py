"""The looks at sources: when each began and ended, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, true, update

from wirepress.store.tables import runs
from wirepress.store.unit import Unit


def begin_run(unit: Unit, source_id: int, now: int) -> int:
    row = unit.execute(insert(runs).values(source=source_id, started=now, facts={}).returning(runs.c.id))
    return int(row.scalar_one())


def end_run(unit: Unit, run_id: int, now: int, result: str, facts: dict[str, Any]) -> None:
    unit.execute(update(runs).where(runs.c.id == run_id).values(ended=now, result=result, facts=facts))


def last_runs(unit: Unit) -> dict[int, Any]:
    """The newest run of each source, as rows."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.source)
    rows = unit.execute(select(runs).where(runs.c.id.in_(newest)))
    return {row.source: row for row in rows}


def runs_of(unit: Unit, source_id: int, limit: int) -> list[Any]:
    """The newest runs of a source, as rows."""
    asked = select(runs).where(runs.c.source == source_id).order_by(runs.c.id.desc()).limit(limit)
    return list(unit.execute(asked))


def get(unit: Unit, run_id: int) -> Any:
    """A run, as a row; None where there is none."""
    return unit.execute(select(runs).where(runs.c.id == run_id)).first() if run_id < 2**63 else None


def page(unit: Unit, source_id: int, limit: int, offset: int) -> tuple[list[Any], int]:
    """The newest runs, of one source or of all (0), as rows, and how many there are."""
    mine = runs.c.source == source_id if source_id else true()
    asked = select(runs).where(mine).order_by(runs.c.id.desc()).limit(limit).offset(min(offset, 2**62))
    total = unit.execute(select(func.count()).select_from(runs).where(mine)).scalar_one()
    return list(unit.execute(asked)), int(total)


def beginnings(unit: Unit, ids: Sequence[int]) -> dict[int, list[int]]:
    """When the runs of some sources began, the newest first."""
    found: dict[int, list[int]] = {}
    asked = select(runs.c.source, runs.c.started).where(runs.c.source.in_(ids)).order_by(runs.c.id.desc())
    for row in unit.execute(asked):
        found.setdefault(row.source, []).append(row.started)
    return found


def prune_runs(unit: Unit, source_id: int, keep: int = 50) -> None:
    """Forgets all but the newest runs of a source."""
    old = select(runs.c.id).where(runs.c.source == source_id).order_by(runs.c.id.desc()).offset(keep)
    ids = [row.id for row in unit.execute(old)]
    if ids:
        unit.execute(delete(runs).where(runs.c.id.in_(ids)))
