"""Identities: whose password or application password something is.

An application password is 24 signs of chance.  The hash of ours takes no time, so a right one is recognised before
anything is counted, however many wrong ones came before.  Those of older sites have hashes that take long: such a one
is guessed at like a password, and gets a hash of ours when it is right.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from wirepress.content.identity.passwords import costly, hash_password, hash_token, verify_password, verify_token
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.user import ApplicationPassword, User
from wirepress.store import users as store
from wirepress.store.unit import Unit

_NOT_IN_TOKEN = re.compile(r"[^A-Za-z0-9]")


def token_of(password: str) -> str:
    """An application password as it was made, without what people write between its signs."""
    return _NOT_IN_TOKEN.sub("", password)


def recognised(entries: Iterable[ApplicationPassword], token: str) -> ApplicationPassword | None:
    """The application password that this is, where that can be said at once."""
    return _matching((entry for entry in entries if not costly(entry.hash)), token)


def found(entries: Iterable[ApplicationPassword], token: str) -> ApplicationPassword | None:
    """The application password that this is, among those of which it takes long to say."""
    return _matching((entry for entry in entries if costly(entry.hash)), token)


def _matching(entries: Iterable[ApplicationPassword], token: str) -> ApplicationPassword | None:
    return next((entry for entry in entries if token and verify_token(token, entry.hash)), None)


def renew(unit: Unit, entry: ApplicationPassword | None, token: str) -> None:
    """Gives an application password that was right a hash that takes no time."""
    assert entry is not None
    store.rehash_application_password(unit, entry.uuid, hash_token(token))


def by_application(site: Site, user: User, entry: ApplicationPassword) -> Viewer:
    """The viewer that a user is who came with an application password (wp_authenticate_application_password)."""
    return replace(viewer_of(site, user), application=entry.uuid)


def application_passwords(view: View, user: User | None) -> list[ApplicationPassword]:
    """A user's application passwords; nobody has none."""
    return store.application_passwords(view.unit, user.id) if user is not None else []


def is_password(user: User | None, password: str) -> bool:
    """Whether this is a user's password.  It takes as long for an account that there is not."""
    if user is None:
        verify_password(password, _nobodys())
        return False
    return verify_password(password, user.password)


@cache
def _nobodys() -> str:
    return hash_password(secrets.token_hex(16))
