"""Subscriptions at hubs: rows that web processes, workers and looks at sources change beside each other.

Each writes columns of its own, or by what stands there: what another one has written meanwhile is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wirepress.model.subscription import Delivery, Subscription, SubscriptionState
from wirepress.store.unit import Row, Unit

_COLUMNS: Final = (
    "id, coalesce(source, 0), hub, topic, callback, token, secret, state, reason, active_since, lease_until, next_at,"
    " tries, delivery, delivered_at, looked_at, doubted_at, missed, confirmed"
)
_LIVING: Final = "state <> 'ending'"
_THIS_ENDING: Final = "id = ? AND token = ? AND state = 'ending'"
_NEW: Final = (
    "INSERT INTO subscriptions (source, hub, topic, callback, token, secret, state, reason, active_since, lease_until,"
    " next_at, tries, delivery, delivered_at, looked_at, doubted_at, missed, confirmed)"
    " SELECT id, ?, ?, ?, ?, ?, 'pending', '', 0, 0, ?, 0, 0, 0, 0, 0, 0, 0 FROM sources WHERE id = ?"
    " ON CONFLICT DO NOTHING"
)


def _subscription(row: Row) -> Subscription:
    key, source, hub, topic, callback, token, secret, state, *rest = row
    reason, since, lease, next_at, tries, delivery, *times = rest
    return Subscription(
        key, source, hub, topic, callback, token, secret, SubscriptionState(state), reason, since, lease, next_at,
        tries, Delivery(delivery), *times,
    )  # fmt: skip


def _found(unit: Unit, where: str, values: Sequence[Any] = ()) -> list[Subscription]:
    return [_subscription(row) for row in unit.rows(f"SELECT {_COLUMNS} FROM subscriptions WHERE {where}", values)]


def begin(unit: Unit, new: Subscription) -> bool:
    """Keeps a subscription that its hub is still to be asked for.

    False where its source has one already, or is there no more.
    """
    values = (new.hub, new.topic, new.callback, new.token, new.secret, new.next_at, new.source)
    return unit.run(_NEW, values) == 1


def get(unit: Unit, key: int) -> Subscription | None:
    return next(iter(_found(unit, "id = ?", (key,))), None)


def by_token(unit: Unit, token: str) -> Subscription | None:
    """The subscription that a callback is of."""
    return next(iter(_found(unit, "token = ?", (token,))), None)


def of_source(unit: Unit, source: int) -> Subscription | None:
    """The living subscription of a source."""
    return next(iter(_found(unit, f"source = ? AND {_LIVING}", (source,))), None)


def living(unit: Unit) -> list[Subscription]:
    """All but those that are ending."""
    return _found(unit, f"{_LIVING} ORDER BY id")


def due(unit: Unit, now: int, limit: int) -> list[Subscription]:
    """Those whose hubs are to be asked, or whose lease has run out, longest waiting first."""
    over = "state IN ('active', 'distrusted') AND lease_until <= ?"
    return _found(unit, f"next_at <= ? OR {over} ORDER BY next_at, id LIMIT ?", (now, now, limit))


def claim(unit: Unit, known: Subscription, next_at: int) -> bool:
    """Takes the next try of one that is due; False where another process has it, or it has changed meanwhile.

    Where nothing comes of it, it is due again at `next_at`.
    """
    sql = "UPDATE subscriptions SET next_at = ?, tries = tries + 1 WHERE id = ? AND next_at = ? AND tries = ?"
    return unit.run(f"{sql} AND state = ?", (next_at, known.id, known.next_at, known.tries, known.state.value)) == 1


def failed(unit: Unit, known: Subscription, reason: str, next_at: int) -> None:
    """Notes why the try that was claimed after `known` came to nothing, unless the hub has confirmed it since."""
    sql = "UPDATE subscriptions SET reason = ?, next_at = ? WHERE id = ? AND tries = ? AND token = ?"
    unit.run(sql, (reason, next_at, known.id, known.tries + 1, known.token))


def unasked(unit: Unit, known: Subscription, reason: str, next_at: int) -> None:
    """Gives the try back that was claimed after `known`: the hub was not asked."""
    sql = "UPDATE subscriptions SET tries = ?, reason = ?, next_at = ? WHERE id = ? AND tries = ? AND token = ?"
    unit.run(sql, (known.tries, reason, next_at, known.id, known.tries + 1, known.token))


def confirm(unit: Unit, known: Subscription, now: int, lease_until: int, next_at: int) -> bool:
    """Notes that the hub has confirmed a subscription, new or renewed; one that is distrusted stays so.

    False where it is ending by now, or another hub is asked for it.
    """
    changed = unit.run(
        "UPDATE subscriptions SET state = CASE WHEN state = 'distrusted' THEN state ELSE 'active' END,"
        " active_since = CASE WHEN lease_until > ? THEN active_since ELSE ? END,"
        " delivered_at = CASE WHEN lease_until > ? THEN delivered_at ELSE 0 END,"
        f" lease_until = ?, next_at = ?, tries = 0, reason = '' WHERE id = ? AND token = ? AND {_LIVING}",
        (now, now, now, lease_until, next_at, known.id, known.token),
    )
    return changed == 1


def lose(unit: Unit, known: Subscription, state: SubscriptionState, reason: str, next_at: int) -> bool:
    """Notes that a hub tells nothing any more: it has denied it, or its lease has run out.

    False where that has changed meanwhile.
    """
    sql = (
        "UPDATE subscriptions SET state = ?, reason = ?, next_at = ?, tries = 0, lease_until = 0, active_since = 0,"
        " doubted_at = 0, missed = 0, confirmed = 0 WHERE id = ? AND token = ? AND state = ? AND lease_until = ?"
    )
    values = (state.value, reason, next_at, known.id, known.token, known.state.value, known.lease_until)
    return unit.run(sql, values) == 1


def turn_to(unit: Unit, known: Subscription, new: Subscription) -> bool:
    """Has one that is held by no hub asked for at another one, under another callback."""
    sql = (
        "UPDATE subscriptions SET hub = ?, topic = ?, callback = ?, token = ?, secret = ?"
        " WHERE id = ? AND token = ? AND tries = ? AND lease_until = ?"
    )
    values = (new.hub, new.topic, new.callback, new.token, new.secret)
    return unit.run(sql, (*values, known.id, known.token, known.tries, known.lease_until)) == 1


def end(unit: Unit, known: Subscription, now: int) -> None:
    """Ends one that is not wanted any more: its hub is told, where it holds it by now."""
    unit.run(f"DELETE FROM subscriptions WHERE id = ? AND lease_until <= ? AND {_LIVING}", (known.id, now))
    unit.run(
        f"UPDATE subscriptions SET state = 'ending', next_at = ?, tries = 0, reason = '' WHERE id = ? AND {_LIVING}",
        (now, known.id),
    )


def leave(unit: Unit, known: Subscription, until: int) -> bool:
    """Notes that the hub has been told at its question that one has ended: it is remembered until then at most.

    False where it is there no more.
    """
    soonest = "CASE WHEN lease_until < ? THEN lease_until ELSE ? END"
    sql = f"UPDATE subscriptions SET lease_until = {soonest}, next_at = {soonest}, tries = 0 WHERE {_THIS_ENDING}"
    return unit.run(sql, (until, until, until, until, known.id, known.token)) == 1


def remove(unit: Unit, known: Subscription) -> None:
    """Forgets one that was ending."""
    unit.run(f"DELETE FROM subscriptions WHERE {_THIS_ENDING}", (known.id, known.token))


def deliver(unit: Unit, known: Subscription, now: int, due_at: int) -> None:
    """Has the source looked at for a delivery that has come, at `due_at`; one that fails waits as it would."""
    sql = "UPDATE subscriptions SET delivery = delivery + 1, delivered_at = ? WHERE id = ? AND delivery IN (0, 2)"
    unit.run(sql, (now, known.id))
    sql = "UPDATE sources SET next_at = ? WHERE id = ? AND next_at > ? AND attempts = 0"
    unit.run(sql, (due_at, known.source, due_at))


def take_delivery(unit: Unit, source: int, now: int) -> None:
    """Notes that a look begins which takes what was delivered."""
    sql = f"UPDATE subscriptions SET delivery = 2, looked_at = ? WHERE source = ? AND delivery > 0 AND {_LIVING}"
    unit.run(sql, (now, source))


def settle_delivery(unit: Unit, source: int) -> None:
    """Notes that the look has ended; what came meanwhile waits."""
    unit.run(f"UPDATE subscriptions SET delivery = delivery - 2 WHERE source = ? AND delivery >= 2 AND {_LIVING}",
             (source,))  # fmt: skip


def keep_trust(unit: Unit, before: Subscription, after: Subscription) -> None:
    """Keeps what a look has shown of a hub; what has changed meanwhile stays as it is now."""
    unit.run(
        "UPDATE subscriptions SET doubted_at = ?, missed = ?, confirmed = ?,"
        " delivered_at = CASE WHEN delivered_at = ? THEN ? ELSE delivered_at END,"
        " state = CASE WHEN state = ? THEN ? ELSE state END WHERE id = ?",
        (after.doubted_at, after.missed, after.confirmed, before.delivered_at, after.delivered_at, before.state.value,
         after.state.value, before.id),
    )  # fmt: skip
