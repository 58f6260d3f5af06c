"""`user-new.php`: a new user, who gets a link to choose a password, or one that is shown once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin import pages, people
from wirepress.admin.screens import user_fields
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.identity.passwords import hash_password, made_up
from wirepress.content.people import resetting, users
from wirepress.content.people.users import UserChanges
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.web import Response

WAYS = ("mail", "shown", "chosen")
"""How a new user comes by a password."""


def show(visit: Visit) -> Response:
    values = dict.fromkeys(user_fields.NAMES, "") | {"user_login": "", "role": str(visit.site.option("default_role"))}
    return _form(visit, values, "mail" if visit.ports.mails else "shown", {})


def prepare(visit: Visit) -> tuple[str, str] | Response:
    """The password and its hash; or the form again, where something is wrong with it."""
    values, way, errors = _read(visit)
    if errors:
        return _form(visit, values, way, errors)
    if way != "chosen":
        return made_up()
    password = visit.sent.text("pass1")
    return password, hash_password(password)


def act(visit: Visit) -> Response:
    values, way, _ = _read(visit)
    password, hashed = visit.prepared
    roles = None
    if visit.may("promote_users"):
        roles = () if values["role"] == "none" else (values["role"],)
    changes = UserChanges(login=values["user_login"], password=hashed, roles=roles, **user_fields.texts(values))
    try:
        user = users.create(visit.view, changes)
    except (Conflict, Invalid) as error:
        return _form(visit, values, way, {user_fields.field_of(error): visit.why(error)})
    if way == "mail":
        visit.view.mails.append(resetting.invitation(visit.view, user))
    if way != "shown":
        logged = way == "mail" and not visit.ports.mails
        return pages.towards(visit, "users.php", added=1, **({"in-log": 1} if logged else {}))
    return pages.page(
        visit, "user-made.html", visit.say("The user is there"), made=user, password=password,
        edit=people.address(visit, user),
    )  # fmt: skip


def _read(visit: Visit) -> tuple[dict[str, str], str, dict[str, str]]:
    values = user_fields.typed(visit)
    values["user_login"] = visit.sent.text("user_login").strip()
    values["role"] = visit.sent.text("role")
    way = visit.sent.choice("way", WAYS, "mail")
    errors = user_fields.flaws(visit, values)
    if not users.is_login(visit.view, values["user_login"]):
        errors["user_login"] = visit.say(users.NO_LOGIN)
    if visit.sent.text("way", "mail") not in WAYS:
        errors[""] = visit.say("There is no such choice any more.")
    if visit.may("promote_users") and values["role"] not in (*visit.site.roles, "none"):
        errors["role"] = visit.say("Choose a role.")
    if way == "chosen" and (flaw := user_fields.password_flaw(visit, needed=True)):
        errors["pass1"] = flaw
    return values, way, errors


def _form(visit: Visit, values: Mapping[str, Any], way: str, errors: Mapping[str, str]) -> Response:
    return pages.page(
        visit,
        "user-new.html",
        visit.say("Add a user"),
        status=400 if errors else 200,
        values=values,
        way=way,
        mails=visit.ports.mails,
        errors=user_fields.Errors(errors),
        languages=user_fields.languages(visit),
        roles=people.roles_to_give(visit) if visit.may("promote_users") else [],
    )


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {"user-new.php": Menu("Add a user", "users", 10)} if visit.may("create_users") else {}


SCREENS = (Screen(path="user-new.php", show=show, prepare=prepare, act=act, may=needs("create_users"), menus=_menus),)
