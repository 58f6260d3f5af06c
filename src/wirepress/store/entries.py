"""What became of the entries that sources have brought: a row for each, until it is forgotten.

What has a post says `taken` or `updated` there, and what it is besides (held, removed) its post tells: whoever
publishes or deletes that need not know of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wirepress.model.entry import EntryQuery, EntryRecord, EntryState, Finding, Why
from wirepress.model.wire import SkipReason
from wirepress.store.backlog import LONGEST_LINK, LONGEST_TITLE, name_of, short
from wirepress.store.clauses import Where, chunks, marks
from wirepress.store.unit import Row, Unit

LONGEST_DETAIL: Final = 600
"""Characters: those of a filter's line, and of what somebody says."""
_JOINED: Final = "entries e LEFT JOIN origins o ON o.id = e.origin LEFT JOIN posts p ON p.id = o.post"
_STATE: Final = (
    "CASE WHEN e.state IN ('left', 'waits', 'failed', 'dead', 'duplicate') THEN e.state"
    " WHEN p.id IS NULL OR p.status = 'trash' THEN CASE WHEN e.state = 'rejected' THEN 'rejected' ELSE 'removed' END"
    " WHEN p.status = 'pending' THEN 'held'"
    " WHEN e.state = 'rejected' THEN 'taken' ELSE e.state END"
)
"""What an entry is, by what is kept of it and by its post."""
_KEPT: Final[Mapping[EntryState, tuple[str, ...]]] = {
    EntryState.TAKEN: ("taken", "rejected"),
    EntryState.HELD: ("taken", "updated", "rejected"),
    EntryState.REMOVED: ("taken", "updated"),
}
"""What is kept of the entries of a state, where it is another word."""
_COLUMNS: Final = (
    f"e.id, e.source, e.guid, e.link, e.title, {_STATE}, e.reason, e.detail, coalesce(p.id, 0), e.other, e.at, e.since,"
    " e.due_at, e.tries, e.decided_by, coalesce(e.origin, 0)"
)
_NOTE: Final = (
    "INSERT INTO entries (source, guid, link, title, entry, state, reason, detail, origin, other, place, due_at, since,"
    " tries, at, seen, decided_by) VALUES (?, ?, ?, ?, '{}', ?, ?, ?, ?, ?, 0, 0, ?, 0, ?, ?, 0)"
    " ON CONFLICT (source, guid) DO UPDATE SET link = excluded.link, title = excluded.title, entry = excluded.entry,"
    " state = excluded.state, reason = excluded.reason, detail = excluded.detail,"
    " origin = coalesce(excluded.origin, entries.origin), other = excluded.other, place = 0, due_at = 0, tries = 0,"
    " at = excluded.at, seen = excluded.seen, decided_by = 0"
)


@dataclass(frozen=True, slots=True)
class Named:
    """An entry as its source names it."""

    source: int
    guid: str
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of an entry: what became of it, and when its source was last known to list it."""

    finding: Finding
    seen: int


def note(unit: Unit, found: Iterable[tuple[Named, Finding]], now: int, origin: int = 0) -> None:
    """Keeps what became of entries, new or known; `origin` is that of the one entry that it is about."""
    unit.run_many(
        _NOTE,
        [
            (one.source, name_of(one.guid), short(one.link, LONGEST_LINK), short(one.title, LONGEST_TITLE),
             finding.state.value, finding.reason, short(finding.detail, LONGEST_DETAIL), origin or None, finding.other,
             now, now, now)
            for one, finding in found
        ],
    )  # fmt: skip


def seen(unit: Unit, source: int, guids: Sequence[str]) -> dict[str, Seen]:
    """What is kept of entries of a source, by guid."""
    named = {name_of(guid): guid for guid in guids}
    found = {}
    for some in chunks(list(named)):
        sql = (
            "SELECT guid, state, reason, detail, other, seen FROM entries"
            f" WHERE source = ? AND guid IN ({marks(len(some))})"
        )
        for guid, state, reason, detail, other, at in unit.rows(sql, (source, *some)):
            found[named[guid]] = Seen(Finding(EntryState(state), reason, detail, other), at)
    return found


def still_listed(unit: Unit, source: int, guids: Sequence[str], now: int) -> None:
    """Notes that a source still lists entries."""
    sql = "UPDATE entries SET seen = ? WHERE source = ? AND guid = ?"
    unit.run_many(sql, [(now, source, name_of(guid)) for guid in guids])


def _record(row: Row) -> EntryRecord:
    key, source, guid, link, title, state, *rest = row
    return EntryRecord(key, source, guid, link, title, EntryState(state), *rest)


def get(unit: Unit, entry_id: int) -> EntryRecord | None:
    found = unit.rows(f"SELECT {_COLUMNS} FROM {_JOINED} WHERE e.id = ?", (entry_id,)) if entry_id < 2**63 else ()
    return _record(found[0]) if found else None


def of_posts(unit: Unit, posts: Sequence[int]) -> dict[int, EntryRecord]:
    """The entries that posts were made of, by post."""
    found: dict[int, EntryRecord] = {}
    for some in chunks(posts):
        sql = f"SELECT {_COLUMNS} FROM {_JOINED} WHERE o.post IN ({marks(len(some))}) ORDER BY e.id DESC"
        found |= {record.post: record for record in map(_record, unit.rows(sql, some))}
    return found


def of_post(unit: Unit, post: int) -> EntryRecord | None:
    """The entry that a post was made of."""
    return of_posts(unit, [post]).get(post)


def near_copies_of(unit: Unit, post: int, most: int) -> list[EntryRecord]:
    """The entries that were left out since their texts are nearly that of a post, as far as nobody has decided so."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM {_JOINED} WHERE e.state = 'duplicate' AND e.reason = ? AND e.other = ?"
        " AND e.decided_by = 0 ORDER BY e.id LIMIT ?",
        (SkipReason.NEAR_DUPLICATE.value, post, most),
    )
    return [_record(row) for row in rows]


def find(unit: Unit, query: EntryQuery) -> tuple[list[EntryRecord], int]:
    """A page of entries, and how many there are in all."""
    where = Where()
    if query.source:
        where.one_of("e.source", (query.source,))
    if query.states:
        where.one_of("e.state", sorted({word for state in query.states for word in _KEPT.get(state, (state.value,))}))
        where.one_of(_STATE, [state.value for state in query.states])
        if set(query.states) == {EntryState.HELD}:
            where.add("o.post IN (SELECT h.id FROM posts h WHERE h.type = 'post' AND h.status = 'pending')")
    if query.search:
        pattern = "%" + query.search.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
        where.add("(lower(e.title) LIKE ? ESCAPE '!' OR lower(e.link) LIKE ? ESCAPE '!')", pattern, pattern)
    offset = min((query.page - 1) * query.per_page, 2**62)
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM {_JOINED} WHERE {where.sql} ORDER BY e.at DESC, e.id DESC LIMIT ? OFFSET ?",
        (*where.values, query.per_page, offset),
    )
    total = unit.rows(f"SELECT count(*) FROM {_JOINED} WHERE {where.sql}", where.values)[0][0]
    return [_record(row) for row in rows], int(total)


def counts(unit: Unit, source: int = 0) -> dict[EntryState, int]:
    """How many entries of all sources, or of one, are in which state."""
    only = " WHERE e.source = ?" if source else ""
    sql = f"SELECT {_STATE}, count(*) FROM {_JOINED}{only} GROUP BY 1"
    return {EntryState(state): int(number) for state, number in unit.rows(sql, (source,) if source else ())}


def linked(unit: Unit, entry_id: int, origin: int) -> None:
    """Notes what is known of the article of an entry."""
    unit.run("UPDATE entries SET origin = ? WHERE id = ?", (origin, entry_id))


def decide(unit: Unit, entry_id: int, finding: Finding, now: int, user: int) -> None:
    """Keeps what somebody has decided about an entry."""
    unit.run(
        "UPDATE entries SET state = ?, reason = ?, detail = ?, other = ?, at = ?, decided_by = ?, entry = '{}',"
        " place = 0, due_at = 0, tries = 0 WHERE id = ?",
        (
            finding.state.value,
            finding.reason,
            short(finding.detail, LONGEST_DETAIL),
            finding.other,
            now,
            user,
            entry_id,
        ),
    )


def forget(unit: Unit, before: int, most: int) -> int:
    """Forgets entries that were rejected by a filter or double something, and that no source has listed since a
    moment, some at a time; how many.  What somebody has rejected, or was taken down, is remembered."""
    rows = unit.rows(
        "SELECT e.id, e.origin FROM entries e WHERE e.state IN ('rejected', 'duplicate') AND e.seen < ?"
        " AND e.reason NOT IN (?, 'taken-down') ORDER BY e.id LIMIT ?",
        (before, Why.BY_HAND.value, most),
    )
    origins = [(row[1],) for row in rows if row[1]]
    unit.run_many("DELETE FROM entries WHERE id = ?", [(row[0],) for row in rows])
    unit.run_many("DELETE FROM origins WHERE id = ? AND post IS NULL AND state = 'skipped'", origins)
    return len(rows)


def forget_waiting(unit: Unit, before: int, most: int) -> int:
    """Forgets how often articles could not be taken of which no entry is kept any more, some at a time; how many."""
    return unit.run(
        "DELETE FROM origins WHERE id IN (SELECT o.id FROM origins o WHERE o.state = 'waiting' AND o.post IS NULL"
        " AND o.last_checked < ? AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.source = o.source AND e.guid = o.guid)"
        " LIMIT ?)",
        (before, most),
    )
