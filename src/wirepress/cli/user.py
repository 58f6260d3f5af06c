"""`wirepress user`: who may do what."""

from __future__ import annotations

import re
import secrets
from typing import Annotated

import typer

from wirepress.cli.common import fail, newsroom_of, out
from wirepress.content import users

group = typer.Typer(help="Manage users.", no_args_is_help=True)

ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}")
"""What can be an address; whether mail arrives there shows when some is sent."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="user")


@group.command("create")
def create(
    context: typer.Context,
    login: str,
    email: str,
    role: Annotated[str, typer.Option(help="The user's role.")] = "subscriber",
    name: Annotated[str, typer.Option(help="Name shown to readers.")] = "",
    password: Annotated[str, typer.Option(help="Password; one is made up and shown when left out.")] = "",
) -> None:
    """Create a user."""
    if not ADDRESS.fullmatch(email):
        fail(f"{email} is no e-mail address")
    chosen = password or secrets.token_urlsafe(15)
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        user = users.create(view, login, chosen, email=email, name=name or login, roles=(role,))
    out.print(f"User {user.id} ({login}, {role})", highlight=False)
    if not password:
        out.print(f"Password: {chosen}", highlight=False, markup=False)
