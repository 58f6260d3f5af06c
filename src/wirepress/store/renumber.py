"""Giving a user another number, with everything that is theirs."""

from __future__ import annotations

from typing import Final

from wirepress.store.rows import USERS
from wirepress.store.unit import Unit

_BESIDES: Final = ("activation_key", "status")
_THEIRS: Final = (
    *(("application_passwords", "user"), ("sessions", "user"), ("posts", "author"), ("comments", "user")),
    *(("orders", "user"), ("audit", "user"), ("audit_people", "user"), ("device_links", "user")),
    ("entries", "decided_by"),
)
"""The columns that name a user."""


def top(unit: Unit) -> int:
    """The highest number of a user."""
    return int(unit.rows("SELECT coalesce(max(id), 0) FROM users")[0][0])


def renumber(unit: Unit, before: int, after: int) -> None:
    """Gives the user `before` the number `after`, which nobody has.

    Logins, passwords, the second factor, posts, comments and what the log says of them come along.
    """
    [(key,)] = unit.rows("SELECT login_key FROM users WHERE id = ?", (before,))
    unit.run("UPDATE users SET login_key = ? WHERE id = ?", (b"\0" + str(before).encode(), before))
    names = [name for name in (*USERS.names, *_BESIDES) if name not in ("id", "login_key", "version")]
    listed = ", ".join(f'"{name}"' for name in names)
    unit.run(
        f"INSERT INTO users (id, login_key, version, {listed}) SELECT ?, ?, version + 1, {listed}"
        " FROM users WHERE id = ?",
        (after, key, before),
    )
    unit.run(
        'INSERT INTO second_factors ("user", secret, since, last_step)'
        ' SELECT ?, secret, since, last_step FROM second_factors WHERE "user" = ?',
        (after, before),
    )
    unit.run('UPDATE recovery_codes SET "user" = ? WHERE "user" = ?', (after, before))
    unit.run('DELETE FROM second_factors WHERE "user" = ?', (before,))
    for table, column in _THEIRS:
        unit.run(f'UPDATE {table} SET "{column}" = ? WHERE "{column}" = ?', (after, before))
    unit.run("DELETE FROM users WHERE id = ?", (before,))
    unit.touched("user")
    unit.raise_shared_version()
