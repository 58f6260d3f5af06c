"""`wirepress adopt`: the origins of what aggregators have brought into an imported site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wirepress.cli.common import newsroom_of, say, show
from wirepress.cli.output import answer, speaks_json, watched

if TYPE_CHECKING:
    from wirepress.syndicate.adoption.adopting import Adoption


def register(app: typer.Typer) -> None:
    app.command("adopt")(adopt_)


def adopt_(
    context: typer.Context,
    write: Annotated[
        bool, typer.Option("--write", help="Keep the origins and propose the sources; without it nothing is changed.")
    ] = False,
) -> None:
    """Recognise which posts an aggregator brought from elsewhere, so that no source of ours brings them once more.

    It says what it recognises and by which sign, and with --write keeps where each came from and proposes their
    sources, which stay off until they are resumed.  Texts are never changed.  An import does it at its end.

    Example: wirepress adopt
    """
    from wirepress.syndicate.adoption.adopting import adopt, survey

    with newsroom_of(context) as newsroom, watched() as progress:
        verb = adopt if write else survey
        found = verb(newsroom, lambda done, total: progress("origins", done, total))
    if speaks_json():
        answer("", {"written": write, **found.as_json()})
    else:
        summarise(found, written=write)


def summarise(found: Adoption, *, written: bool) -> None:
    """What was recognised, by which sign, and which sources that makes."""
    facts = found.as_json()
    if found.recognised:
        signs = [{"sign": sign, "posts": number} for sign, number in facts["signs"].items()]
        show(signs, ["sign", "posts"], title="Recognised")
        rows = [one | {"source": one["source"] or "new"} for one in facts["sources"]]
        show(rows, ["source", "url", "name", "rights", "articles"], title="Sources")
    for number, words in (
        (found.unlocated, "of these name their site only, not the address of the article"),
        (found.doubled, "are of an article that another post has, or that was taken down"),
        (found.beyond, "are of more sites than sources are proposed of"),
        (found.unreadable, "have a text that cannot be read"),
    ):
        if number:
            say(f"{number:,} {words}")
    done = "have their origin now" if written else "would get an origin; --write keeps it"
    say(f"{found.recognised:,} of {found.looked_at:,} posts without an origin {done}")
