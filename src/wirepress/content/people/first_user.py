"""The first administrator of a site that has no user: made by whoever holds the key that the server has shown.

There is one key at a time.  The site keeps its hash, and forgets it as soon as there is a user.
"""

from __future__ import annotations

import secrets

from wirepress.content import options
from wirepress.content.identity.passwords import hash_token, verify_token
from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.errors import Conflict
from wirepress.model.user import User
from wirepress.store import users as store

KEY = "wirepress_hidden_setup"
ROLE = "administrator"


def is_needed(view: View) -> bool:
    """Whether the site has no user at all."""
    return not store.any_there(view.unit)


def key_for(view: View) -> str:
    """A new key; one that was given before holds no more.  Raises Conflict where there is a user."""
    if not is_needed(view):
        raise Conflict("users_exist", "There are users already.")
    key = secrets.token_urlsafe(24)
    options.set(view.unit, KEY, hash_token(key))
    return key


def address_of(view: View, key: str) -> str:
    """The address at which the first administrator is made."""
    return f"{view.site.base}/wp-login.php?action=setup&key={key}"


def holds(view: View, key: str) -> bool:
    """Whether a key makes the first administrator."""
    kept = str(options.get(view.unit, KEY))
    return bool(key and kept) and verify_token(key, kept) and is_needed(view)


def create(view: View, login: str, email: str, hashed: str) -> User:
    """Makes the first administrator, to whom the site's messages go where nobody else gets them.

    Raises Conflict where there is a user, Invalid for a login that is none.
    """
    if not is_needed(view):
        raise Conflict("users_exist", "There are users already.")
    user = users.create(view, UserChanges(login=login, email=email, name=login, password=hashed, roles=(ROLE,)))
    options.delete(view.unit, KEY)
    if not view.site.option("admin_email"):
        options.set(view.unit, "admin_email", email)
    return user
