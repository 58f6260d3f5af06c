"""`wirepress search-replace`: one text in the place of another, wherever the site keeps it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from wirepress.cli.common import YES, confirm, newsroom_of, say, show
from wirepress.cli.output import note, speaks_json, watched
from wirepress.content.replacing import PARTS, Part, Replacing, replace_all

COLUMNS = ["where", "rows", "times", "left"]


def register(app: typer.Typer) -> None:
    app.command("search-replace")(search_replace)


def search_replace(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The text to look for, as it stands there.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What stands there then.")],
    only: Annotated[
        list[str] | None, typer.Option("--in", help="Only here: posts, comments, terms, users, options; repeatable.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be replaced.")] = False,
    yes: Annotated[bool, YES] = False,
) -> None:
    """Replace a text in contents, meta and options, such as the address of a site that has moved.

    It is counted first, and replaced when somebody says yes.  Values that PHP has serialised keep their form, with new
    lengths; what cannot be read, or would not fit, is left and counted.  Guids, slugs, logins, e-mail addresses and
    origins stay, no revision is made, and no date moves.  Interrupted, it has replaced whole rows: run it again for the
    rest.

    Example: wirepress search-replace http://old.example https://news.example --yes
    """
    parts = parts_of(only)
    with newsroom_of(context) as newsroom, watched() as progress:
        counted = Replacing(old, new)
        replace_all(newsroom, counted, parts, progress, write=False)
        rows = rows_of(counted)
        times = sum(row["times"] for row in rows)
        if dry_run or not times:
            tell(rows, "would be replaced")
            return
        if not (yes or speaks_json()):
            show(rows, COLUMNS)
        if old in new:
            note("NEW holds OLD: replaced a second time, it would grow again")
        confirm(f"Replace {times} times? There is no way back but a backup.", yes=yes)
        done = Replacing(old, new)
        replace_all(newsroom, done, parts, progress, write=True)
    tell(rows_of(done), "replaced")


def parts_of(only: list[str] | None) -> tuple[Part, ...]:
    """The parts that are named, all where none is; ends the command for what is none."""
    if unknown := set(only or ()) - set(PARTS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: it is one of {', '.join(PARTS)}", param_hint="--in")
    return tuple(part for part in PARTS if not only or part in only)


def rows_of(counted: Replacing) -> list[dict[str, Any]]:
    """What was found, a row for each place in which anything was."""
    return [
        {"where": place, "rows": tally.rows, "times": tally.times, "left": tally.left, "names": tally.names}
        for place, tally in counted.found.items()
        if tally.times or tally.left
    ]


def tell(rows: list[dict[str, Any]], what: str) -> None:
    """Says what was, or would be, replaced."""
    times, left = sum(row["times"] for row in rows), sum(row["left"] for row in rows)
    show(rows, COLUMNS)
    more = f"; {left} values stay: they cannot be read, or would not fit" if left else ""
    for row in rows:
        if row["names"]:
            note(f"left in {row['where']}: {', '.join(row['names'])}")
    if not speaks_json():
        say(f"{times} {what}{more}")
