"""Changing users and their application passwords."""

from __future__ import annotations

from typing import Any, Final

from wirepress.model.errors import Conflict, NotFound
from wirepress.model.user import ApplicationPassword, User
from wirepress.store.collation import sort_key
from wirepress.store.columns import insert_sql
from wirepress.store.rows import PASSWORDS, PLACED_PASSWORDS, USERS
from wirepress.store.unit import Unit
from wirepress.store.user_rows import get

_UNSEEN: Final = frozenset({"password", "registered", "locale", "grants"})
"""What no answer to a reader shows."""


def insert(unit: Unit, user: User, id: int | None = None) -> int:  # noqa: A002 - the word callers use
    """Adds a user and gives the id.  Readers see who has published something, so nothing changes for them yet.

    Raises Conflict when the login or a given id is taken.
    """
    if unit.rows("SELECT 1 FROM users WHERE login_key = ?", (sort_key(user.login),)):
        raise Conflict("existing_user_login", "There is a user of this name already.")
    new_id = USERS.insert(unit, user, id)
    unit.touched("user", (new_id,))
    return new_id


def update(unit: Unit, user_id: int, **changes: Any) -> bool:
    """Gives a user other values, by the names of `User`, and says whether that changed anything.

    Raises NotFound when there is no such user.
    """
    old = get(unit, user_id)
    if old is None:
        raise NotFound("no_user", f"There is no user of the id {user_id}.")
    changed = USERS.changed(old, changes)
    if not changed:
        return False
    unit.touched("user", (user_id,))
    if changed.keys() - _UNSEEN:
        unit.raise_shared_version()
    USERS.update(unit, user_id, changed)
    return True


def delete(unit: Unit, user_id: int) -> bool:
    """Removes a user with the application passwords; the posts must have gone to somebody else before."""
    if not unit.run("DELETE FROM users WHERE id = ?", (user_id,)):
        return False
    unit.touched("user", (user_id,))
    unit.raise_shared_version()
    return True


def set_activation_key(unit: Unit, user_id: int, key: str) -> None:
    """Keeps the hash of a key that lets a user choose a new password; "" for none."""
    unit.run("UPDATE users SET activation_key = ? WHERE id = ?", (key, user_id))


def activation_key(unit: Unit, user_id: int) -> str:
    """The kept hash of such a key, "" when there is none."""
    found = unit.rows("SELECT activation_key FROM users WHERE id = ?", (user_id,))
    return found[0][0] if found else ""


def add_application_password(unit: Unit, password: ApplicationPassword) -> None:
    """Adds an application password behind those that the user has."""
    position = unit.rows(
        'SELECT coalesce(max(position), -1) + 1 FROM application_passwords WHERE "user" = ?', (password.user,)
    )
    unit.run(insert_sql(PASSWORDS.table, PLACED_PASSWORDS), (*PASSWORDS.row(password), position[0][0]))


def rename_application_password(unit: Unit, user_id: int, uuid: str, *, name: str, app_id: str) -> bool:
    """Gives an application password another name and application."""
    return bool(
        unit.run(
            'UPDATE application_passwords SET name = ?, app_id = ? WHERE "user" = ? AND uuid = ?',
            (name, app_id, user_id, uuid),
        )
    )


def note_use(unit: Unit, uuid: str, when: int, ip: str) -> None:
    """Notes when and from where an application password was used last."""
    unit.run("UPDATE application_passwords SET last_used = ?, last_ip = ? WHERE uuid = ?", (when, ip, uuid))


def remove_application_password(unit: Unit, user_id: int, uuid: str | None = None) -> int:
    """Removes one application password of a user, or all; how many there were."""
    if uuid is None:
        return unit.run('DELETE FROM application_passwords WHERE "user" = ?', (user_id,))
    return unit.run('DELETE FROM application_passwords WHERE "user" = ? AND uuid = ?', (user_id, uuid))
