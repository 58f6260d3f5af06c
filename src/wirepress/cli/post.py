"""`wirepress post`: a look at what is published."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.common import fail, newsroom_of, show
from wirepress.content.newsroom import View
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts
from wirepress.store.post_counts import counted

group = typer.Typer(help="Look at posts.", no_args_is_help=True)

ALL = ("publish", "future", "draft", "pending", "private")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="post")


@group.command("list")
def list_(
    context: typer.Context,
    type_: Annotated[str, typer.Option("--type", help="Post type.")] = "post",
    status: Annotated[str, typer.Option(help="Status; `any` for all but the trash.")] = "any",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 20,
    search: Annotated[str, typer.Option(help="Words to look for.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List posts, newest first."""
    statuses = ALL if status == "any" else (status,)
    query = PostQuery((type_,), statuses, Visibility(all_of=statuses), per_page=limit, search=search)
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        check_known(view, type_, status)
        found = posts.find(view.unit, query)
        items = posts.load(view.unit, found.ids)
    rows = [
        {"id": p.id, "date": p.date, "status": p.status, "author": p.author, "title": p.title, "slug": p.slug}
        for p in (items[i] for i in found.ids if i in items)
    ]
    show(rows, ["id", "date", "status", "author", "title"], as_json, title=f"{found.total} in all")


def check_known(view: View, type_: str, status: str) -> None:
    """Ends the command for a type or status that is none.  What an import brought counts, though nothing serves it."""
    kept = counted(view.unit)
    types = {*view.site.registry.types, *(type_ for type_, _ in kept)}
    statuses = {*view.site.registry.statuses, *(status for _, status in kept), "any"}
    if type_ not in types:
        fail(f"there is no type of posts {type_}; there are {', '.join(sorted(types))}")
    if status not in statuses:
        fail(f"there is no status {status}; there are {', '.join(sorted(statuses))}")
