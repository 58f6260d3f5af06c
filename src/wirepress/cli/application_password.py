"""`wirepress user application-password`: how programs get in for a user."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, fail, need, reading, say, show, user_named, writing
from wirepress.cli.output import tell_secret
from wirepress.cli.user import LOGIN
from wirepress.cli.user import group as users_group
from wirepress.content.identity import application_passwords as verbs
from wirepress.content.identity.permissions import may

group = Commands(help="Passwords of programs.")


def register(_: typer.Typer) -> None:
    users_group.add_typer(group, name="application-password")


@group.command("create")
def create(
    context: typer.Context,
    login: Annotated[str, LOGIN],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the password is for.")],
    user: Annotated[str, USER] = "",
) -> None:
    """Make a password for a program, and show it once.

    Example: wirepress user application-password create ben "News app"
    """
    with writing(context, user) as (view, viewer):
        found = user_named(view, login)
        need(may(view, viewer, "create_app_password", found), "make application passwords for this user")
        made, token = verbs.create(view, found.id, name)
    say(f"User {found.id} ({found.login}): {made.name}, {made.uuid}", uuid=made.uuid, name=made.name, login=found.login)
    tell_secret("Password", "password", verbs.grouped(token))


@group.command("list")
def list_(context: typer.Context, login: Annotated[str, LOGIN], user: Annotated[str, USER] = "") -> None:
    """List the application passwords of a user; never the passwords themselves.

    Example: wirepress user application-password list ben
    """
    with reading(context, user) as (view, viewer):
        found = user_named(view, login)
        need(may(view, viewer, "list_app_passwords", found), "list application passwords of this user")
        rows = [
            {"uuid": one.uuid, "name": one.name, "created": day(one.created), "last used": day(one.last_used or 0)}
            for one in verbs.of_user(view, found.id)
        ]
    show(rows, ["uuid", "name", "created", "last used"])


@group.command("delete")
def delete(
    context: typer.Context,
    login: Annotated[str, LOGIN],
    uuid: Annotated[str, typer.Argument(metavar="UUID", help="As `list` shows it; all of them with --all.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    user: Annotated[str, USER] = "",
) -> None:
    """Revoke an application password: its program gets in no more.

    Example: wirepress user application-password delete ben --all
    """
    if bool(uuid) == everything:
        fail("name one by its UUID, or say --all", error="missing_argument")
    with writing(context, user) as (view, viewer):
        found = user_named(view, login)
        need(may(view, viewer, "delete_app_password", found), "revoke application passwords of this user")
        number = verbs.delete(view, found.id, uuid or None)
    if uuid and not number:
        fail(f"{found.login} has no application password {uuid}", error="application_password_not_found")
    say(f"User {found.id} ({found.login}): {number} revoked", id=found.id, revoked=number)


def day(seconds: int) -> str:
    """A time as a day; "" for none."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else ""
