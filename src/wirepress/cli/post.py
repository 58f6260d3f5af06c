"""`wirepress post`: a look at what is published, and what originals change of it."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.common import fail, newsroom_of, say, show
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.content.posts import corrections, originals
from wirepress.model.original import OriginalChange
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts
from wirepress.store.post_counts import counted

group = typer.Typer(help="Look at posts, and decide on changes of originals.", no_args_is_help=True)

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


@group.command("changes")
def changes(
    context: typer.Context,
    post: Annotated[int, typer.Argument(metavar="POST", min=1, help="Number of the post.")],
    waiting: Annotated[bool, typer.Option(help="Only what is offered.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, newest first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what the original of a post has changed, and what became of it."""
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        if posts.get(view.unit, post) is None:
            fail(f"there is no post {post}")
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
    show(rows, ["id", "date", "fields", "reason", "revision"], as_json, title=f"{total} in all")


CHANGE = typer.Argument(metavar="CHANGE", min=1, help="Number of the change, as `post changes` lists it.")
FIELD = typer.Option("--field", help="Only this field; may be said more than once.")


@group.command("take-over")
def take_over(
    context: typer.Context,
    change: Annotated[int, CHANGE],
    fields: Annotated[list[str] | None, FIELD] = None,
) -> None:
    """Give a post what is offered of a change of its original; from then on it follows again."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        done = originals.take_over(view, NEWSROOM, change, fields or ())
    say(f"Post {done.post}: {said(done)}")


@group.command("keep")
def keep(
    context: typer.Context,
    change: Annotated[int, CHANGE],
    fields: Annotated[list[str] | None, FIELD] = None,
) -> None:
    """Leave a post as it is: what is offered of a change of its original waits no longer."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        done = originals.keep_ours(view, NEWSROOM, change, fields or ())
    say(f"Post {done.post}: {said(done)}")


@group.command("correct")
def correct(
    context: typer.Context,
    post: Annotated[int, typer.Argument(metavar="POST", min=1, help="Number of the post.")],
    text: Annotated[str, typer.Argument(help="What was wrong, and how it is right; none with --remove.")] = "",
    remove: Annotated[int, typer.Option(min=0, help="Take back a correction instead: the one noted last is 1.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Note a correction under an article, and list all of them."""
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        if remove:
            found = corrections.remove(view, NEWSROOM, post, remove)
        else:
            found = corrections.add(view, NEWSROOM, post, text)
    rows = [{"number": at, "at": one.at, "text": one.text} for at, one in enumerate(corrections.of(found), 1)]
    show(rows, ["number", "at", "text"], as_json)


def said(change: OriginalChange) -> str:
    return ", ".join(f"{name} {one.state.value}" for name, one in change.fields.items())


def check_known(view: View, type_: str, status: str) -> None:
    """Ends the command for a type or status that is none.  What an import brought counts, though nothing serves it."""
    kept = counted(view.unit)
    types = {*view.site.registry.types, *(type_ for type_, _ in kept)}
    statuses = {*view.site.registry.statuses, *(status for _, status in kept), "any"}
    if type_ not in types:
        fail(f"there is no type of posts {type_}; there are {', '.join(sorted(types))}")
    if status not in statuses:
        fail(f"there is no status {status}; there are {', '.join(sorted(statuses))}")
