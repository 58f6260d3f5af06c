"""`wirepress cache`: what is kept so that it need not be made again."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import newsroom_of, reading, say, show
from wirepress.content import caches

group = Commands(help="See and drop what is kept so that it need not be made again.")


class Part(Enum):
    """What can be dropped."""

    ANSWERS = "answers"
    RENDERINGS = "renderings"
    EMBEDS = "embeds"


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="cache")


@group.command("status")
def status(context: typer.Context) -> None:
    """Say how many renderings of posts and answers of other sites are kept, and how many are still to come.

    Example: wirepress cache status
    """
    with reading(context) as (view, _):
        rows = [asdict(one) for one in caches.status(view)]
    show(rows, ["what", "kept", "wanted"])


@group.command("drop")
def drop(
    context: typer.Context,
    part: Annotated[Part | None, typer.Argument(metavar="PART", help="Only this; all when left out.")] = None,
) -> None:
    """Have what is kept made anew; it is never needed for a change to be seen.

    answers: every process forgets whole answers and encoded items.  renderings: posts are rendered again by whoever
    reads first, or by the worker.  embeds: other sites are asked again; until then what is known is shown.

    Example: wirepress cache drop renderings
    """
    with newsroom_of(context) as newsroom:
        if part in (None, Part.RENDERINGS):
            number = caches.drop_renderings(newsroom)
            say(f"{number} renderings were dropped", renderings=number)
        with newsroom.write() as view:
            if part in (None, Part.EMBEDS):
                number = caches.ask_anew(view)
                say(f"{number} embeds and feeds of other sites will be asked again", embeds=number)
            if part in (None, Part.ANSWERS):
                caches.drop_answers(view)
                say("All processes forget the answers that they keep", answers=True)
