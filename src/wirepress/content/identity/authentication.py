"""Identities: who a request comes from, by application password or by login."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from collections import OrderedDict
from dataclasses import replace

from wirepress.content.identity.application_passwords import Uses
from wirepress.content.identity.passwords import costly, hash_password, outdated, verify_password, verify_token
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.store import users as store

_NOT_IN_TOKEN = re.compile(r"[^A-Za-z0-9]")


class _Verified:
    """Which secrets were verified against which costly hashes, a bounded number of them.

    A key is a MAC of both under a key that lives as long as the process: neither can be had from it, and a hash that
    was changed is another key.
    """

    def __init__(self, room: int = 1024) -> None:
        self._key = secrets.token_bytes(32)
        self._room = room
        self._known: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, secret: str, kept: str) -> bool:
        """Whether the secret has this hash."""
        if not costly(kept):
            return verify_token(secret, kept)
        mark = hmac.digest(self._key, f"{len(secret)}:{secret}{kept}".encode(), "sha256")
        with self._lock:
            if mark in self._known:
                self._known.move_to_end(mark)
                return True
        if not verify_token(secret, kept):
            return False
        with self._lock:
            self._known[mark] = None
            while len(self._known) > self._room:
                self._known.popitem(last=False)
        return True


_VERIFIED = _Verified()


def authenticate(
    view: View, login: str, password: str, *, uses: Uses | None = None, remote: str = ""
) -> Viewer | None:  # fmt: skip
    """The viewer whose application password this is (login or email); None when it is nobody's
    (wp_authenticate_application_password).  `uses` takes note of its use from an address."""
    token = _NOT_IN_TOKEN.sub("", password)
    user = store.by_login(view.unit, login) if token else None
    if user is None:
        return None
    for entry in store.application_passwords(view.unit, user.id):
        if _VERIFIED.check(token, entry.hash):
            if uses is not None:
                uses.note(view, entry, remote)
            return replace(viewer_of(view.site, user), application=entry.uuid)
    return None


def log_in(view: View, login: str, password: str) -> Viewer | None:
    """The viewer whose account password this is (login or email); None when it is nobody's.

    In a view that writes, a hash of an older kind is made anew.
    """
    user = store.by_login(view.unit, login)
    if user is None or not verify_password(password, user.password):
        return None
    if view.unit.writing and outdated(user.password):
        store.update(view.unit, user.id, password=hash_password(password))
        user = store.get(view.unit, user.id) or user
    return viewer_of(view.site, user)
