"""Turns at other hosts, for all processes together.  Times are milliseconds since 1970."""

from __future__ import annotations

from wirepress.store.unit import Unit


def take(unit: Unit, host: str, now: int, gap: int, most: int) -> int:
    """Takes the next turn at a host and gives the milliseconds until it; the one after it comes a gap later.

    Where it is further away than `most`, none is taken.
    """
    taken = unit.rows(
        "INSERT INTO host_turns (host, next_at) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET next_at ="
        " CASE WHEN host_turns.next_at > ? THEN host_turns.next_at ELSE ? END + ?"
        " WHERE host_turns.next_at <= ? RETURNING next_at",
        (host, now + gap, now, now, gap, now + most),
    )
    if taken:
        return int(taken[0][0]) - gap - now
    held = unit.rows("SELECT next_at FROM host_turns WHERE host = ?", (host,))
    return int(held[0][0]) - now


def hold(unit: Unit, host: str, until: int) -> None:
    """Has nobody ask a host before a moment."""
    unit.run(
        "INSERT INTO host_turns (host, next_at) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET next_at ="
        " CASE WHEN host_turns.next_at > excluded.next_at THEN host_turns.next_at ELSE excluded.next_at END",
        (host, until),
    )


def forget(unit: Unit, before: int) -> int:
    """Forgets the hosts whose turns were over before a moment; how many there were."""
    return unit.run("DELETE FROM host_turns WHERE next_at < ?", (before,))
