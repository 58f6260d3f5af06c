"""`wirepress post`: a look at what is published."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.common import newsroom_of, show
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts

group = typer.Typer(help="Look at posts.", no_args_is_help=True)

ALL = ("publish", "future", "draft", "pending", "private")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="post")


@group.command("list")
def list_(
    context: typer.Context,
    type_: Annotated[str, typer.Option("--type", help="Post type.")] = "post",
    status: Annotated[str, typer.Option(help="Status; `any` for all but the trash.")] = "any",
    limit: Annotated[int, typer.Option(help="How many, newest first.")] = 20,
    search: Annotated[str, typer.Option(help="Words to look for.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List posts, newest first."""
    statuses = ALL if status == "any" else (status,)
    query = PostQuery(
        (type_,), statuses, Visibility(all_of=statuses), per_page=max(1, min(limit, 10_000)), search=search
    )
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        found = posts.find(unit, query)
        items = posts.load(unit, found.ids)
    rows = [
        {"id": p.id, "date": p.date, "status": p.status, "author": p.author, "title": p.title, "slug": p.slug}
        for p in (items[i] for i in found.ids if i in items)
    ]
    show(rows, ["id", "date", "status", "author", "title"], as_json, title=f"{found.total} in all")
