"""Orders for the worker: placed by a web process, taken with a lease, told of, ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from wirepress.model.errors import Invalid
from wirepress.model.order import Order, OrderKind, OrderState
from wirepress.store.unit import Row, Unit, encode

LARGEST: Final = 200_000
"""Characters of a result, as JSON."""
HISTORY: Final = 50
"""Imports that are remembered."""
_COLUMNS: Final = (
    'id, kind, state, "user", source, CAST(given AS TEXT), CAST(progress AS TEXT), CAST(result AS TEXT), error,'
    " placed, begun, ended"
)
_OPEN: Final = "state IN ('waiting', 'working')"


def _order(row: Row) -> Order:
    key, kind, state, user, source, given, progress, result, *rest = row
    parts = (json.loads(text) for text in (given, progress, result))
    return Order(key, OrderKind(kind), OrderState(state), user, source, *parts, *rest)


def place(unit: Unit, kind: OrderKind, user: int, source: int, given: Mapping[str, Any], now: int) -> int:
    """Keeps an order and gives its id."""
    rows = unit.rows(
        'INSERT INTO orders (kind, state, "user", source, given, progress, result, error, placed, begun, ended,'
        " lease_until, lease_by) VALUES (?, 'waiting', ?, ?, ?, '{}', '{}', '', ?, 0, 0, 0, '') RETURNING id",
        (kind.value, user, source, encode(given), now),
    )
    if kind not in (OrderKind.IMPORT, OrderKind.ERASE):  # what became of it is noted at its end
        unit.note(f"order.{kind.value}", "source", source or "")
    return int(rows[0][0])


def get(unit: Unit, order_id: int) -> Order | None:
    rows = unit.rows(f"SELECT {_COLUMNS} FROM orders WHERE id = ?", (order_id,))
    return _order(rows[0]) if rows else None


def of_source(unit: Unit, source_id: int, kind: OrderKind) -> Order | None:
    """The newest order of a kind for a source."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM orders WHERE source = ? AND kind = ? ORDER BY id DESC LIMIT 1", (source_id, kind.value)
    )
    return _order(rows[0]) if rows else None


def of_kind(unit: Unit, kind: OrderKind, limit: int) -> list[Order]:
    """The newest orders of a kind, the newest first."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM orders WHERE kind = ? ORDER BY id DESC LIMIT ?", (kind.value, limit))
    return [_order(row) for row in rows]


def under_way(unit: Unit, kind: OrderKind) -> Order | None:
    """The order of a kind that something is still to come of."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM orders WHERE kind = ? AND {_OPEN} ORDER BY id LIMIT 1", (kind.value,))
    return _order(rows[0]) if rows else None


def opened(unit: Unit, user: int | None = None) -> int:
    """How many orders something is still to come of: all of them, or those of a user."""
    sql = f"SELECT count(*) FROM orders WHERE {_OPEN}"
    rows = unit.rows(sql) if user is None else unit.rows(sql + ' AND "user" = ?', (user,))
    return int(rows[0][0])


def waiting(unit: Unit) -> bool:
    """Whether there is an order that nobody has taken."""
    return bool(unit.rows("SELECT 1 FROM orders WHERE state = 'waiting' LIMIT 1"))


def take(unit: Unit, by: str, now: int, until: int, order_id: int = 0) -> Order | None:
    """Takes the order that has waited longest, or a certain one, until then; None where none waits."""
    sql = "SELECT id FROM orders WHERE state = 'waiting'"
    rows = unit.rows(f"{sql} AND id = ?", (order_id,)) if order_id else unit.rows(f"{sql} ORDER BY id LIMIT 1")
    if not rows:
        return None
    changed = unit.run(
        "UPDATE orders SET state = 'working', begun = ?, lease_until = ?, lease_by = ?"
        " WHERE id = ? AND state = 'waiting'",
        (now, until, by, rows[0][0]),
    )
    return get(unit, rows[0][0]) if changed else None


def tell(unit: Unit, order_id: int, by: str, progress: Mapping[str, Any], until: int) -> bool:
    """Notes how far an order is, and holds it longer; False where it is no longer wanted or another's."""
    changed = unit.run(
        "UPDATE orders SET progress = ?, lease_until = ? WHERE id = ? AND lease_by = ? AND state = 'working'",
        (encode(progress), until, order_id, by),
    )
    return changed == 1


def extend(unit: Unit, by: str, until: int) -> None:
    """Holds all that a name carries out longer."""
    unit.run("UPDATE orders SET lease_until = ? WHERE lease_by = ? AND state = 'working'", (until, by))


def is_held(unit: Unit, order_id: int, by: str) -> bool:
    """Whether an order is being carried out under a name, and wanted still."""
    sql = "SELECT 1 FROM orders WHERE id = ? AND lease_by = ? AND state = 'working'"
    return bool(unit.rows(sql, (order_id, by)))


def finish(unit: Unit, order_id: int, by: str, result: Mapping[str, Any], now: int) -> bool:
    """Keeps what came of an order; False where it is no longer wanted.  Raises Invalid for a result too large."""
    text = encode(result)
    if len(text) > LARGEST:
        raise Invalid("too_large", "There is more than can be shown.")
    return _end(unit, order_id, by, OrderState.DONE, text, "", now)


def fail(
    unit: Unit, order_id: int, by: str, error: str, now: int, result: Mapping[str, Any] = MappingProxyType({})
) -> bool:
    """Notes why an order did not succeed, and what came of it all the same; False where it is no longer wanted."""
    return _end(unit, order_id, by, OrderState.FAILED, encode(dict(result)), error, now)


def leave(unit: Unit, order_id: int, by: str, result: Mapping[str, Any]) -> bool:
    """Keeps what had come of an order before it was cancelled, and gives it out of hand."""
    sql = "UPDATE orders SET result = ?, lease_by = '' WHERE id = ? AND lease_by = ? AND state = 'cancelled'"
    return unit.run(sql, (encode(dict(result)), order_id, by)) == 1


def _end(unit: Unit, order_id: int, by: str, state: OrderState, result: str, error: str, now: int) -> bool:
    changed = unit.run(
        "UPDATE orders SET state = ?, result = ?, error = ?, ended = ?, lease_until = 0, lease_by = ''"
        " WHERE id = ? AND lease_by = ? AND state = 'working'",
        (state.value, result, error, now, order_id, by),
    )
    return changed == 1


def cancel(unit: Unit, order_id: int, now: int) -> bool:
    """Ends an order that is not wanted any more; whether it was still open.  Whoever carries it out sees that."""
    sql = f"UPDATE orders SET state = 'cancelled', ended = ?, lease_until = 0 WHERE id = ? AND {_OPEN}"
    return unit.run(sql, (now, order_id)) == 1


def holders(unit: Unit) -> list[str]:
    """The names of all who are carrying out orders."""
    return [row[0] for row in unit.rows("SELECT DISTINCT lease_by FROM orders WHERE state = 'working'")]


def abandon(unit: Unit, now: int, error: str, by: str, *, lapsed: bool = False) -> int:
    """Fails the orders that are held by a name, or those of them whose lease has run out; how many there were."""
    rows = unit.rows(
        "UPDATE orders SET state = 'failed', error = ?, ended = ?, lease_until = 0, lease_by = ''"
        " WHERE state = 'working' AND lease_by = ? AND lease_until <= ? RETURNING id, kind, \"user\"",
        (error, now, by, now if lapsed else 2**62),
    )
    for order_id, kind, user in rows:
        if kind == OrderKind.IMPORT.value:
            unit.note("import.cut", "import", order_id, user=user)
    return len(rows)


def remove_old(unit: Unit, before: int) -> int:
    """Removes the orders that were placed before a moment and are not being carried out; how many there were.

    Of imports the newest stay, as their history.
    """
    removed = unit.run("DELETE FROM orders WHERE placed < ? AND state <> 'working' AND kind <> 'import'", (before,))
    return removed + unit.run(
        "DELETE FROM orders WHERE placed < ? AND state <> 'working' AND kind = 'import'"
        " AND id NOT IN (SELECT id FROM orders WHERE kind = 'import' ORDER BY id DESC LIMIT ?)",
        (before, HISTORY),
    )
