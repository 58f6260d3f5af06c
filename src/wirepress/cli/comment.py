"""`wirepress comment`: what readers say, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any

import typer

from wirepress.cli import several
from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, YES, confirm, fail, need, reading, say, show, writing
from wirepress.content.comments import reading as comments
from wirepress.content.comments import writing as verbs
from wirepress.content.identity.permissions import may
from wirepress.content.newsroom import View
from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery

group = Commands(help="List and moderate comments.")

IDS = typer.Argument(metavar="ID...", min=1, help="Ids, as `comment list` shows them.")
SHOWN = 80
"""Characters of a comment in a table."""


class State(Enum):
    """What a comment is."""

    ALL = "all"
    APPROVED = "approved"
    HOLD = "hold"
    SPAM = "spam"
    TRASH = "trash"


KEPT = {State.ALL: ("1", "0"), State.APPROVED: ("1",), State.HOLD: ("0",), State.SPAM: ("spam",),
        State.TRASH: ("trash",)}  # fmt: skip
WORDS = {"1": "approved", "0": "hold"}


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="comment")


@group.command("list")
def list_(
    context: typer.Context,
    status: Annotated[State, typer.Option(help="Only those that are this; all: approved, or waiting.")] = State.ALL,
    post: Annotated[int, typer.Option(min=0, help="Only those of this post.")] = 0,
    search: Annotated[str, typer.Option(help="Words to look for, in text, name and addresses.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 50,
    user: Annotated[str, USER] = "",
) -> None:
    """List comments, newest first.

    Example: wirepress comment list --status hold
    """
    with reading(context, user) as (view, viewer):
        need(may(view, viewer, "edit_posts"), "list comments")
        query = CommentQuery(
            per_page=limit, search=search, posts=(post,) if post else (), approved=KEPT[status], types=(),
            types_not=("note",), concerning=None if viewer.can("moderate_comments") else viewer.id,
        )  # fmt: skip
        found = comments.browse(view, query)
        loaded = comments.several(view, found.ids)
        rows = [row_of(loaded[i]) for i in found.ids if i in loaded]
    columns = ["id", "post", "date", "status", "author", "comment"]
    show([row | {"comment": shortened(row["content"])} for row in rows], columns, title=f"{found.total} in all")


def row_of(comment: Comment) -> dict[str, Any]:
    """A comment as a list shows it."""
    return {
        "id": comment.id,
        "post": comment.post,
        "parent": comment.parent,
        "date": comment.date,
        "status": WORDS.get(comment.approved, comment.approved),
        "type": comment.type,
        "author": comment.author_name,
        "email": comment.author_email,
        "content": comment.content,
    }


def shortened(text: str) -> str:
    """A text in one short line."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def become(context: typer.Context, ids: Sequence[int], status: str, user: str) -> None:
    """Gives some comments a status: all of them, or none where one may not have it."""
    with writing(context, user) as (view, viewer):

        def deed(number: int) -> Comment:
            comment = existing(view, number)
            need(may(view, viewer, "edit_comment", comment), "moderate it")
            return verbs.set_status(view, viewer, comment, status)

        done = several.each("comment", ids, deed)
    for comment in done:
        say(f"Comment {comment.id}: {WORDS.get(comment.approved, comment.approved)}", ids=[one.id for one in done])


def existing(view: View, number: int) -> Comment:
    """The comment of an id; ends the command where there is none, or it is a note of the editors."""
    found = comments.get(view, number)
    if found is None or found.type == "note":
        fail("there is no such comment", error="comment_invalid_id")
    return found


@group.command("approve")
def approve(context: typer.Context, ids: Annotated[list[int], IDS], user: Annotated[str, USER] = "") -> None:
    """Show comments to readers; who wrote them is told as the site's options have it.

    Example: wirepress comment approve 2
    """
    become(context, ids, "approve", user)


@group.command("hold")
def hold(context: typer.Context, ids: Annotated[list[int], IDS], user: Annotated[str, USER] = "") -> None:
    """Take comments back from readers; they wait for a decision.

    Example: wirepress comment hold 1
    """
    become(context, ids, "hold", user)


@group.command("spam")
def spam(context: typer.Context, ids: Annotated[list[int], IDS], user: Annotated[str, USER] = "") -> None:
    """Mark comments as spam.

    Example: wirepress comment spam 2
    """
    become(context, ids, "spam", user)


@group.command("trash")
def trash(context: typer.Context, ids: Annotated[list[int], IDS], user: Annotated[str, USER] = "") -> None:
    """Move comments to the trash.

    Example: wirepress comment trash 1
    """
    become(context, ids, "trash", user)


@group.command("restore")
def restore(context: typer.Context, ids: Annotated[list[int], IDS], user: Annotated[str, USER] = "") -> None:
    """Take comments back from spam or the trash, as they were before.

    Example: wirepress comment restore 3
    """
    become(context, ids, "untrash", user)


@group.command("delete")
def delete(
    context: typer.Context,
    ids: Annotated[list[int], IDS],
    yes: Annotated[bool, YES] = False,
    user: Annotated[str, USER] = "",
) -> None:
    """Delete comments for good; answers to them stay.

    Example: wirepress comment delete 3 --yes
    """
    confirm(f"Delete {', '.join(map(str, ids[:5]))}{' ...' if len(ids) > 5 else ''} for good?", yes=yes)
    with writing(context, user) as (view, viewer):

        def deed(number: int) -> int:
            comment = existing(view, number)
            need(may(view, viewer, "edit_comment", comment), "delete it")
            verbs.delete(view, comment)
            return number

        deleted = several.each("comment", ids, deed)
    for number in deleted:
        say(f"Comment {number} is deleted", ids=deleted)
