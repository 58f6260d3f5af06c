"""`wirepress post`: what is written here; `list` and `get` look at it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, answer, fail, need, reading, show
from wirepress.cli.output import show_facts
from wirepress.content.identity.permissions import may
from wirepress.content.newsroom import View
from wirepress.content.posts import listing
from wirepress.content.posts.publishing import existing
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.store.post_counts import counted

group = Commands(help="Write, publish, list and delete posts, and decide on changes of originals.")

POST = typer.Argument(metavar="ID", min=1, help="Id of the post.")
POSTS = typer.Argument(metavar="ID...", help="Ids of posts.")
ALL = ("publish", "future", "draft", "pending", "private")
FIELDS = (
    "id", "type", "status", "title", "slug", "author", "date", "date_gmt", "modified", "modified_gmt", "parent",
    "menu_order", "comment_status", "ping_status", "comment_count", "mime_type", "thumbnail", "excerpt", "content",
)  # fmt: skip
"""What `get` tells of a post, besides its address, its terms and its meta."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="post")


@group.command("list")
def list_(
    context: typer.Context,
    type_: Annotated[str, typer.Option("--type", help="Post type.")] = "post",
    status: Annotated[str, typer.Option(help="Status; `any` for all but the trash.")] = "any",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 20,
    search: Annotated[str, typer.Option(help="Words to look for.")] = "",
    user: Annotated[str, USER] = "",
) -> None:
    """List posts, newest first.

    Example: wirepress post list --status draft --limit 5
    """
    statuses = ALL if status == "any" else (status,)
    query = PostQuery((type_,), statuses, per_page=limit, search=search)
    with reading(context, user) as (view, viewer):
        check_known(view, type_, status)
        kind = view.site.type(type_)
        may_list = viewer.almighty or (kind is not None and may(view, viewer, kind.capabilities["edit_posts"]))
        need(may_list, f"list posts of the type {type_}")
        found = listing.browse(view, viewer, query)
        rows = [
            {"id": p.id, "date": p.date, "status": p.status, "author": p.author, "title": p.title, "slug": p.slug}
            for p in listing.items(view, found.ids)
        ]
    show(rows, ["id", "date", "status", "author", "title"], title=f"{found.total} in all")


@group.command("get")
def get(
    context: typer.Context,
    post: Annotated[int, POST],
    field: Annotated[str, typer.Option(help="Only this field, such as content.")] = "",
    user: Annotated[str, USER] = "",
) -> None:
    """Show a post as it is kept: its fields, terms and meta, its text as it was written.

    Example: wirepress post get 1 --field content
    """
    with reading(context, user) as (view, viewer):
        found = existing(view, post)
        need(viewer.almighty or may(view, viewer, "edit_post", found), "edit this post")
        facts = facts_of(view, found)
    if not field:
        show_facts(facts)
        return
    if field not in facts:
        fail(f"a post has no field {field}; there are {', '.join(facts)}", error="unknown_field")
    value = facts[field]
    answer(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), value)


def facts_of(view: View, post: Post) -> dict[str, Any]:
    """A post as `get` shows it."""
    facts: dict[str, Any] = {name: getattr(post, name) for name in FIELDS}
    terms: dict[str, list[str]] = {}
    for term in post.terms:
        terms.setdefault(term.taxonomy, []).append(term.name)
    return facts | {"link": view.lookup.permalink(post), "terms": terms, "meta": dict(post.meta)}


def check_known(view: View, type_: str, status: str) -> None:
    """Ends the command for a type or status that is none.  What an import brought counts, though nothing serves it."""
    kept = counted(view.unit)
    types = {*view.site.registry.types, *(type_ for type_, _ in kept)}
    statuses = {*view.site.registry.statuses, *(status for _, status in kept), "any"}
    if type_ not in types:
        fail(f"there is no type of posts {type_}; there are {', '.join(sorted(types))}", error="invalid_post_type")
    if status not in statuses:
        fail(f"there is no status {status}; there are {', '.join(sorted(statuses))}", error="invalid_status")
