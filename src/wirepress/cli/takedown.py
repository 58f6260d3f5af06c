"""`wirepress takedown` and `wirepress takedowns`: what is removed for a reason, and does not come back by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import newsroom_of, say, show
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.takedowns import reading
from wirepress.model.takedown import Disclosure, Order, Takedown, TakedownQuery

group = Commands(help="List, lift and erase take-downs.")

NUMBER = typer.Argument(metavar="NUMBER", min=1, help="Number of the take-down.")


def register(app: typer.Typer) -> None:
    app.command("takedown")(takedown)
    app.add_typer(group, name="takedowns")


def takedown(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="POST|URL", help="Number, slug or address of a post, or address of an original.")
    ],
    reason: Annotated[str, typer.Option(help="Why it is taken down.")],
    notice: Annotated[str, typer.Option(help="What asks for it, for the record.")] = "",
    disclosure: Annotated[
        Disclosure, typer.Option(help="What readers are shown: 410 with the reason, 410, or 404.")
    ] = Disclosure.GONE,
    erase: Annotated[bool, typer.Option("--erase", help="Erase the content for good: nobody can restore it.")] = False,
) -> None:
    """Take a post down at once, wherever it is shown; no source brings it again.

    Example: wirepress takedown 1 --reason "Court order 12/26"
    """
    from wirepress.syndicate import takedowns

    with newsroom_of(context) as newsroom:
        with newsroom.view() as view:
            prepared = takedowns.prepare(view, NEWSROOM, Order(target, reason, notice, disclosure, erase))
        with newsroom.write() as view:
            made = takedowns.take_down(view, NEWSROOM, prepared)
        reading.scrub(newsroom)
    if made.post:
        line = f"Take-down {made.id}: {made.type} {made.post} is gone from {made.url}; sha256 {made.digest}"
    else:
        line = f"Take-down {made.id}: nothing of {made.url} is here, and nothing will come"
    say(line, **row_of(made))


@group.command("list")
def list_(
    context: typer.Context,
    lifted: Annotated[bool, typer.Option("--lifted", help="Those that were lifted instead.")] = False,
    search: Annotated[str, typer.Option(help="A part of title, address, reason or notice.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 50,
) -> None:
    """List the take-downs that stand, newest first.

    Example: wirepress takedowns list
    """
    query = TakedownQuery(per_page=limit, stands=not lifted, search=search)
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        found, total = reading.browse(view, NEWSROOM, query)
    show([row_of(one) for one in found], ["id", "at", "post", "url", "reason", "notice"], title=f"{total}")


@group.command("lift")
def lift(
    context: typer.Context,
    number: Annotated[int, NUMBER],
    reason: Annotated[str, typer.Option(help="Why it is lifted.")],
) -> None:
    """Lift a take-down: the post is as it was, and sources may bring the article again.

    Example: wirepress takedowns lift 1 --reason "The order was lifted"
    """
    from wirepress.syndicate import takedowns

    with newsroom_of(context) as newsroom, newsroom.write() as view:
        lifted = takedowns.lift(view, NEWSROOM, number, reason)
        back = lifted.post if lifted.post and not lifted.erased else 0
    what = f": {lifted.type} {back} is back" if back else "; there was nothing kept"
    say(f"Take-down {number} is lifted{what}", takedown=number, post=back)


@group.command("erase")
def erase(context: typer.Context, number: Annotated[int, NUMBER]) -> None:
    """Erase for good what is kept for the lift of a take-down; the take-down stands.

    Example: wirepress takedowns erase 1
    """
    from wirepress.syndicate import takedowns

    with newsroom_of(context) as newsroom:
        with newsroom.write() as view:
            takedowns.erase(view, NEWSROOM, number)
        reading.scrub(newsroom)
    say(f"What was kept of take-down {number} is erased", takedown=number)


def row_of(one: Takedown) -> dict[str, Any]:
    """A take-down as a table shows it."""
    return {
        "id": one.id,
        "at": moment(one.at),
        "user": one.user,
        "post": one.post or "",
        "type": one.type,
        "title": one.title,
        "url": one.url,
        "original": one.original,
        "reason": one.reason,
        "notice": one.notice,
        "disclosure": one.disclosure.value,
        "sha256": one.digest,
        "restorable": one.restorable,
        "erased": moment(one.erased),
        "lifted": moment(one.lifted),
        "lift_reason": one.lift_reason,
    }


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""
