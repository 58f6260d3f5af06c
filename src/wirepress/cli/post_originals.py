"""`wirepress post changes|take-over|keep|correct`: what originals change of a post, and what was wrong in it."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.cli.post import group
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import corrections, originals
from wirepress.model.original import OriginalChange
from wirepress.store import posts


def register(_: typer.Typer) -> None:
    """The commands are those of `post` already."""


@group.command("changes")
def changes(
    context: typer.Context,
    post: Annotated[int, typer.Argument(metavar="POST", min=1, help="Number of the post.")],
    waiting: Annotated[bool, typer.Option(help="Only what is offered.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, newest first.")] = 20,
) -> None:
    """List what the original of a post has changed, and what became of it.

    Example: wirepress post changes 1
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        if posts.get(view.unit, post) is None:
            fail(f"there is no post {post}", error="invalid_post")
        found, total = originals.browse(view, post, 1, limit, only=waiting)
    rows = [
        {
            "id": change.id,
            "date": change.at.isoformat(timespec="seconds"),
            "reason": change.reason.value,
            "fields": said(change),
            "revision": change.revision,
        }
        for change in found
    ]
    show(rows, ["id", "date", "fields", "reason", "revision"], title=f"{total} in all")


CHANGE = typer.Argument(metavar="CHANGE", min=1, help="Number of the change, as `post changes` lists it.")
FIELD = typer.Option("--field", help="Only this field; may be said more than once.")


@group.command("take-over")
def take_over(
    context: typer.Context,
    change: Annotated[int, CHANGE],
    fields: Annotated[list[str] | None, FIELD] = None,
) -> None:
    """Give a post what is offered of a change of its original; from then on it follows again.

    Example: wirepress post take-over 1
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        done = originals.take_over(view, NEWSROOM, change, fields or ())
    say(f"Post {done.post}: {said(done)}", post=done.post, fields=said(done))


@group.command("keep")
def keep(
    context: typer.Context,
    change: Annotated[int, CHANGE],
    fields: Annotated[list[str] | None, FIELD] = None,
) -> None:
    """Leave a post as it is: what is offered of a change of its original waits no longer.

    Example: wirepress post keep 1 --field title
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        done = originals.keep_ours(view, NEWSROOM, change, fields or ())
    say(f"Post {done.post}: {said(done)}", post=done.post, fields=said(done))


@group.command("correct")
def correct(
    context: typer.Context,
    post: Annotated[int, typer.Argument(metavar="POST", min=1, help="Number of the post.")],
    text: Annotated[str, typer.Argument(help="What was wrong, and how it is right; none with --remove.")] = "",
    remove: Annotated[int, typer.Option(min=0, help="Take back a correction instead: the one noted last is 1.")] = 0,
) -> None:
    """Note a correction under an article, and list all of them.

    Example: wirepress post correct 1 "The harbour opened on Monday, not on Sunday."
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        if remove:
            found = corrections.remove(view, NEWSROOM, post, remove)
        else:
            found = corrections.add(view, NEWSROOM, post, text)
    rows = [{"number": at, "at": one.at, "text": one.text} for at, one in enumerate(corrections.of(found), 1)]
    show(rows, ["number", "at", "text"])


def said(change: OriginalChange) -> str:
    return ", ".join(f"{name} {one.state.value}" for name, one in change.fields.items())
