"""What other sites answered: embeds and feeds that posts show, and those that are still wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.remote import RemoteKind, Wish
from wirepress.store.collation import sort_key
from wirepress.store.unit import Unit, encode

_COLUMNS: Final = "r.kind, r.key, r.url, r.width, r.height, CAST(r.memory AS TEXT), r.attempts"


@dataclass(frozen=True, slots=True)
class Due:
    """A wish whose time has come, what the last answer said, and how often in a row it failed."""

    wish: Wish
    memory: dict[str, Any]
    attempts: int


def want(unit: Unit, wishes: Iterable[Wish], memory: Mapping[str, Any] | None = None) -> None:
    """Notes wishes, and what is to be remembered of them; one that is known already, answered or failed, stays as it
    is."""
    kept = encode(dict(memory or {}))
    rows = [(w.kind.value, w.key, w.url, w.width, w.height, kept) for w in sorted(wishes, key=lambda wish: wish.key)]
    unit.run_many(
        "INSERT INTO remote_answers (kind, key, url, width, height, memory, fetched_at, next_at, attempts)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0) ON CONFLICT (kind, key) DO NOTHING",
        rows,
    )


def waiting(unit: Unit, kind: RemoteKind, most: int) -> int:
    """How many wishes of a kind were never asked, counted up to `most`."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM remote_answers WHERE kind = ? AND next_at = 0 LIMIT ?) w"
    return int(unit.rows(sql, (kind.value, most))[0][0])


def number(unit: Unit, kind: RemoteKind, most: int) -> int:
    """How many wishes of a kind there are, whatever became of them, counted up to `most`."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM remote_answers WHERE kind = ? LIMIT ?) w"
    return int(unit.rows(sql, (kind.value, most))[0][0])


def forget(unit: Unit, wish: Wish) -> None:
    """Removes a wish, with what came of it."""
    unit.run("DELETE FROM remote_answers WHERE kind = ? AND key = ?", (wish.kind.value, wish.key))


def value(unit: Unit, kind: RemoteKind, key: str) -> Any:
    """What was answered, None when nothing is known."""
    sql = "SELECT CAST(value AS TEXT) FROM remote_answers WHERE kind = ? AND key = ?"
    rows = unit.rows(sql, (kind.value, key))
    return json.loads(rows[0][0]) if rows and rows[0][0] is not None else None


def imported_embed(unit: Unit, key: str) -> str:
    """The HTML that WordPress kept in a post of its own (`oembed_cache`), "" when there is none."""
    sql = "SELECT content FROM posts WHERE slug_key = ? AND type = 'oembed_cache' ORDER BY id LIMIT 1"
    rows = unit.rows(sql, (sort_key(key),))
    return str(rows[0][0]) if rows else ""


def due(unit: Unit, now: int, limit: int) -> list[Due]:
    """Wishes whose time has come, longest waiting first; feeds only while a post shows them."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM remote_answers r WHERE r.next_at <= ? AND (r.kind <> 'feed' OR EXISTS"
        " (SELECT 1 FROM rendering_uses u WHERE u.kind = r.kind AND u.ref = r.key))"
        " ORDER BY r.next_at, r.kind, r.key LIMIT ?",
        (now, limit),
    )
    return [
        Due(Wish(RemoteKind(kind), key, url, width, height), json.loads(memory), attempts)
        for kind, key, url, width, height, memory, attempts in rows
    ]


def claim(unit: Unit, wish: Wish, now: int, until: int) -> bool:
    """Takes a wish that is due until then; False when another has it.  If nothing comes of it, it is due again."""
    sql = "UPDATE remote_answers SET next_at = ? WHERE kind = ? AND key = ? AND next_at <= ?"
    return unit.run(sql, (until, wish.kind.value, wish.key, now)) == 1


def answered(unit: Unit, wish: Wish, found: Any, memory: dict[str, Any], now: int, next_at: int | None) -> bool:
    """Keeps an answer and says whether it differs from what was known."""
    changed: bool = value(unit, wish.kind, wish.key) != found
    unit.run(
        "UPDATE remote_answers SET value = ?, memory = ?, fetched_at = ?, next_at = ?, attempts = 0"
        " WHERE kind = ? AND key = ?",
        (encode(found), encode(memory), now, next_at, wish.kind.value, wish.key),
    )
    return changed


def failed(unit: Unit, wish: Wish, memory: dict[str, Any], next_at: int | None) -> None:
    """Notes that nothing came; what was known stays."""
    unit.run(
        "UPDATE remote_answers SET memory = ?, next_at = ?, attempts = attempts + 1 WHERE kind = ? AND key = ?",
        (encode(memory), next_at, wish.kind.value, wish.key),
    )


def unchanged(unit: Unit, wish: Wish, now: int, next_at: int | None) -> None:
    """Notes that what is known still holds."""
    unit.run(
        "UPDATE remote_answers SET fetched_at = ?, next_at = ?, attempts = 0 WHERE kind = ? AND key = ?",
        (now, next_at, wish.kind.value, wish.key),
    )


def released(unit: Unit, wish: Wish, now: int) -> None:
    """Gives a claim back: it is due at once."""
    unit.run("UPDATE remote_answers SET next_at = ? WHERE kind = ? AND key = ?", (now, wish.kind.value, wish.key))
