"""Changes of originals: kept with what became of them, until the post, or the revision that holds their texts, goes."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.store.clauses import marks
from wirepress.store.unit import Row, Unit, encode

_COLUMNS: Final = "c.id, c.post, c.at, c.revision, c.reason, CAST(c.fields AS TEXT)"


def _change(row: Row) -> OriginalChange:
    key, post, at, revision, reason, fields = row
    found = {
        name: ChangedField(FieldState(one["state"]), one.get("value"), one.get("print", ""))
        for name, one in json.loads(fields).items()
    }
    return OriginalChange(key, post, datetime.fromtimestamp(at, UTC), revision or 0, Reason(reason), found)


def _written(change: OriginalChange) -> tuple[str, int]:
    return encode({name: asdict(one) for name, one in change.fields.items()}), int(bool(change.offered))


def insert(unit: Unit, change: OriginalChange) -> int:
    """Keeps a change and gives its id; its own is ignored."""
    rows = unit.rows(
        "INSERT INTO original_changes (post, revision, at, reason, fields, waiting) VALUES (?, ?, ?, ?, ?, ?)"
        " RETURNING id",
        (change.post, change.revision or None, int(change.at.timestamp()), change.reason.value, *_written(change)),
    )
    return int(rows[0][0])


def save(unit: Unit, change: OriginalChange) -> None:
    """Keeps what became of the fields of a change."""
    unit.run("UPDATE original_changes SET fields = ?, waiting = ? WHERE id = ?", (*_written(change), change.id))


def get(unit: Unit, change_id: int) -> OriginalChange | None:
    rows = unit.rows(f"SELECT {_COLUMNS} FROM original_changes c WHERE c.id = ?", (change_id,))
    return _change(rows[0]) if rows else None


def of_revision(unit: Unit, revision: int) -> OriginalChange | None:
    """The change whose texts a revision holds."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM original_changes c WHERE c.revision = ?", (revision,))
    return _change(rows[0]) if rows else None


def of_post(unit: Unit, post: int, limit: int, offset: int = 0, *, waiting: bool = False) -> list[OriginalChange]:
    """The changes of a post's original, the newest first; `waiting`: those of which something is offered."""
    where = "c.post = ? AND c.waiting = 1" if waiting else "c.post = ?"
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM original_changes c WHERE {where} ORDER BY c.id DESC LIMIT ? OFFSET ?",
        (post, limit, offset),
    )
    return [_change(row) for row in rows]


def number_of(unit: Unit, post: int, *, waiting: bool = False) -> int:
    """How many changes of a post's original there are."""
    where = "post = ? AND waiting = 1" if waiting else "post = ?"
    return int(unit.rows(f"SELECT count(*) FROM original_changes WHERE {where}", (post,))[0][0])


def changed_posts(unit: Unit, source: int, after: int, limit: int) -> list[int]:
    """The posts of a source for which something is offered, in the order of their ids, from behind one of them."""
    rows = unit.rows(
        "SELECT DISTINCT c.post FROM original_changes c JOIN origins o ON o.post = c.post"
        " WHERE c.waiting = 1 AND o.source = ? AND c.post > ? ORDER BY c.post LIMIT ?",
        (source, after, limit),
    )
    return [row[0] for row in rows]


def waiting_among(unit: Unit, posts: Sequence[int]) -> dict[int, int]:
    """Those of these posts for which something is offered, with the revision that holds it and came last."""
    if not posts:
        return {}
    rows = unit.rows(
        "SELECT post, max(revision) FROM original_changes"
        f" WHERE waiting = 1 AND post IN ({marks(len(posts))}) GROUP BY post",
        posts,
    )
    return {row[0]: row[1] or 0 for row in rows}


def held_revisions(unit: Unit, post: int) -> Collection[int]:
    """The revisions of a post that hold what is offered."""
    rows = unit.rows("SELECT revision FROM original_changes WHERE post = ? AND waiting = 1", (post,))
    return {row[0] for row in rows}


def forget(unit: Unit, post: int) -> None:
    """Removes all changes of a post's original."""
    unit.run("DELETE FROM original_changes WHERE post = ?", (post,))
