"""Logins by cookie: which there are, by the hash of their secret."""

from __future__ import annotations

from wirepress.model.user import Session
from wirepress.store.unit import Unit

_COLUMNS = 'token, "user", created, expires, ip, agent'
MOST = 100
"""How many logins of one user are kept; the oldest go."""


def add(unit: Unit, session: Session) -> None:
    """Keeps a login; those that have expired by its beginning go, and the oldest ones of a user who has too many."""
    unit.run("DELETE FROM sessions WHERE expires <= ?", (session.created,))
    unit.run(
        'DELETE FROM sessions WHERE "user" = ? AND token NOT IN'
        ' (SELECT token FROM sessions WHERE "user" = ? ORDER BY created DESC, token LIMIT ?)',
        (session.user, session.user, MOST - 1),
    )
    values = (session.token, session.user, session.created, session.expires, session.ip, session.agent)
    unit.note("user.login", "user", session.user)
    unit.run(f"INSERT INTO sessions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)


def get(unit: Unit, token: str) -> Session | None:
    """The login of a token's hash."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM sessions WHERE token = ?", (token,))
    return Session(*rows[0]) if rows else None


def of_user(unit: Unit, user_id: int, now: int) -> list[Session]:
    """The logins of a user that last beyond a time, the newest first."""
    rows = unit.rows(
        f'SELECT {_COLUMNS} FROM sessions WHERE "user" = ? AND expires > ? ORDER BY created DESC, token', (user_id, now)
    )
    return [Session(*row) for row in rows]


def remove(unit: Unit, user_id: int, token: str | None = None, *, besides: str = "") -> int:
    """Ends one login of a user, or all but `besides`; how many there were."""
    if token is not None:
        ended = unit.run('DELETE FROM sessions WHERE "user" = ? AND token = ?', (user_id, token))
    else:
        ended = unit.run('DELETE FROM sessions WHERE "user" = ? AND token <> ?', (user_id, besides))
    if ended:
        unit.note("user.logout", "user", user_id, logins=ended)
    return ended
