"""`wirepress entries` and `wirepress entry`: what is still to be done of what sources list, and what was given up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.cli.source import find
from wirepress.store import backlog
from wirepress.store.backlog import Left, Waiting
from wirepress.url.parse import open_address

group = typer.Typer(help="Try entries of sources again.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.command("entries")(entries)
    app.add_typer(group, name="entry")


def entries(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Id or address of one source; all when left out.")
    ] = "",
    state: Annotated[Left | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List entries that are still to be taken: not come to (left), tried again later (failed), given up (dead)."""
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        number = find(unit, source).id if source else 0
        rows = [row_of(one) for one in backlog.listed(unit, number, state, limit)]
    show(rows, ["id", "source", "state", "tries", "next", "link", "error"], as_json)


def row_of(one: Waiting) -> dict[str, Any]:
    later = one.state is not Left.DEAD and one.due_at
    return {
        "id": one.id,
        "source": one.source,
        "state": one.state.value,
        "tries": one.tries,
        "next": moment(one.due_at) if later else "",
        "since": moment(one.since),
        "title": one.entry.title,
        "link": open_address(one.entry.link),
        "error": one.error,
    }


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


@group.command("retry")
def retry(
    context: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID...", help="Ids, as `entries` shows them.")] = None,
    source: Annotated[str, typer.Option(metavar="SOURCE", help="All that were given up of this source.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All that were given up.")] = False,
) -> None:
    """Have entries tried again at once that failed or were given up: those named, or all of a source, or all."""
    if bool(ids) + bool(source) + everything != 1:
        fail("name entries by their ids, or a source with --source, or take --all")
    with newsroom_of(context) as newsroom, newsroom.database.write() as unit:
        wanted = ids or backlog.of_state(unit, Left.DEAD, find(unit, source).id if source else 0)
        known = backlog.there(unit, wanted)
        if missing := [str(one) for one in wanted if one not in known]:
            fail(f"there is no entry {', '.join(missing)}")
        number = backlog.retry(unit, wanted)
    say(f"{number} entries will be tried again")
