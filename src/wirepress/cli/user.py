"""`wirepress user`: who may do what, and how they get in."""

from __future__ import annotations

import secrets
from html import unescape
from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, fail, need, newsroom_of, reading, say, show, user_named, writing
from wirepress.cli.output import tell_secret
from wirepress.content import notices
from wirepress.content.identity import attempts, second_factor, sessions
from wirepress.content.identity.passwords import hash_password
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.people import resetting, users
from wirepress.content.people.users import UserChanges
from wirepress.model.errors import Conflict
from wirepress.model.query import UserQuery
from wirepress.model.user import User
from wirepress.render.values import is_email

group = Commands(help="Manage users.")

LOGIN = typer.Argument(metavar="LOGIN", help="The user's login, e-mail address or id.")
NOBODY = "none"
"""The role of who has none."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="user")


@group.command("list")
def list_(
    context: typer.Context,
    role: Annotated[str, typer.Option(help="Only those of this role.")] = "",
    search: Annotated[str, typer.Option(help="A part of login, name or e-mail address.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, by login.")] = 100,
    user: Annotated[str, USER] = "",
) -> None:
    """List users, with their roles and how much they have published.

    Example: wirepress user list --role editor
    """
    with reading(context, user) as (view, viewer):
        need(may(view, viewer, "list_users"), "list users")
        if role:
            known_role(view, role)
        words = f"*{search}*" if search else ""
        query = UserQuery(per_page=limit, orderby="login", search=words, roles=(role,) if role else ())
        found = users.browse(view, query)
        listed = users.items(view, found.ids)
        written = users.post_counts(view, [one.id for one in listed])
        rows = [
            {"id": one.id, "login": one.login, "name": unescape(one.name), "email": one.email,
             "roles": ", ".join(roles_of(view, one)), "posts": written.get(one.id, 0), "registered": one.registered}
            for one in listed
        ]  # fmt: skip
    show(rows, ["id", "login", "name", "email", "roles", "posts"], title=f"{found.total} in all")


def roles_of(view: View, user: User) -> list[str]:
    """The roles that a user has on this site."""
    return [name for name, granted in user.grants.items() if granted and name in view.site.roles]


def known_role(view: View, role: str) -> None:
    """Ends the command for a role that there is not."""
    if role not in view.site.roles:
        fail(f"there is no role {role}; there are {', '.join(view.site.roles)}", error="invalid_role")


@group.command("create")
def create(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The name to log in by.")],
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Where mails for the user go.")],
    role: Annotated[str, typer.Option(help="The user's role.")] = "subscriber",
    name: Annotated[str, typer.Option(help="Name shown to readers.")] = "",
    password: Annotated[str, typer.Option(help="Password; one is made up and shown when left out.")] = "",
) -> None:
    """Make a user.

    Example: wirepress user create eva eva@news.example --role author --name "Eva Lind"
    """
    if not is_email(email):
        fail(f"{email} is no e-mail address", error="invalid_email")
    chosen = password or secrets.token_urlsafe(15)
    kept = hash_password(chosen)
    changes = UserChanges(login=login, password=kept, email=email, name=name or login, roles=(role,))
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = users.create(view, changes)
    say(f"User {user.id} ({user.login}, {role})", id=user.id, login=user.login, role=role)
    if not password:
        tell_secret("Password", "password", chosen)


@group.command("set-role")
def set_role(
    context: typer.Context,
    login: Annotated[str, LOGIN],
    role: Annotated[str, typer.Argument(metavar="ROLE", help=f"The role instead of those before; {NOBODY}: none.")],
    user: Annotated[str, USER] = "",
) -> None:
    """Give a user a role, in the place of all that they had.

    Example: wirepress user set-role ben author
    """
    with writing(context, user) as (view, viewer):
        found = user_named(view, login)
        need(may(view, viewer, "promote_user", found) and keeps_its_keys(view, viewer, found, role), "give this role")
        if role != NOBODY:
            known_role(view, role)
        before = users.browse(view, ADMINISTRATORS).total
        after = users.update(view, found.id, UserChanges(roles=() if role == NOBODY else (role,)))
        if before and not users.browse(view, ADMINISTRATORS).total:
            raise Conflict("last_administrator", f"{found.login} is the last administrator; make another one first")
        roles = roles_of(view, after)
    say(f"User {found.id} ({found.login}): {', '.join(roles) or 'no role'}", id=found.id, roles=roles)


ADMINISTRATORS = UserQuery(per_page=1, roles=("administrator",))


def keeps_its_keys(view: View, viewer: Viewer, user: User, role: str) -> bool:
    """Whether a role takes nothing from whoever gives it that lets them give roles (edit_user)."""
    if user.id != viewer.id:
        return True
    given = view.site.roles.get(role)
    return given is not None and bool(given.capabilities.get("promote_users"))


@group.command("reset-password")
def reset_password(
    context: typer.Context,
    login: Annotated[str, LOGIN],
    make_up: Annotated[
        bool, typer.Option("--show", help="Make a new password up and show it, instead of mailing a link.")
    ] = False,
    user: Annotated[str, USER] = "",
) -> None:
    """Mail a user the link with which they choose a new password, or give them one at once; then all logins end.

    Example: wirepress user reset-password ben --show
    """
    chosen = secrets.token_urlsafe(15) if make_up else ""
    hashed = hash_password(chosen) if chosen else ""
    with writing(context, user) as (view, viewer):
        found = user_named(view, login)
        need(may(view, viewer, "edit_user", found), "edit this user")
        if chosen:
            resetting.give(view, found, hashed)
        elif found.email:
            view.mails.append(resetting.sent_letter(view, found))
        else:
            fail(f"{found.login} has no e-mail address; --show makes a password up", error="no_email")
    if chosen:
        say(f"User {found.id} ({found.login}) has a new password", id=found.id)
        tell_secret("Password", "password", chosen)
    else:
        say(f"User {found.id} ({found.login}): a link goes to {found.email}", id=found.id, email=found.email)


@group.command("logout")
def logout(context: typer.Context, login: Annotated[str, LOGIN]) -> None:
    """End all logins of a user; application passwords stay.

    Example: wirepress user logout ben
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = user_named(view, login)
        ended = sessions.end_others(view, user.id)
    say(f"User {user.id} ({user.login}): {ended} logins ended", id=user.id, ended=ended)


@group.command("unlock")
def unlock(context: typer.Context, login: Annotated[str, LOGIN]) -> None:
    """Forget the wrong passwords and codes that were given for a user: any device may log in again.

    Example: wirepress user unlock ben
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = user_named(view, login)
        attempts.unlock(view, user.id)
    say(f"User {user.id} ({user.login}): unlocked", id=user.id)


@group.command("second-factor")
def second_factor_(
    context: typer.Context,
    login: Annotated[str, LOGIN],
    off: Annotated[bool, typer.Option("--off", help="Switch it off, for somebody who has lost theirs.")] = False,
) -> None:
    """Say whether a user's logins ask for a code, or stop asking for it.

    Example: wirepress user second-factor ben --off
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = user_named(view, login)
        on = second_factor.is_on(view, user.id)
        if off and second_factor.switch_off(view, user.id):
            notices.second_factor_changed(view, user, on=False)
    state = "on" if on else "off"
    if off:
        state = "switched off" if on else "off already"
    say(f"User {user.id} ({user.login}): second factor {state}", id=user.id, second_factor=state)
