"""What creating, changing and deleting users does with what was sent (WP_REST_Users_Controller)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wirepress.content.identity import sessions
from wirepress.content.identity.cookies import Jar
from wirepress.content.identity.passwords import hash_password
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.user import User
from wirepress.render.slugs import login as login_of
from wirepress.render.slugs import slug as slug_of
from wirepress.wp.call import Call
from wirepress.wp.collection import need_force
from wirepress.wp.declaration import Verbs
from wirepress.wp.errors import WireError, missing
from wirepress.wp.meta import Key, written
from wirepress.wp.params import Refused
from wirepress.wp.schema import Schema
from wirepress.wp.validation import Flaw
from wirepress.wp.values import is_numeric, to_int

PREFERENCES_KEY = "wp_persisted_preferences"
PREFERENCES: Schema = {
    "type": "object",
    "title": "",
    "default": [],
    "context": ["edit"],
    "properties": {
        "_modified": {
            "description": "When it was last changed.",
            "type": "string",
            "format": "date-time",
            "readonly": False,
        }
    },
    "additionalProperties": True,
}

PREFERENCES_META = Key("persisted_preferences", PREFERENCES)


# ---- what is sent, read in its own way


def login(call: Call, value: Any) -> str:
    """The login (check_username).  Raises Refused for one that is empty or would be cleaned."""
    name = str(value)
    if name in ("", "0") or login_of(name, strict=True, locale=call.site.locale) != name:
        message = "A login holds letters, digits, spaces and . - _ @ only."
        raise Refused(Flaw("rest_user_invalid_username", message, {"status": 400}))
    return name


def password(_: Call, value: Any) -> str:
    """The password (check_user_password).  Raises Refused for one that is empty or holds a backslash."""
    word = str(value)
    if word in ("", "0") or "\\" in word:
        message = "A password is not empty and holds no backslash."
        raise Refused(Flaw("rest_user_invalid_password", message, {"status": 400}))
    return word


def slug(call: Call, value: Any) -> str:
    return slug_of(str(value), locale=call.site.locale)


def reassigned(_: Call, value: Any) -> Any:
    """Who gets the posts: a number, or False for nobody (check_reassign).  Raises Refused for anything else."""
    if is_numeric(value):
        return to_int(value)
    if not value or value == "false":
        return False
    raise Refused(Flaw("rest_invalid_param", "This is no user's id.", {"status": 400}))


# ---- what changes users


def hashed(call: Call) -> str | None:
    """The hash of the password that is sent: it takes a moment, so it is made while others may still write."""
    password = call.params.get("password")
    if isinstance(password, str):
        return hash_password(password)
    return None


def word(_: Call, value: Any, __: User | None) -> str:
    return str(value)


def hash_sent(call: Call, _: Any, __: User | None) -> str | None:
    """The hash that was made ready."""
    hashed: str | None = call.prepared
    return hashed


def roles_sent(call: Call, _: Any, __: User | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(call.strings("roles")))


def preferences(call: Call, sent: Any, user: User | None) -> dict[str, list[Any]] | None:
    """The registered meta that a call gives: what the editor keeps for its user; null takes it away."""
    kept = user.meta.get(PREFERENCES_KEY, ()) if user else ()
    given = written(call, (PREFERENCES_META,), {PREFERENCES_META.name: kept}, sent)
    if given:
        return {PREFERENCES_KEY: [value or [] for value in given[PREFERENCES_META.name]]}
    return None


def _check_roles(call: Call, user_id: int = 0) -> None:
    """Whether the caller may give these roles (check_role_update)."""
    for name in call.strings("roles"):
        role = call.site.roles.get(name)
        if role is None:
            raise WireError("rest_user_invalid_role", f"There is no role {name}.", 400)
        if user_id and user_id == call.viewer.id and not role.capabilities.get("edit_users"):
            call.refuse("rest_user_invalid_role", "You may not give yourself this role.")


def check(call: Call, user: User | None) -> None:
    """Raises what speaks against a user as they are sent (create_item, update_item)."""
    if user is None:
        if call.integer("id"):
            raise WireError("rest_user_exists", "A user who is there already cannot be created.", 400)
        _check_roles(call)
        return
    params, view = call.params, call.view
    owner = None
    if params.get("email"):
        owner = users.by_email(view, str(params["email"]))
    if owner is not None and owner.id != user.id:
        raise WireError("rest_user_invalid_email", "There is a user with this e-mail address already.", 400)
    if params.get("username") and params["username"] != user.login:
        raise WireError("rest_user_invalid_argument", "A login cannot be changed.", 400)
    slug = params.get("slug")
    if slug and slug != user.slug and users.by_slug(view, str(slug)) is not None:
        raise WireError("rest_user_invalid_slug", "There is a user with this slug already.", 400)
    _check_roles(call, user.id)


def create(call: Call, changes: UserChanges) -> User:
    return users.create(call.view, changes)


def update(call: Call, user: User, changes: UserChanges) -> User:
    changed = users.update(call.view, user.id, replace(changes, login=None))
    if changed.password != user.password and user.id == call.viewer.id and call.viewer.session:
        _stay(call, changed)
    return changed


def _stay(call: Call, user: User) -> None:
    """Who changes their own password by cookie stays logged in: all their logins end with the old one, and they get a
    new one."""
    request = call.request
    agent = request.headers.get("user-agent", "").replace("\0", "")
    session, remember = sessions.renew(call.view, call.viewer, user, ip=request.remote, agent=agent)
    call.cookies.extend(Jar.of(call.site, request).logged_in(call.view, user, session, remember=remember))


def delete(call: Call, user: User) -> None:
    """Deletes a user for good: there is no trash for them.  Raises without `force`, and where `reassign` is nobody."""
    given = call.params.get("reassign")
    reassign = None if given is False else abs(to_int(given))
    need_force(call, "Users have no trash; force=true deletes them.")
    if reassign and (reassign == user.id or users.get(call.view, reassign) is None):
        raise WireError("rest_user_invalid_reassign", "There is no such user who could get the posts.", 400)
    users.delete(call.view, call.viewer, user.id, reassign)


def somebody(permission: Callable[[Call], None]) -> Callable[[Call], None]:
    """The rule of changing oneself; it raises for strangers: who is nobody cannot be found."""

    def rule(call: Call) -> None:
        """Raises for strangers, and as the permission does."""
        if call.viewer.user is None:
            raise missing("rest_user_invalid_id", "There is no user with this id.")
        permission(call)

    return rule


VERBS: Verbs[User] = Verbs(UserChanges, create, update, delete, check, hashed)
