"""`wirepress entries` and `wirepress entry`: what became of what sources list, and what people do about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from wirepress.cli import several
from wirepress.cli.commands import Commands
from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.cli.output import answer, speaks_json
from wirepress.cli.source import find
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.model.entry import OPEN, EntryQuery, EntryRecord, EntryState
from wirepress.model.errors import WirepressError
from wirepress.store import backlog
from wirepress.syndicate import entries as verbs
from wirepress.syndicate import merging
from wirepress.url.parse import open_address

group = Commands(help="See what became of entries of sources, and decide about them.")

NUMBER = typer.Argument(metavar="ID", min=1, help="Id, as `entry list` shows it.")
COLUMNS = ["id", "source", "state", "tries", "next", "link", "why"]


def register(app: typer.Typer) -> None:
    app.command("entries")(entries)
    app.add_typer(group, name="entry")


@group.command("list")
def entries(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Id or address of one source; all when left out.")
    ] = "",
    state: Annotated[EntryState | None, typer.Option(help="Only those in this state.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are done: taken, held, rejected.")] = False,
    search: Annotated[str, typer.Option(help="Only those whose title or address holds this.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 100,
) -> None:
    """List entries that are still to be taken: not come to (left), kept for the next run or
    day (waits), tried again later (failed), given up (dead).

    With --all, or by a state, what became of the others, and why.

    Example: wirepress entry list --all
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        number = find(view.unit, source).id if source else 0
        if everything or search or (state and state not in OPEN):
            states = (state,) if state else ()
            found, _ = verbs.browse(view, EntryQuery(1, limit, number, states, search[:200]))
        else:
            found = [verbs.get(view, one.id) for one in backlog.listed(view.unit, number, state, limit)]
    show([row_of(one) for one in found], COLUMNS)


def row_of(one: EntryRecord) -> dict[str, Any]:
    later = one.state in (EntryState.LEFT, EntryState.WAITS, EntryState.FAILED) and one.due_at
    return {
        "id": one.id,
        "source": one.source,
        "state": one.state.value,
        "reason": one.reason,
        "detail": one.detail,
        "why": ": ".join(filter(None, (one.reason, one.detail))),
        "tries": one.tries,
        "next": moment(one.due_at) if later else "",
        "since": moment(one.since),
        "at": moment(one.at),
        "title": one.title,
        "link": open_address(one.link),
        "post": one.post,
        "duplicate_of": one.other,
    }


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


@group.command("show")
def show_(context: typer.Context, number: Annotated[int, NUMBER]) -> None:
    """Show what became of an entry, why, and which posts may be its article.

    Example: wirepress entry show 1
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        record = entry_of(view, number)
        row = row_of(record)
        row["candidates"] = [{"post": one.post, "by": one.by} for one in verbs.matches(view, record)]
    if speaks_json():
        answer("", row)
        return
    row["candidates"] = ", ".join(f"post {one['post']} by {one['by']}" for one in row["candidates"])
    show([{"what": name, "is": value} for name, value in row.items() if value not in ("", 0)], ["what", "is"])


def entry_of(view: View, number: int) -> EntryRecord:
    """The entry of an id; ends the command where there is none."""
    try:
        return verbs.get(view, number)
    except WirepressError:
        fail(f"there is no entry {number}", error="no_entry")


@group.command("retry")
def retry(
    context: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID...", help="Ids, as `entry list` shows them.")] = None,
    source: Annotated[str, typer.Option(metavar="SOURCE", help="All that were given up of this source.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All that were given up.")] = False,
) -> None:
    """Have entries looked at again at once: those named, whatever was decided by rules, or all that were given up.

    Example: wirepress entry retry --all
    """
    if bool(ids) + bool(source) + everything != 1:
        fail("name entries by their ids, or a source with --source, or take --all", error="missing_argument")
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        wanted = ids or backlog.of_state(view.unit, EntryState.DEAD, find(view.unit, source).id if source else 0)
        tried = several.each("entry", wanted, lambda one: verbs.retry(view, NEWSROOM, [one]))
    say(f"{sum(tried)} entries will be tried again", retried=sum(tried))


@group.command("accept")
def accept(context: typer.Context, number: Annotated[int, NUMBER]) -> None:
    """Publish the article of an entry that is held, or take one that a filter rejects with the next look.

    Example: wirepress entry accept 1
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        after = verbs.accept(view, NEWSROOM, entry_of(view, number))
    later = after.state is EntryState.LEFT
    say(f"Entry {number}: " + ("it will be taken" if later else f"post {after.post}"), entry=number, post=after.post)


@group.command("merge")
def merge(
    context: typer.Context,
    number: Annotated[int, NUMBER],
    post: Annotated[int, typer.Option(min=0, help="The post whose story it joins; 0: what it resembles.")] = 0,
) -> None:
    """Make an entry that is held a further source of a post's story, without a post of its own.

    Example: wirepress entry merge 1 --post 1
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        after = merging.merge(view, NEWSROOM, entry_of(view, number), post)
    say(f"Entry {number}: merged with post {after.other}", entry=number, post=after.other)


@group.command("reject")
def reject(
    context: typer.Context,
    number: Annotated[int, NUMBER],
    reason: Annotated[str, typer.Option(help="Why, for the record.")] = "",
) -> None:
    """Leave an entry for good: the post of one that is held goes to the trash, and it never comes again.

    Example: wirepress entry reject 1 --reason "not ours"
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        verbs.reject(view, NEWSROOM, entry_of(view, number), reason)
    say(f"Entry {number} is rejected", entry=number)
