"""`profile.php` and `user-edit.php`: one's own account, and those of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wirepress.admin import moments, pages, people
from wirepress.admin.screens import user_access, user_fields
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.content.identity import attempts, second_factor, sessions
from wirepress.content.identity.cookies import Jar
from wirepress.content.identity.passwords import hash_password
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.people import new_email, users
from wirepress.content.people.users import UserChanges, display_name
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.user import User
from wirepress.model.web import Response

PROFILE = "profile.php"


def target(visit: Visit) -> User:
    """The user that the page is about.  Raises NotFound where there is none."""
    if visit.screen.path == PROFILE:
        return users.existing(visit.view, visit.viewer.id)
    user = users.get(visit.view, visit.asked.number("user_id"))
    if user is None:
        raise NotFound("no_user", "There is no such user.")
    return user


def show(visit: Visit) -> Response:
    user = target(visit)
    if visit.screen.path != PROFILE and user.id == visit.viewer.id:
        return pages.towards(visit, PROFILE)
    key = visit.asked.text("newuseremail")
    if key and visit.screen.path == PROFILE and not new_email.holds(user, key):
        return form(visit, user, errors={"": visit.say("This link does not hold any more.")})
    return form(visit, user)


def form(visit: Visit, user: User, values: Mapping[str, str] | None = None, *, errors: Mapping[str, str] | None = None,
         made: tuple[str, str] | None = None) -> Response:  # fmt: skip
    """The page of a user; `made` are name and secret of an application password that was just made."""
    own = user.id == visit.viewer.id
    title = visit.say("Your profile") if own else visit.say("User %(name)s", name=display_name(user))
    return pages.page(
        visit,
        "user-edit.html",
        title,
        status=400 if errors else 200,
        person=user,
        own=own,
        avatar=people.avatar(visit, user),
        since=moments.day(visit, user.registered),
        values=values or {**user_fields.kept(user), "role": _role(visit, user)},
        errors=user_fields.Errors(errors or {}),
        languages=user_fields.languages(visit),
        roles=people.roles_to_give(visit) if _gives_roles(visit, user) else [],
        held=people.roles_of(visit, user),
        secured=second_factor.is_on(visit.view, user.id),
        must=second_factor.is_required(visit.view, viewer_of(visit.site, user).roles),
        made=made,
        new_email=new_email.waiting(user) if own else "",
        email_key=visit.asked.text("newuseremail"),
        mails=visit.ports.mails,
        **user_access.shown(visit, user),
    )


def _role(visit: Visit, user: User) -> str:
    """The first role of a user, as a form names it."""
    return next(iter(viewer_of(visit.site, user).roles), "none")


def _gives_roles(visit: Visit, user: User) -> bool:
    """Whether the page lets a user's role be chosen: never one's own (user-edit.php)."""
    return user.id != visit.viewer.id and visit.may("promote_user", user)


# ---- saving


def prepare(visit: Visit) -> str | Response | None:
    """The hash of a new password; or the form again, where something is wrong with it."""
    if visit.sent.text("action") != "update":
        return None
    user = target(visit)
    values = _values(visit, user)
    errors = user_fields.flaws(visit, values, user)
    if flaw := user_fields.password_flaw(visit):
        errors["pass1"] = flaw
    if values["role"] not in (*visit.site.roles, "none"):
        errors["role"] = visit.say("Choose a role.")
    if errors:
        return form(visit, user, values, errors=errors)
    password = visit.sent.text("pass1")
    return hash_password(password) if password else None


def _values(visit: Visit, user: User) -> dict[str, str]:
    role = _role(visit, user)
    return {**user_fields.typed(visit), "role": visit.sent.text("role", role) if _gives_roles(visit, user) else role}


def act(visit: Visit) -> Response:
    action = ACTIONS.get(visit.sent.text("action").partition(":")[0])
    if action is None:
        raise Invalid("no_action", "This page does not know what to do.")
    return action(visit, target(visit))


def _update(visit: Visit, user: User) -> Response:
    values = _values(visit, user)
    roles: tuple[str, ...] | None = None
    if values["role"] != _role(visit, user):
        roles = () if values["role"] == "none" else (values["role"],)
    texts = user_fields.texts(values)
    another = texts["email"] if visit.screen.path == PROFILE and texts["email"].lower() != user.email.lower() else ""
    if another:
        texts["email"] = None
    try:
        if another:
            _refuse_address(visit, user, another)
        changed = users.update(visit.view, user.id, UserChanges(password=visit.prepared, roles=roles, **texts))
    except (Conflict, Invalid) as error:
        return form(visit, user, values, errors={user_fields.field_of(error): visit.why(error)})
    if another:
        new_email.ask(visit.view, changed, another)
    response = back(visit, user, saved=1)
    if visit.prepared and user.id == visit.viewer.id:
        response.headers += _stay(visit, changed)
    elif visit.prepared:
        sessions.end_others(visit.view, user.id)
    return response


def _refuse_address(visit: Visit, user: User, email: str) -> None:
    """Raises Conflict where another has a new address of one's own, Invalid where too many mails were asked for."""
    users.refuse_taken(visit.view, user, email)
    mail = attempts.of_mail(visit.view, user, user.login, visit.request.remote)
    try:
        attempts.take(visit.view, mail)
    except attempts.Refused as refused:
        raise Invalid("too_many_mails", "Too many mails were asked for. Try again in some minutes.") from refused


def _confirm_email(visit: Visit, user: User) -> Response:
    try:
        new_email.confirm(visit.view, user, visit.sent.text("key"))
    except (Conflict, Invalid) as error:
        return form(visit, user, errors={"": visit.why(error)})
    return back(visit, user, saved=1)


def _cancel_email(visit: Visit, user: User) -> Response:
    new_email.cancel(visit.view, user)
    return back(visit, user)


def _stay(visit: Visit, user: User) -> list[tuple[str, str]]:
    """Whoever changes their own password stays logged in here, and nowhere else (wp_update_user)."""
    agent = visit.request.headers.get("user-agent", "").replace("\0", "")
    session, remember = sessions.renew(visit.view, visit.viewer, user, ip=visit.request.remote, agent=agent)
    sessions.end_others(visit.view, user.id, besides=session.token)
    return Jar.of(visit.site, visit.request).logged_in(visit.view, user, session, remember=remember)


def back(visit: Visit, user: User, **done: Any) -> Response:
    """Leads to the page again."""
    if visit.screen.path == PROFILE:
        return pages.towards(visit, PROFILE, **done)
    return pages.towards(visit, "user-edit.php", user_id=user.id, **done)


# ---- application passwords and logins


def _add_password(visit: Visit, user: User) -> Response:
    try:
        return form(visit, user, made=user_access.add_password(visit, user))
    except Invalid as error:
        return form(visit, user, errors={"application": visit.why(error)})


def _revoke(visit: Visit, user: User) -> Response:
    return back(visit, user, revoked=user_access.revoke(visit, user))


def _end(visit: Visit, user: User) -> Response:
    return back(visit, user, ended=user_access.end(visit, user))


def _own(action: Callable[[Visit, User], Response]) -> Callable[[Visit, User], Response]:
    """An action that is for one's own account alone."""

    def act(visit: Visit, user: User) -> Response:
        if user.id != visit.viewer.id:
            raise Forbidden("not_own", "Everybody confirms their own address.")
        return action(visit, user)

    return act


ACTIONS: Mapping[str, Callable[[Visit, User], Response]] = {
    "update": _update,
    "add-application-password": _add_password,
    "revoke": _revoke,
    "revoke-all": _revoke,
    "end": _end,
    "end-others": _end,
    "confirm-email": _own(_confirm_email),
    "cancel-email": _own(_cancel_email),
}


def _may_profile(visit: Visit) -> bool:
    return visit.may("read")


def _may_edit(visit: Visit) -> bool:
    return visit.may("edit_user", target(visit))


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {PROFILE: Menu("Profile", "users", 20)} if visit.may("read") else {}


SCREENS = (
    Screen(path=PROFILE, show=show, prepare=prepare, act=act, may=_may_profile, menus=_menus),
    Screen(path="user-edit.php", show=show, prepare=prepare, act=act, may=_may_edit),
)
