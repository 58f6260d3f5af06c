"""Another e-mail address of one's own: it holds once a link was followed that was mailed to it.

What waits is kept as WordPress keeps it (send_confirmation_on_profile_email): in the meta `_new_email`, as the address
and a key.  There is one at a time.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from wirepress.content import notices
from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.errors import Invalid
from wirepress.model.user import User

KEY = "_new_email"


def waiting(user: User) -> str:
    """The address that a user is to have once it is confirmed, "" for none."""
    return str(_kept(user).get("newemail") or "")


def ask(view: View, user: User, email: str) -> None:
    """Keeps an address until it is confirmed, in the place of one that waited, and mails the link to it.

    Raises Conflict where another has it.
    """
    users.refuse_taken(view, user, email)
    key = secrets.token_hex(16)
    users.update(view, user.id, UserChanges(meta={KEY: [{"hash": key, "newemail": email}]}))
    notices.address_to_confirm(view, user, email, f"{view.site.base}/wp-admin/profile.php?newuseremail={key}")


def holds(user: User, key: str) -> bool:
    """Whether a key is that of the address that waits."""
    kept = str(_kept(user).get("hash") or "")
    return bool(kept and waiting(user)) and hmac.compare_digest(kept.encode(), key.encode("utf-8", "replace"))


def confirm(view: View, user: User, key: str) -> User:
    """Gives a user the address that waits.  Raises Invalid where the key is not its, Conflict where another has the
    address by now."""
    if not holds(user, key):
        raise Invalid("no_key", "This link does not hold any more.")
    return users.update(view, user.id, UserChanges(email=waiting(user), meta={KEY: ()}))


def cancel(view: View, user: User) -> None:
    """Lets the address be that waits."""
    users.update(view, user.id, UserChanges(meta={KEY: ()}))


def _kept(user: User) -> Mapping[str, Any]:
    kept = next(iter(user.meta.get(KEY) or ()), None)
    return kept if isinstance(kept, Mapping) else {}
