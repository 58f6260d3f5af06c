"""Take-downs: what was taken down, what is known again of it, and what is kept of it for its lift."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, Literal

from wirepress.model.takedown import Barred, Disclosure, KeptFile, Takedown, TakedownQuery
from wirepress.store.clauses import Where, chunks, marks, window
from wirepress.store.columns import insert_sql
from wirepress.store.unit import Row, Unit, encode

Kind = Literal["url", "text", "path", "post"]
_NAMES: Final = tuple(field.name for field in fields(Takedown))
_COLUMNS: Final = ", ".join(f't."{name}"' for name in _NAMES)
_SEARCHED: Final = ("title", "url", "original", "reason", "notice")


def _takedown(row: Row) -> Takedown:
    values = dict(zip(_NAMES, row, strict=True))
    return Takedown(**values | {"disclosure": Disclosure(values["disclosure"])})


def add(unit: Unit, takedown: Takedown) -> int:
    """Keeps a take-down and gives its id; its own is ignored."""
    names = [name for name in _NAMES if name != "id"]
    values = [str(getattr(takedown, n)) if n == "disclosure" else getattr(takedown, n) for n in names]
    sql = insert_sql("takedowns", [*names, "scrubbed"], tail="RETURNING id")
    return int(unit.rows(sql, (*values, 0))[0][0])


def get(unit: Unit, takedown_id: int) -> Takedown | None:
    """The take-down of this id."""
    if not 0 < takedown_id < 2**63:
        return None
    rows = unit.rows(f"SELECT {_COLUMNS} FROM takedowns t WHERE t.id = ?", (takedown_id,))
    return _takedown(rows[0]) if rows else None


def find(unit: Unit, query: TakedownQuery) -> tuple[list[Takedown], int]:
    """A page of take-downs, newest first, and how many there are in all."""
    where = Where()
    if query.stands is not None:
        where.add("t.lifted = 0" if query.stands else "t.lifted <> 0")
    if query.search:
        # By its letters, since what people look for is a piece of an address as often as a word.
        part = query.search.lower()
        found = " OR ".join(f"{_place_of(unit)}(lower(t.{name}), ?) > 0" for name in _SEARCHED)
        where.add(f"({found})", *[part] * len(_SEARCHED))
    limit, offset = window(query)
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM takedowns t WHERE {where.sql} ORDER BY t.id DESC LIMIT ? OFFSET ?",
        (*where.values, limit, offset),
    )
    total = unit.rows(f"SELECT count(*) FROM takedowns t WHERE {where.sql}", where.values)
    return [_takedown(row) for row in rows], int(total[0][0])


def _place_of(unit: Unit) -> str:
    """The function that says where in a text another stands."""
    return "instr" if unit.dialect == "sqlite" else "strpos"


# ---- what is known again


def remember(unit: Unit, takedown_id: int, barred: Barred) -> None:
    """Has the addresses, texts, paths and posts of a take-down known again."""
    keys = {
        *(("url", key) for key in barred.urls),
        *(("text", key) for key in barred.texts),
        *(("path", key) for key in barred.paths),
        *(("post", str(key)) for key in barred.posts),
    }
    unit.run_many(
        "INSERT INTO takedown_keys (kind, key, takedown) VALUES (?, ?, ?)",
        [(kind, key, takedown_id) for kind, key in sorted(keys) if key],
    )


def remembered(unit: Unit, takedown_id: int) -> Barred:
    """What is known again of a take-down."""
    keys: dict[str, list[str]] = {"url": [], "text": [], "path": [], "post": []}
    for kind, key in unit.rows("SELECT kind, key FROM takedown_keys WHERE takedown = ? ORDER BY key", (takedown_id,)):
        keys[kind].append(key)
    posts = tuple(map(int, keys["post"]))
    return Barred(tuple(keys["url"]), tuple(keys["text"]), tuple(keys["path"]), posts)


def forget(unit: Unit, takedown_id: int) -> None:
    """Has nothing of a take-down known again."""
    unit.run("DELETE FROM takedown_keys WHERE takedown = ?", (takedown_id,))


def known(unit: Unit, kind: Kind, keys: Sequence[str]) -> Takedown | None:
    """The newest take-down that stands and remembers one of these keys."""
    asked = [key for key in keys if key and "\0" not in key]
    if not asked:
        return None
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM takedowns t JOIN takedown_keys k ON k.takedown = t.id"
        f" WHERE k.kind = ? AND k.key IN ({marks(len(asked))}) AND t.lifted = 0 ORDER BY t.id DESC LIMIT 1",
        (kind, *asked),
    )
    return _takedown(rows[0]) if rows else None


# ---- what is kept


def keep_contents(unit: Unit, takedown_id: int, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Keeps rows, each of a kind, in their order."""
    values = [(takedown_id, place, kind, encode(dict(row))) for place, (kind, row) in enumerate(rows)]
    unit.run_many('INSERT INTO takedown_contents (takedown, position, kind, "row") VALUES (?, ?, ?, ?)', values)


def contents(unit: Unit, takedown_id: int) -> list[tuple[str, dict[str, Any]]]:
    """The rows that are kept, in their order."""
    rows = unit.rows(
        'SELECT kind, CAST("row" AS TEXT) FROM takedown_contents WHERE takedown = ? ORDER BY position', (takedown_id,)
    )
    return [(kind, json.loads(row)) for kind, row in rows]


def keep_files(unit: Unit, takedown_id: int, files: Iterable[KeptFile]) -> None:
    """Notes the files that are kept out of reach."""
    unit.run_many(
        "INSERT INTO takedown_files (takedown, path, post, size, sha256) VALUES (?, ?, ?, ?, ?)",
        [(takedown_id, file.path, file.post, file.size, file.sha256) for file in files],
    )


def files(unit: Unit, takedown_id: int) -> list[KeptFile]:
    """The files that are kept out of reach."""
    sql = "SELECT path, post, size, sha256 FROM takedown_files WHERE takedown = ? ORDER BY path"
    return [KeptFile(*row) for row in unit.rows(sql, (takedown_id,))]


def keeps_file(unit: Unit, path: str) -> bool:
    """Whether a file of this path is kept out of reach: the lift of its take-down wants the path back."""
    return bool(unit.rows("SELECT 1 FROM takedown_files WHERE path = ? LIMIT 1", (path,)))


def kept_paths(unit: Unit) -> list[tuple[str, str]]:
    """The folders and paths of all files that are kept out of reach."""
    sql = "SELECT t.folder, f.path FROM takedown_files f JOIN takedowns t ON t.id = f.takedown ORDER BY 1, 2"
    return [(folder, path) for folder, path in unit.rows(sql)]


def drop(unit: Unit, takedown_id: int) -> None:
    """Removes what is kept of a take-down."""
    unit.run("DELETE FROM takedown_contents WHERE takedown = ?", (takedown_id,))
    unit.run("DELETE FROM takedown_files WHERE takedown = ?", (takedown_id,))


# ---- what becomes of it


def lift(unit: Unit, takedown_id: int, now: int, user: int, reason: str) -> None:
    """Notes that a take-down was lifted."""
    unit.run(
        "UPDATE takedowns SET lifted = ?, lifted_by = ?, lift_reason = ? WHERE id = ?",
        (now, user, reason, takedown_id),
    )


def erase(unit: Unit, takedown_id: int, now: int) -> None:
    """Notes that what was kept of a take-down is erased; its title goes as well."""
    unit.run("UPDATE takedowns SET erased = ?, title = '' WHERE id = ?", (now, takedown_id))


def unscrubbed(unit: Unit) -> list[int]:
    """The take-downs whose erased content may still be read in the files of the database."""
    return [row[0] for row in unit.rows("SELECT id FROM takedowns WHERE erased <> 0 AND scrubbed = 0")]


def note_scrubbed(unit: Unit, ids: Sequence[int]) -> None:
    """Notes that it cannot be read there any more."""
    for chunk in chunks(ids):
        unit.run(f"UPDATE takedowns SET scrubbed = 1 WHERE id IN ({marks(len(chunk))})", chunk)
