"""`wirepress redirect`: where readers are sent from addresses at which nothing is any more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.content import redirections
from wirepress.model.errors import Invalid
from wirepress.store import redirects as store

group = Commands(help="Redirects of the site's own.")
LARGEST = 50_000_000
"""Bytes of a file."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="redirect")


@group.command("add")
def add(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="PATH", help="A path of this site.")],
    target: Annotated[str, typer.Argument(help="A path or an address of the web; none with --status 410.")] = "",
    status: Annotated[int, typer.Option(help="301, 302, 307, 308, or 410 for what is gone for good.")] = 301,
) -> None:
    """Send readers from a path to another address, or say that it is gone.

    Example: wirepress redirect add /old /new --status 301
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        made = redirections.put(view, source, target, status)
    say(
        f"{made.path} -> {made.target or 'gone'} ({made.status})",
        path=made.path, target=made.target, status=made.status,
    )  # fmt: skip


@group.command("list")
def list_(
    context: typer.Context,
) -> None:
    """List the redirects.

    Example: wirepress redirect list
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        found = store.all_of(view.unit)
    rows = [{"path": one.path, "target": one.target, "status": one.status} for one in found]
    show(rows, ["path", "target", "status"])


@group.command("remove")
def remove(context: typer.Context, source: Annotated[str, typer.Argument(metavar="PATH", help="Its path.")]) -> None:
    """Remove a redirect.

    Example: wirepress redirect remove /gone
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        if not store.remove(view.unit, redirections.key(source)):
            raise Invalid("redirect_unknown", f"There is no redirect from {source}.")
    say(f"{source} is no redirect any more", path=source)


@group.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Lines of path, target and, if any, status.")],
) -> None:
    """Take redirects from a CSV file: all of them, or none where one is wrong.

    Example: wirepress redirect import redirects.csv
    """
    try:
        text = file.read_text(encoding="utf-8-sig", errors="strict") if file.stat().st_size <= LARGEST else None
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}", error="unreadable_file")
    except UnicodeDecodeError:
        fail(f"{file} is no CSV file in UTF-8.", error="unreadable_file")
    if text is None:
        fail(f"{file} is too large.", error="too_large")
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        try:
            number = redirections.take(view, text)
        except Invalid as error:
            line = f"Line {error.data['line']}: " if error.data and "line" in error.data else ""
            raise Invalid(error.code, f"{line}{error.message}") from error
    say(f"{number} redirects were taken", taken=number)
