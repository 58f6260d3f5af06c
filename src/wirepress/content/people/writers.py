"""Authors of what comes in, as users: they have a name and a page, and can neither log in nor do anything."""

from __future__ import annotations

import hashlib

from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.render.slugs import slug as slug_of
from wirepress.store import users as store

PREFIX = "wire-"
"""What their logins begin with.  They are found by these alone: no feed writes under the name of somebody who works
here."""
_LONGEST = 40
_LONGEST_NAME = 250
NO_HASH = "!"
"""In place of the hash of a password: nothing has this one."""


def called(view: View, name: str) -> int:
    """The id of the user for an author of this name; they are made where there is none."""
    name = " ".join(name.split())[:_LONGEST_NAME]
    login = login_of(name)
    user = store.by_login(view.unit, login)
    if user is None:
        user = users.create(view, UserChanges(login=login, name=name, nickname=name, roles=(), password=NO_HASH))
    return user.id


def login_of(name: str) -> str:
    """The login that belongs to a name: readable where it has Latin letters, and its own for each name."""
    mark = hashlib.blake2b(name.casefold().encode(), digest_size=4).hexdigest()
    readable = slug_of(name)
    if not readable.replace("-", "").isascii() or "%" in readable:
        readable = ""
    return "-".join(filter(None, (f"{PREFIX}{readable[:_LONGEST]}".rstrip("-"), mark)))
