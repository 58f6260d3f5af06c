"""What is left to do of sources: entries that a look did not come to, and those that could not be taken.

They are rows of `entries`, which keeps what became of them when they are done (`store.entries`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

from wirepress.model.entry import EntryState
from wirepress.model.wire import Entry, Medium
from wirepress.store import source_rows, sources
from wirepress.store.clauses import chunks, marks
from wirepress.store.unit import Row, Unit

LONGEST_NAME: Final = 500
"""Characters of a guid that is kept as it is: an index takes no longer ones."""
LONGEST_ERROR: Final = 300
LONGEST_TITLE: Final = 500
LONGEST_LINK: Final = 2000
_COLUMNS: Final = "id, source, CAST(entry AS TEXT), state, place, due_at, since, tries, detail, reason"
_KEEP: Final = (
    "INSERT INTO entries (source, guid, link, title, entry, state, reason, detail, other, place, due_at, since, tries,"
    " at, seen, decided_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 0)"
    " ON CONFLICT (source, guid) DO UPDATE SET link = excluded.link, title = excluded.title, entry = excluded.entry,"
    " state = excluded.state, place = excluded.place, due_at = excluded.due_at, tries = excluded.tries,"
    " at = excluded.at, seen = excluded.seen, decided_by = 0, other = 0,"
    " since = CASE WHEN entries.state IN ('left', 'waits', 'failed', 'dead') THEN entries.since"
    " ELSE excluded.since END,"
    " reason = CASE WHEN excluded.detail = '' AND entries.state IN ('left', 'failed', 'dead') THEN entries.reason"
    " ELSE excluded.reason END,"
    " detail = CASE WHEN excluded.detail = '' AND entries.state IN ('left', 'failed', 'dead') THEN entries.detail"
    " ELSE excluded.detail END"
)
TRIED: Final = (EntryState.LEFT, EntryState.FAILED)
"""States of what is taken as soon as it is due."""
_OPEN: Final = "state IN ('left', 'waits', 'failed', 'dead')"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is still to be done.  Times are seconds since 1970."""

    source: int
    entry: Entry
    state: EntryState = EntryState.LEFT
    place: int = 0
    """Its place among what is left: small ones come first."""
    due_at: int = 0
    since: int = 0
    tries: int = 0
    error: str = ""
    id: int = 0
    reason: str = ""
    """Why it could not be taken (SkipReason)."""


def name_of(guid: str) -> str:
    """A guid as it is kept."""
    plain = guid.replace("\0", "").encode("utf-8", "replace").decode()
    return plain if len(plain) <= LONGEST_NAME else blake2b(plain.encode(), digest_size=32).hexdigest()


def keep(unit: Unit, waiting: Iterable[Waiting]) -> None:
    """Keeps entries, new or known by their guid."""
    rows = [
        (
            *(one.source, name_of(one.entry.guid), short(one.entry.link, LONGEST_LINK)),
            *(short(one.entry.title, LONGEST_TITLE), written(one.entry), one.state.value, one.reason),
            *(short(one.error, LONGEST_ERROR), one.place, one.due_at, one.since, one.tries, one.since, one.since),
        )
        for one in waiting
    ]
    unit.run_many(_KEEP, rows)


def short(text: str, most: int) -> str:
    """A text as a column of the table holds it."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:most]


def written(entry: Entry) -> str:
    """An entry as the column holds it: without what is empty."""
    filled = {name: source_rows.plain(value) for name, value in asdict(entry).items() if value}
    return json.dumps(filled, default=source_rows.plain, separators=(",", ":"))


def entry_of(values: Mapping[str, Any]) -> Entry:
    """The entry that `written` gave these values of."""
    given = source_rows.known_fields(Entry, values)
    for name in ("published", "updated"):
        if name in given:
            given[name] = datetime.fromisoformat(given[name])
    if "media" in given:
        known = {one.name for one in fields(Medium)}
        given["media"] = [Medium(**{k: v for k, v in one.items() if k in known}) for one in given["media"]]
    for name, value in given.items():
        if isinstance(value, list):
            given[name] = tuple(value)
    return Entry(**given)


def _waiting(row: Row) -> Waiting:
    key, source, entry, state, *rest = row
    place, due_at, since, tries, error, reason = rest
    found = entry_of(json.loads(entry))
    return Waiting(source, found, EntryState(state), place, due_at, since, tries, error, key, reason)


def drop(unit: Unit, source: int, guids: Sequence[str]) -> None:
    """Notes that entries of a source are done: what has a post stays as what was taken, of the others nothing is left
    to do."""
    sources.done(unit, "source = ? AND guid = ?", [(source, name_of(guid)) for guid in guids])


def clear(unit: Unit, source: int) -> None:
    """Forgets all that is left of a source."""
    sources.done(unit, "source = ?", [(source,)])


def due(
    unit: Unit, source: int, now: int, after: tuple[int, int], limit: int, states: Sequence[EntryState] = TRIED
) -> list[Waiting]:  # fmt: skip
    """What of a source is in one of some states and due, in its order, from behind a place and an id."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM entries WHERE source = ? AND state IN ({marks(len(states))}) AND due_at <= ?"
        " AND (place > ? OR (place = ? AND id > ?)) ORDER BY place, id LIMIT ?",
        (source, *(state.value for state in states), now, after[0], after[0], after[1], limit),
    )
    return [_waiting(row) for row in rows]


def defer(unit: Unit, source: int, now: int, until: int, reason: str, detail: str) -> None:
    """Has what waits of a source and is due wait longer."""
    unit.run(
        "UPDATE entries SET due_at = ?, reason = ?, detail = ? WHERE source = ? AND state = 'waits' AND due_at <= ?",
        (until, reason, detail, source, now),
    )


def let_in(unit: Unit, source: int, reason: str) -> None:
    """Has what waits of a source for a reason be due."""
    unit.run("UPDATE entries SET due_at = 0 WHERE source = ? AND state = 'waits' AND reason = ?", (source, reason))


def next_at(unit: Unit, source: int) -> int | None:
    """When something that is left of a source is due; None where nothing is, or nothing before its next look."""
    sql = (
        "SELECT min(due_at) FROM entries WHERE source = ?"
        " AND (state IN ('left', 'waits') OR (state = 'failed' AND tries > 1))"
    )
    found = unit.rows(sql, (source,))[0][0]
    return None if found is None else int(found)


def oldest(unit: Unit, source: int, state: EntryState, before: tuple[int, int], limit: int) -> list[Waiting]:
    """What of a source is in a state, the last of its order first, from before a place and an id."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM entries WHERE source = ? AND state = ? AND (place < ? OR (place = ? AND id < ?))"
        " ORDER BY place DESC, id DESC LIMIT ?",
        (source, state.value, before[0], before[0], before[1], limit),
    )
    return [_waiting(row) for row in rows]


def digests(unit: Unit, source: int, state: EntryState, guids: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Which entries of these guids are in a state, by id: the guid, and the digest that the entry had."""
    read: dict[int, Any] = {}
    for some in chunks([name_of(guid) for guid in guids]):
        rows = unit.rows(
            "SELECT id, CAST(entry AS TEXT) FROM entries WHERE source = ? AND state = ?"
            f" AND guid IN ({marks(len(some))})",
            (source, state.value, *some),
        )
        read |= {key: json.loads(entry) for key, entry in rows}
    return {key: (entry["guid"], entry.get("digest", "")) for key, entry in read.items()}


def first_place(unit: Unit, source: int, state: EntryState = EntryState.LEFT) -> int:
    """The smallest place of what of a source is in a state; 1 where nothing is."""
    found = unit.rows("SELECT min(place) FROM entries WHERE source = ? AND state = ?", (source, state.value))[0][0]
    return 1 if found is None else int(found)


def counts(unit: Unit, source_id: int = 0) -> dict[int, dict[str, int]]:
    """How many entries of each source, or of one, are in which state; those of which nothing is left are missing."""
    found: dict[int, dict[str, int]] = {}
    sql = f"SELECT source, state, count(*) FROM entries WHERE {_OPEN}{{}} GROUP BY source, state"
    of_one = unit.rows(sql.format(" AND source = ?"), (source_id,)) if source_id else unit.rows(sql.format(""))
    for source, state, number in of_one:
        found.setdefault(source, {})[state] = number
    return found


def listed(unit: Unit, source: int = 0, state: EntryState | None = None, limit: int = 100) -> list[Waiting]:
    """What is left of one source or of all, what was given up first; the oldest first of each state."""
    where, values = [_OPEN], list[Any]()
    if source:
        where.append("source = ?")
        values.append(source)
    if state:
        where.append("state = ?")
        values.append(state.value)
    order = "CASE state WHEN 'dead' THEN 0 WHEN 'failed' THEN 1 WHEN 'left' THEN 2 ELSE 3 END, place, id"
    sql = f"SELECT {_COLUMNS} FROM entries WHERE {' AND '.join(where)} ORDER BY {order} LIMIT ?"
    return [_waiting(row) for row in unit.rows(sql, (*values, limit))]


def of_state(unit: Unit, state: EntryState, source: int = 0) -> list[int]:
    """The ids of what is in a state, of one source or of all."""
    sql = "SELECT id FROM entries WHERE state = ?"
    rows = unit.rows(f"{sql} AND source = ?", (state.value, source)) if source else unit.rows(sql, (state.value,))
    return [row[0] for row in rows]


def there(unit: Unit, ids: Sequence[int]) -> set[int]:
    """Which of some ids there are."""
    found: set[int] = set()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        found |= {
            row[0] for row in unit.rows(f"SELECT id FROM entries WHERE {_OPEN} AND id IN ({marks(len(some))})", some)
        }
    return found


def retry(unit: Unit, ids: Sequence[int]) -> int:
    """Has entries tried again at once, as if they had never failed; how many there were."""
    found = [
        _waiting(row)
        for start in range(0, len(ids), 500)
        for row in unit.rows(
            f"SELECT {_COLUMNS} FROM entries WHERE {_OPEN} AND id IN ({marks(len(ids[start : start + 500]))})",
            ids[start : start + 500],
        )
    ]
    for one in found:
        sources.forget_tries(unit, one.source, one.entry.guid)
        unit.run("UPDATE entries SET state = 'left', place = -1 - id, due_at = 0, tries = 0, detail = '' WHERE id = ?",
                 (one.id,))  # fmt: skip
    for source in {one.source for one in found}:
        unit.run("UPDATE sources SET next_at = 0 WHERE id = ?", (source,))
    return len(found)


def forget_dead(unit: Unit, before: int) -> int:
    """Forgets what was given up and first failed before a moment; how much that was."""
    old = "state = 'dead' AND since < ?"
    number = unit.rows(f"SELECT count(*) FROM entries WHERE {old}", (before,))[0][0]
    if number:
        sources.done(unit, old, [(before,)])
    return int(number)
