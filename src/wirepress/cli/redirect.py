"""`wirepress redirect`: where readers are sent from addresses at which nothing is any more."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.content import redirections
from wirepress.model.errors import Invalid
from wirepress.store import redirects as store

group = typer.Typer(help="Redirects of the site's own.", no_args_is_help=True)
MOST = 10_000
"""Redirects of one file: all are taken in one write, and other writers wait for it."""
LENGTH = 3
"""Digits of a status."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="redirect")


@group.command("add")
def add(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="PATH", help="A path of this site.")],
    target: Annotated[str, typer.Argument(help="A path or an address of the web; none with --status 410.")] = "",
    status: Annotated[int, typer.Option(help="301, 302, 307, 308, or 410 for what is gone for good.")] = 301,
) -> None:
    """Send readers from a path to another address, or say that it is gone."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        made = redirections.put(view, source, target, status)
    say(f"{made.path} -> {made.target or 'gone'} ({made.status})")


@group.command("list")
def list_(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the redirects."""
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        found = store.all_of(view.unit)
    rows = [{"path": one.path, "target": one.target, "status": one.status} for one in found]
    show(rows, ["path", "target", "status"], as_json)


@group.command("remove")
def remove(context: typer.Context, source: Annotated[str, typer.Argument(metavar="PATH", help="Its path.")]) -> None:
    """Remove a redirect."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        if not store.remove(view.unit, redirections.key(source)):
            raise Invalid("redirect_unknown", f"There is no redirect from {source}.")
    say(f"{source} is no redirect any more")


@group.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Lines of path, target and, if any, status.")],
) -> None:
    """Take redirects from a CSV file: all of them, or none where one is wrong."""
    try:
        rows = rows_of(file)
    except Invalid as error:
        fail(error.message)
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        for number, source, target, status in rows:
            try:
                redirections.put(view, source, target, status)
            except Invalid as error:
                raise Invalid(error.code, f"Line {number}: {error.message}") from error
    say(f"{len(rows)} redirects were taken")


def rows_of(file: Path) -> list[tuple[int, str, str, int]]:
    """The redirects of a file, each with the number of its line.  Raises Invalid for a file that is none."""
    found: list[tuple[int, str, str, int]] = []
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            reader = csv.reader(lines)
            for row in filter(None, reader):
                source, target, status, *_ = [*row, "", "", ""]
                is_number = not status.strip() or (status.strip().isdecimal() and len(status.strip()) == LENGTH)
                if len(found) == MOST or not is_number:
                    problem = f"{status!r} is no status" if not is_number else f"a file has {MOST:,} redirects at most"
                    raise Invalid("redirect_file", f"Line {reader.line_num}: {problem}.")
                found.append((reader.line_num, source, target, int(status.strip() or 301)))
    except OSError as error:
        raise Invalid("redirect_file", f"{file} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid("redirect_file", f"{file} is no CSV file in UTF-8.") from error
    return found
