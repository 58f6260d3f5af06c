"""Who looks at which source: leases on their rows, which any number of processes take and give back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Integer, and_, cast, exists, or_, select, update

from wirepress.model.wire import Memory
from wirepress.store.pull_tables import entries
from wirepress.store.source_rows import memory_of, plain
from wirepress.store.tables import sources
from wirepress.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Due:
    """A source whose time has come, or that is being looked at."""

    id: int
    url: str
    heavy: bool = False
    """There is much left of it, or it took long the last time."""
    holder: str = ""


def due(unit: Unit, now: int, lapsed: Collection[str] = (), limit: int = 1000) -> list[Due]:
    """Active sources whose time has come and that nobody holds, longest waiting first.

    `lapsed` are holders who look at nothing any more, whatever their leases say.
    """
    free = or_(sources.c.lease_until <= now, sources.c.lease_by.in_(lapsed))
    waiting = and_(sources.c.active.is_(True), sources.c.next_at <= now, free)
    left = exists().where(entries.c.source == sources.c.id, entries.c.state == "left")
    asked = select(sources.c.id, sources.c.url, sources.c.memory, cast(left, Integer).label("left")).where(waiting)
    rows = unit.execute(asked.order_by(sources.c.next_at, sources.c.id).limit(limit))
    return [Due(row.id, row.url, bool(row.left) or memory_of(row.memory).slow) for row in rows]


def number_due(unit: Unit, now: int, most: int) -> int:
    """How many active sources' time has come that nobody holds; `most` where there are more."""
    waiting = and_(sources.c.active.is_(True), sources.c.next_at <= now, sources.c.lease_until <= now)
    return len(unit.execute(select(sources.c.id).where(waiting).limit(most)).all())


def held(unit: Unit, now: int) -> list[Due]:
    """The sources that are being looked at, and by whom."""
    rows = unit.execute(select(sources.c.id, sources.c.url, sources.c.lease_by).where(sources.c.lease_until > now))
    return [Due(row.id, row.url, holder=row.lease_by) for row in rows]


def claim(unit: Unit, source_id: int, by: str, now: int, until: int) -> bool:
    """Takes the lease of a source; False when another holds it."""
    mine = or_(sources.c.lease_until <= now, sources.c.lease_by == by)
    result = unit.execute(
        update(sources)
        .where(sources.c.id == source_id, mine)
        .values(lease_until=until, lease_by=by, attempts=sources.c.attempts + 1)
    )
    return result.rowcount == 1


def extend(unit: Unit, source_id: int, by: str, until: int) -> bool:
    """Holds a source longer; False where the lease is another's by now."""
    sql = "UPDATE sources SET lease_until = ? WHERE id = ? AND lease_by = ? AND lease_until > 0"
    return unit.run(sql, (until, source_id, by)) == 1


def release(unit: Unit, source_id: int, by: str, next_at: int, memory: Memory, attempts: int) -> bool:
    """Gives the lease back and says when to look again and how often in a row it failed; False where the lease is
    another's by now, whose word counts."""
    values: dict[str, Any] = {
        "lease_until": 0,
        "lease_by": "",
        "next_at": next_at,
        "memory": plain(asdict(memory)),
        "attempts": attempts,
    }
    mine = and_(sources.c.id == source_id, sources.c.lease_by == by)
    return unit.execute(update(sources).where(mine).values(values)).rowcount == 1


def holder(unit: Unit, source_id: int) -> str:
    """The name of whoever holds a source's lease, "" for nobody."""
    row = unit.execute(select(sources.c.lease_by, sources.c.lease_until).where(sources.c.id == source_id)).first()
    return row.lease_by if row and row.lease_until else ""


def break_lease(unit: Unit, source_id: int) -> None:
    """Takes the lease of a process that is gone."""
    unit.execute(update(sources).where(sources.c.id == source_id).values(lease_until=0, lease_by=""))
