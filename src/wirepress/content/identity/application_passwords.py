"""Application passwords: made, renamed, revoked, and noted when they are used (WP_Application_Passwords)."""

from __future__ import annotations

import secrets
import string
import threading
from collections import OrderedDict
from datetime import UTC
from uuid import uuid4

from wirepress.content.identity.passwords import hash_token
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import Invalid
from wirepress.model.user import ApplicationPassword
from wirepress.render.strip import clean_line
from wirepress.store import users as store

LENGTH = 24
"""How many signs an application password has."""
_DAY = 86_400
_SIGNS = string.ascii_letters + string.digits
_LONGEST_NAME = 1000
_NOTHING = ("", "0")


def of_user(view: View, user_id: int) -> list[ApplicationPassword]:
    """A user's application passwords, in the order they were made."""
    return store.application_passwords(view.unit, user_id)


def create(view: View, user_id: int, name: str, app_id: str = "") -> tuple[ApplicationPassword, str]:
    """Makes an application password; what is kept of it, and the password itself, which is told only now."""
    token = "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))
    made = ApplicationPassword(
        uuid=str(uuid4()),
        user=user_id,
        name=_checked_name(name),
        hash=hash_token(token),
        app_id=app_id,
        created=_seconds(view),
    )
    store.add_application_password(view.unit, made)
    return made, token


def rename(view: View, password: ApplicationPassword, name: str) -> ApplicationPassword:
    """Gives an application password another name; one of which nothing is left changes nothing."""
    name = clean_line(name)
    if name not in _NOTHING and name != password.name:
        name = _checked_name(name)
        store.rename_application_password(view.unit, password.user, password.uuid, name=name, app_id=password.app_id)
    return next(kept for kept in of_user(view, password.user) if kept.uuid == password.uuid)


def delete(view: View, user_id: int, uuid: str | None = None) -> int:
    """Revokes one application password of a user, or all; how many there were."""
    return store.remove_application_password(view.unit, user_id, uuid)


def grouped(token: str) -> str:
    """A password as people read it: in groups of four (chunk_password)."""
    return " ".join(token[i : i + 4] for i in range(0, len(token), 4))


def stale(view: View, password: ApplicationPassword) -> bool:
    """Whether a use of it now is to be noted: once a day is enough."""
    return password.last_used is None or password.last_used + _DAY <= _seconds(view)


class Uses:
    """Uses of application passwords that are yet to be written down, a bounded number of them.

    A request that reads notes its use here and is not kept waiting; `settle` writes all of them at once afterwards.
    What a crash loses of them is noted at the next use.
    """

    def __init__(self, room: int = 1024) -> None:
        self._room = room
        self._noted: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._noted)

    def note(self, view: View, password: ApplicationPassword, remote: str) -> None:
        """Notes that a password was used from an address, if it was not today."""
        if not stale(view, password):
            return
        with self._lock:
            self._noted.setdefault(password.uuid, (_seconds(view), remote))
            while len(self._noted) > self._room:
                self._noted.popitem(last=False)

    def settle(self, newsroom: Newsroom) -> int:
        """Writes down what was noted; how many uses that were."""
        with self._lock:
            noted, self._noted = self._noted, OrderedDict()
        if noted:
            with newsroom.write() as view:
                for uuid, (when, remote) in noted.items():
                    store.note_use(view.unit, uuid, when, remote)
        return len(noted)


def _seconds(view: View) -> int:
    return int(view.now().astimezone(UTC).timestamp())


def _checked_name(name: str) -> str:
    name = clean_line(name)
    if name in _NOTHING or len(name) > _LONGEST_NAME:
        raise Invalid("application_password_empty_name", "An application password needs a name.")
    return name
