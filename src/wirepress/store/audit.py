"""The audit log: a row for each change, written with it; rows are added and, when old, removed, never changed.

What is known of a person (login, address, client) lies in a table of its own under a number that says nothing: once it
is erased, the log tells that somebody did something, and no more.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, Final

from wirepress.model.audit import SYSTEM, Actor, AuditQuery, Entry, Person
from wirepress.model.moment import Clock
from wirepress.store.changes import Change
from wirepress.store.clauses import Where, marks, window
from wirepress.store.unit import Row, Unit, encode

MOST: Final = 500
"""Rows of one write; what is more is counted."""
LARGEST: Final = 4_000
"""Characters of the details of a row."""
_LONGEST: Final = 300
_REMEMBERED: Final = 1_000
_SECONDS: Final = 600.0
"""How long a person's number is remembered: after an erasure others begin anew."""
_PEOPLE: Final = "LEFT JOIN audit_people p ON p.id = a.person"
_COLUMNS: Final = (
    'a.id, a.at, a."user", a.kind, a.person, a.action, a.object, a.object_id, CAST(a.details AS TEXT),'
    " coalesce(p.login, ''), coalesce(p.ip, ''), coalesce(p.agent, '')"
)


class Audit:
    """Writes down what the write units of a database change.  `actor` is who changes where a unit names nobody."""

    def __init__(self, clock: Callable[[], Clock]) -> None:
        self.clock = clock
        self.actor = SYSTEM
        self._known: OrderedDict[Actor, tuple[int, float]] = OrderedDict()

    def keep(self, unit: Unit) -> None:
        """Writes the changes of a unit, in one statement; one more where a person was not seen lately."""
        changes = list(unit.changes.values())
        if not changes:
            return
        actor = unit.actor or self.actor
        now = int(self.clock().now().timestamp())
        person = self._person(unit, actor, now)
        rows = [self._row(unit, change, actor, person, now) for change in changes[:MOST]]
        if len(changes) > MOST:
            rows.append((now, actor.user, actor.kind, person, "audit.more", "", "", encode({"n": len(changes) - MOST})))
        columns = 'at, "user", kind, person, action, object, object_id, details'
        values = ", ".join([f"({marks(8)})"] * len(rows))
        unit.run(f"INSERT INTO audit ({columns}) VALUES {values}", [value for row in rows for value in row])

    def kept(self, unit: Unit) -> None:
        """Remembers the number of a person whose row was committed."""
        if unit.person is not None:
            actor, person = unit.person
            self._known[actor] = person, self.clock().monotonic() + _SECONDS
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)

    def begin_anew(self) -> None:
        """Gives persons new numbers from now on."""
        self._known.clear()

    def _person(self, unit: Unit, actor: Actor, now: int) -> int:
        if not (actor.login or actor.ip or actor.agent):
            return 0
        known = self._known.get(actor)
        if known is not None and known[1] >= self.clock().monotonic():
            return known[0]
        rows = unit.rows(
            'INSERT INTO audit_people ("user", login, ip, agent, seen) VALUES (?, ?, ?, ?, ?)'
            ' ON CONFLICT ("user", login, ip, agent) DO UPDATE SET seen = excluded.seen RETURNING id',
            (actor.user, actor.login[:_LONGEST], actor.ip[:100], actor.agent[:_LONGEST], now),
        )
        unit.person = actor, int(rows[0][0])
        return unit.person[1]

    @staticmethod
    def _row(unit: Unit, change: Change, actor: Actor, person: int, now: int) -> tuple[Any, ...]:
        details = dict(change.details)
        if change.object_id in unit.revised and change.action.startswith("post."):
            details["revision"] = unit.revised[change.object_id]
        text = encode(details)
        if len(text) > LARGEST:
            text = encode({"too_long": True, **{k: v for k, v in details.items() if k in ("fields", "revision")}})
        return now, actor.user, actor.kind, person, change.action, change.object, change.object_id[:_LONGEST], text


def find(unit: Unit, query: AuditQuery) -> tuple[list[Entry], int]:
    """A page of the log, newest first, and how many entries there are in all."""
    where = _where(query)
    limit, offset = window(query)
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM audit a {_PEOPLE} WHERE {where.sql} ORDER BY a.id DESC LIMIT ? OFFSET ?",
        (*where.values, limit, offset),
    )
    joined = _PEOPLE if query.login or query.ip else ""
    total = unit.rows(f"SELECT count(*) FROM audit a {joined} WHERE {where.sql}", where.values)
    return [_entry(row) for row in rows], int(total[0][0])


def get(unit: Unit, entry_id: int) -> Entry | None:
    rows = unit.rows(f"SELECT {_COLUMNS} FROM audit a {_PEOPLE} WHERE a.id = ?", (entry_id,))
    return _entry(rows[0]) if rows else None


def after(unit: Unit, entry_id: int, limit: int) -> list[Entry]:
    """The entries behind one of them, oldest first."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM audit a {_PEOPLE} WHERE a.id > ? ORDER BY a.id LIMIT ?", (entry_id, limit)
    )
    return [_entry(row) for row in rows]


def _entry(row: Row) -> Entry:
    number, at, user, kind, person, action, what, key, details, login, ip, agent = row
    return Entry(number, at, user, kind, person, action, what, key, json.loads(details), login, ip, agent)


def _where(query: AuditQuery) -> Where:
    where = Where()
    if query.who is not None:
        where.add('a."user" = ?', query.who)
    if query.login:
        where.add("substr(p.login, 1, ?) = ?", len(query.login), query.login)
    if query.ip:
        where.add("p.ip = ?", query.ip)
    if query.action:
        # By its letters and not by order: PostgreSQL orders texts as the database's language does.
        beginning = f"{query.action}."
        where.add("(a.action = ? OR substr(a.action, 1, ?) = ?)", query.action, len(beginning), beginning)
    for column, value in (("kind", query.kind), ("object", query.object), ("object_id", query.object_id)):
        if value:
            where.add(f"a.{column} = ?", value)
    if query.since:
        where.add("a.at >= ?", query.since)
    if query.before:
        where.add("a.at < ?", query.before)
    return where


def actions(unit: Unit) -> list[str]:
    """The actions that the log holds."""
    return [row[0] for row in unit.rows("SELECT DISTINCT action FROM audit ORDER BY action")]


def persons(unit: Unit, user: int, ip: str, limit: int) -> tuple[list[Person], int]:
    """What `erase` would remove, seen last first, at most so much of it, and how much there is."""
    where = '("user" = ? AND "user" <> 0) OR (ip = ? AND ip <> \'\')'
    rows = unit.rows(
        f"SELECT login, ip, agent, count(*) OVER () FROM audit_people WHERE {where} ORDER BY seen DESC, id LIMIT ?",
        (user, ip, limit),
    )
    return [Person(*row[:3]) for row in rows], int(rows[0][3]) if rows else 0


def erase(unit: Unit, users: Iterable[int] = (), ip: str = "") -> int:
    """Removes all that is known of persons besides their accounts' numbers; how many rows there were."""
    erased = sum(unit.run('DELETE FROM audit_people WHERE "user" = ?', (user,)) for user in users)
    return erased + (unit.run("DELETE FROM audit_people WHERE ip = ?", (ip,)) if ip else 0)


def trim(unit: Unit, before: int) -> int:
    """Removes entries from before a moment, and persons that none is left of; how many entries there were.

    Those of take-downs are proof, and stay.
    """
    removed = unit.run("DELETE FROM audit WHERE at < ? AND substr(action, 1, 9) <> 'takedown.'", (before,))
    unit.run("DELETE FROM audit_people WHERE seen < ? AND id NOT IN (SELECT person FROM audit)", (before,))
    return removed
