"""`wirepress privacy`: what the site holds of a person, for them, and its erasure."""

from __future__ import annotations

import secrets
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import YES, confirm, fail, newsroom_of, say, show
from wirepress.cli.output import answer, speaks_json, taken_as_answer
from wirepress.content.languages import language_of
from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.content.privacy import archive, erasing
from wirepress.content.privacy.erasing import Report, Wish
from wirepress.content.privacy.subject import address_of, subject_of

group = Commands(help="Export or erase what the site holds of a person.")

EMAIL = typer.Argument(metavar="EMAIL", help="The person's e-mail address, whole; its case does not matter.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="privacy")


@group.command("export")
def export(
    context: typer.Context,
    email: Annotated[str, EMAIL],
    file: Annotated[Path | None, typer.Option(help="The archive to write; it must not be there yet.")] = None,
) -> None:
    """Write all that the site holds of a person into a zip: a page for people, and JSON.

    Example: wirepress privacy export reader@example.com --file reader.zip
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        subject = subject_of(view, address_of(email))
        language = language_of(view.site.locale)
        place = file
        if place is None and not speaks_json():
            place = Path(f"personal-data-{secrets.token_hex(8)}.zip")
        try:
            size = archive.write(view, subject, language, place) if place is not None else 0
        except OSError as error:  # of a file beside it, of which nobody knows
            raise OSError(error.errno, error.strerror, str(place)) from None
        if speaks_json():
            taken_as_answer()
            for piece in archive.json_of(view, subject, language):
                sys.stdout.write(piece)
        elif place is not None:
            say(f"{place}: {size} bytes; only this account can read it")


@group.command("erase")
def erase(
    context: typer.Context,
    email: Annotated[str, EMAIL],
    yes: Annotated[bool, YES] = False,
    keep_comments: Annotated[
        bool, typer.Option("--keep-comments", help="Leave the comments as they are, with name and address.")
    ] = False,
    delete_comments: Annotated[
        bool, typer.Option("--delete-comments", help="Delete the comments, not only who wrote them.")
    ] = False,
    reassign: Annotated[
        str, typer.Option(metavar="USER", help="Login of who gets the posts; the account is deleted then.")
    ] = "",
) -> None:
    """Erase a person: comments lose their names, the account goes, or loses its own where it has written anything.

    Example: wirepress privacy erase reader@example.com --yes
    """
    if keep_comments and delete_comments:
        raise typer.BadParameter("comments can be kept or deleted, not both")
    kept = "keep" if keep_comments else "anonymize"
    comments: erasing.Comments = "delete" if delete_comments else kept  # type: ignore[assignment] # one of the three
    with newsroom_of(context) as newsroom:
        address = address_of(email)
        with newsroom.view() as view:
            wish = Wish(comments, _successor(view, reassign))
            planned = erasing.plan(view, address, wish)
        if not (yes or speaks_json() or not sys.stdin.isatty()):
            show([asdict(step) for step in planned.steps], ["kind", "found", "kept", "action", "reason"])
        confirm("Erase this for good?", yes=yes)
        report = erasing.erase(newsroom, address, wish)
    _show(report)


def _successor(view: View, login: str) -> int:
    if not login:
        return 0
    user = users.by_login(view, login)
    if user is None:
        fail(f"there is no user {login}", error="invalid_user_id")
    return user.id


def _show(report: Report) -> None:
    if speaks_json():
        answer("", asdict(report))
        return
    if not report.steps:
        say("Nothing of this address is here")
        return
    show([asdict(step) for step in report.steps], ["kind", "found", "done", "kept", "action", "reason"])
    for place in report.places:
        say(f"The address still stands in {place}")
