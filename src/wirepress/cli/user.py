"""`wirepress user`: who may do what."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from wirepress.cli.common import fail, newsroom_of, say
from wirepress.content import notices
from wirepress.content.identity import attempts, second_factor, sessions
from wirepress.content.identity.passwords import hash_password
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.render.values import is_email

group = typer.Typer(help="Manage users.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="user")


@group.command("create")
def create(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The name to log in by.")],
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Where mails for the user go.")],
    role: Annotated[str, typer.Option(help="The user's role.")] = "subscriber",
    name: Annotated[str, typer.Option(help="Name shown to readers.")] = "",
    password: Annotated[str, typer.Option(help="Password; one is made up and shown when left out.")] = "",
) -> None:
    """Create a user."""
    if not is_email(email):
        fail(f"{email} is no e-mail address")
    chosen = password or secrets.token_urlsafe(15)
    kept = hash_password(chosen)
    changes = UserChanges(login=login, password=kept, email=email, name=name or login, roles=(role,))
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = users.create(view, changes)
    say(f"User {user.id} ({login}, {role})")
    if not password:
        say(f"Password: {chosen}")


@group.command("logout")
def logout(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The user's login or e-mail address.")],
) -> None:
    """End all logins of a user; application passwords stay."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = users.by_login(view, login)
        if user is None:
            fail(f"there is no user {login}")
        ended = sessions.end_others(view, user.id)
    say(f"User {user.id} ({user.login}): {ended} logins ended")


@group.command("unlock")
def unlock(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The user's login or e-mail address.")],
) -> None:
    """Forget the wrong passwords and codes that were given for a user: any device may log in again."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = users.by_login(view, login)
        if user is None:
            fail(f"there is no user {login}")
        attempts.unlock(view, user.id)
    say(f"User {user.id} ({user.login}): unlocked")


@group.command("second-factor")
def second_factor_(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The user's login or e-mail address.")],
    off: Annotated[bool, typer.Option("--off", help="Switch it off, for somebody who has lost theirs.")] = False,
) -> None:
    """Say whether a user's logins ask for a code, or stop asking for it."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = users.by_login(view, login)
        if user is None:
            fail(f"there is no user {login}")
        on = second_factor.is_on(view, user.id)
        if off and second_factor.switch_off(view, user.id):
            notices.second_factor_changed(view, user, on=False)
    state = "on" if on else "off"
    if off:
        state = "switched off" if on else "off already"
    say(f"User {user.id} ({user.login}): second factor {state}")
