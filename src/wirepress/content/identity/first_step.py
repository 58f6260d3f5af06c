"""The first of two steps of a login: the password was right, a code is still to come.

What proves it goes through the browser: who it was and when, under the site's signature.  It holds for some minutes,
and no longer than the password does.
"""

from __future__ import annotations

import hmac

from wirepress.content.identity.nonces import signed
from wirepress.content.newsroom import View
from wirepress.model.user import User
from wirepress.store import users

LIFE = 600
_LONGEST = 200


def token(view: View, user: User) -> str:
    """The proof that a user, as stored, has just given the password."""
    now = int(view.now().timestamp())
    return f"{user.id}|{now}|{_signature(view, user, now)}"


def owner_of(view: View, given: str) -> User | None:
    """The user whose proof this is, while it holds."""
    number, _, rest = given[:_LONGEST].partition("|")
    made, _, signature = rest.partition("|")
    if not all(part.isascii() and part.isdigit() and len(part) < 16 for part in (number, made)):
        return None
    user = users.get(view.unit, int(number))
    if user is None or not 0 <= view.now().timestamp() - int(made) < LIFE:
        return None
    right = _signature(view, user, int(made))
    return user if hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")) else None


def _signature(view: View, user: User, made: int) -> str:
    return signed(view, "first step", user.id, made, user.password)
