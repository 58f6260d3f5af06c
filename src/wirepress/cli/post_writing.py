"""`wirepress post create|edit|publish|trash|restore|delete`: what becomes of a post, by the rules of the API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from wirepress.cli import several
from wirepress.cli.common import USER, YES, confirm, fail, is_id, need, newsroom_of, say, user_named, writer_of, writing
from wirepress.cli.post import POST, POSTS, group
from wirepress.cli.text import Format, given
from wirepress.content import terms as term_verbs
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.media import library
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.publishing import existing
from wirepress.model.errors import Invalid
from wirepress.model.moment import Stamp, stamp
from wirepress.model.post import Post
from wirepress.model.registry import PostType, Taxonomy
from wirepress.model.wire import Openness

FORMAT = Annotated[
    Format | None, typer.Option("--format", help="How FILE is written; its name says it where this does not.")
]
TITLE = Annotated[str | None, typer.Option(help="Title; of Markdown the first heading where this is left out.")]
STATUS = Annotated[str | None, typer.Option(help="draft, pending, private, publish or future.")]
SLUG = Annotated[str | None, typer.Option(help="Last part of its address.")]
EXCERPT = Annotated[str | None, typer.Option(help="Summary.")]
AUTHOR = Annotated[str, typer.Option(help="Login, address or id of its author.")]
AUTHOR_OF_NEW = Annotated[
    str, typer.Option(help="Login, address or id of its author; else --user, or the first administrator.")
]
DATE = Annotated[str, typer.Option(help="Date in the site's time, such as 2026-11-30T18:00:00; ahead of now it waits.")]
CATEGORY = Annotated[
    list[str] | None,
    typer.Option(help="Category by name, slug or id, made where there is none; may be repeated, and replaces others."),
]
TAG = Annotated[list[str] | None, typer.Option(help="Tag, likewise.")]
PARENT = Annotated[int | None, typer.Option(min=0, help="Id of the page above it; 0: none.")]
PICTURE = Annotated[int | None, typer.Option(min=0, help="Id of its featured image; 0: none.")]
STICKY = Annotated[bool | None, typer.Option("--sticky/--no-sticky", help="Whether it stands on top of the front.")]
COMMENTS = Annotated[Openness | None, typer.Option(help="Whether it takes comments.")]


def register(_: typer.Typer) -> None:
    """The commands are those of `post` already."""


@group.command("create")
def create(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Its text; `-`: standard input.")] = None,
    form: FORMAT = None,
    title: TITLE = None,
    status: STATUS = "draft",
    type_: Annotated[str, typer.Option("--type", help="Post type.")] = "post",
    slug: SLUG = None,
    excerpt: EXCERPT = None,
    author: AUTHOR_OF_NEW = "",
    date: DATE = "",
    category: CATEGORY = None,
    tag: TAG = None,
    parent: PARENT = None,
    picture: PICTURE = None,
    sticky: STICKY = None,
    comments: COMMENTS = None,
    user: Annotated[str, USER] = "",
) -> None:
    """Write a post: Markdown becomes blocks, HTML and blocks stay as they are; a draft without --status.

    Example: wirepress post create article.md --category Harbour --status publish
    """
    text = given(file, form)
    if text is not None and title is None:
        title = text.title or None
    changes = Changes(
        title=title, content=text.content if text else None, excerpt=excerpt, status=status, slug=slug,
        date=stamp_of(date), parent=parent, thumbnail=picture, sticky=sticky,
        comment_status=comments.value if comments else None,
    )  # fmt: skip
    with writing(context, user) as (view, viewer):
        if type_ == "attachment":
            fail("pictures and other files come with `media import`", error="invalid_post_type")
        kind = kind_of(view, type_)
        need(may(view, viewer, kind.capabilities["create_posts"]), f"write posts of the type {type_}")
        changes = replace(changes, author=writer_of(view, user))
        changes = completed(view, viewer, kind, changes, author, {"category": category, "post_tag": tag})
        made = publishing.create(view, viewer, type_, changes)
        tell(view, made, f"created by {by.login}" if (by := view.lookup.user(made.author)) else "created")


@group.command("edit")
def edit(
    context: typer.Context,
    post: Annotated[int, POST],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Its new text; `-`: standard input.")] = None,
    form: FORMAT = None,
    title: TITLE = None,
    status: STATUS = None,
    slug: SLUG = None,
    excerpt: EXCERPT = None,
    author: AUTHOR = "",
    date: DATE = "",
    category: CATEGORY = None,
    tag: TAG = None,
    parent: PARENT = None,
    picture: PICTURE = None,
    sticky: STICKY = None,
    comments: COMMENTS = None,
    user: Annotated[str, USER] = "",
) -> None:
    """Change a post: what is named, and nothing else; what it was is kept as a revision.

    Example: wirepress post edit 1 --title "Harbour opens again" --tag Ships
    """
    text = given(file, form)
    if text is not None and title is None:
        title = text.title or None
    changes = Changes(
        title=title, content=text.content if text else None, excerpt=excerpt, status=status, slug=slug,
        date=stamp_of(date), parent=parent, thumbnail=picture, sticky=sticky,
        comment_status=comments.value if comments else None,
    )  # fmt: skip
    with writing(context, user) as (view, viewer):
        before = existing(view, post)
        need(may(view, viewer, "edit_post", before), "edit this post")
        wanted = {"category": category, "post_tag": tag}
        changes = completed(view, viewer, kind_of(view, before.type), changes, author, wanted)
        if changes == Changes():
            fail("nothing to change was named", error="nothing_changed")
        tell(view, publishing.update(view, viewer, post, changes), "changed")


def stamp_of(date: str) -> Stamp | None:
    """A date as posts keep it; None for none.  Ends the command for what is no date."""
    from datetime import datetime

    if not date:
        return None
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        fail(f"{date} is no date such as 2026-11-30T18:00:00", error="invalid_date")
    if moment.tzinfo is not None:
        fail(f"{date} names a zone: dates are in the site's own time", error="invalid_date")
    return stamp(moment)


def kind_of(view: View, name: str) -> PostType:
    """The post type of a name; ends the command where there is none, or only the site itself writes its posts."""
    kind = view.site.type(name)
    if kind is None:
        fail(f"there is no type of posts {name}", error="invalid_post_type")
    if not (kind.show_in_rest or kind.show_ui):
        fail(f"posts of the type {name} are the site's own records: nobody writes them", error="invalid_post_type")
    return kind


def completed(
    view: View, viewer: Viewer, kind: PostType, changes: Changes, author: str, wanted: dict[str, list[str] | None]
) -> Changes:
    """The changes with author and terms; ends the command for what is not there or whoever acts may not give."""
    check_status(view, viewer, kind, changes)
    if changes.parent and view.lookup.post(changes.parent) is None:
        fail(f"there is no post {changes.parent} to stand under", error="invalid_post")
    if changes.thumbnail and not is_picture(view.lookup.post(changes.thumbnail)):
        fail(f"{changes.thumbnail} is no picture of the library", error="invalid_featured_media")
    if author:
        by = user_named(view, author).id
        others = kind.capabilities["edit_others_posts"]
        need(by == viewer.id or may(view, viewer, others), "write in the name of others")
        changes = replace(changes, author=by)
    known = {taxonomy.name: taxonomy for taxonomy in view.site.registry.taxonomies_of(kind.name)}
    terms: dict[str, Sequence[int]] = {}
    for name, words in wanted.items():
        if words is None:
            continue
        if name not in known:
            fail(f"posts of the type {kind.name} have no {name}", error="invalid_taxonomy")
        terms[name] = [term_id(view, viewer, known[name], word) for word in words if word]
    return replace(changes, terms=terms) if terms else changes


def check_status(view: View, viewer: Viewer, kind: PostType, changes: Changes) -> None:
    """Ends the command for a status that there is not, or a status or place that whoever acts may not give."""
    if changes.status is not None:
        status = view.site.status(changes.status)
        if status is None:
            raise Invalid("invalid_status", f"There is no status {changes.status}.")
        if status.internal:
            raise Invalid("invalid_status", f"The status {changes.status} is none that can be given.")
    publishes = may(view, viewer, kind.capabilities["publish_posts"])
    need(publishes or changes.status in (None, "draft", "pending"), "publish posts of this type")
    if changes.sticky is not None:
        others = may(view, viewer, kind.capabilities["edit_others_posts"])
        need(publishes and others, "put posts on top of the front page")


def is_picture(post: Post | None) -> bool:
    return post is not None and post.type == "attachment" and post.mime_type.startswith("image/")


def term_id(view: View, viewer: Viewer, taxonomy: Taxonomy, word: str) -> int:
    """The id of the term of an id, a slug or a name; made of the name where there is none."""
    known = term_verbs.get(view, taxonomy.name, int(word)) if is_id(word) else None
    known = known or term_verbs.by_slug(view, taxonomy.name, word) or term_verbs.of_name(view, taxonomy.name, word)
    if known is None:
        makes = taxonomy.capabilities["edit_terms" if taxonomy.hierarchical else "assign_terms"]
        need(may(view, viewer, makes), f"make the term {word}")
        known = term_verbs.find_or_create(view, taxonomy.name, word)
    need(may(view, viewer, "assign_term", known), f"assign the term {known.name}")
    return known.id


def tell(view: View, post: Post, what: str) -> None:
    """Says what a post has become."""
    link = view.lookup.permalink(post)
    say(f"Post {post.id} {what} ({post.status}): {link}", id=post.id, status=post.status, link=link)


# ---- from state to state


def each(context: typer.Context, ids: Sequence[int], user: str, deed: Callable[[View, Viewer, Post], str]) -> None:
    """Does something with some posts: with all of them, or with none where one cannot be."""
    with writing(context, user) as (view, viewer):
        lines = several.each("post", ids, lambda number: deed(view, viewer, existing(view, number)))
    for line in lines:
        say(line, ids=list(dict.fromkeys(ids)))


@group.command("publish")
def publish(context: typer.Context, ids: Annotated[list[int], POSTS], user: Annotated[str, USER] = "") -> None:
    """Publish posts, with the dates that they have; one that is dated ahead waits for its time.

    Example: wirepress post publish 2
    """

    def deed(view: View, viewer: Viewer, post: Post) -> str:
        need(may(view, viewer, "edit_post", post) and may(view, viewer, "publish_post", post), "publish it")
        if post.status == "trash":
            fail(f"it is in the trash; `post restore {post.id}` brings it back", error="in_trash")
        made = publishing.update(view, viewer, post.id, Changes(status="publish"))
        return f"Post {made.id} ({made.status}): {view.lookup.permalink(made)}"

    each(context, ids, user, deed)


@group.command("trash")
def trash_(context: typer.Context, ids: Annotated[list[int], POSTS], user: Annotated[str, USER] = "") -> None:
    """Move posts to the trash, with their comments.

    Example: wirepress post trash 1
    """

    def deed(view: View, viewer: Viewer, post: Post) -> str:
        need(may(view, viewer, "delete_post", post), "delete it")
        return f"Post {trash.trash(view, viewer, post.id).id} is in the trash"

    each(context, ids, user, deed)


@group.command("restore")
def restore(context: typer.Context, ids: Annotated[list[int], POSTS], user: Annotated[str, USER] = "") -> None:
    """Take posts back from the trash, as drafts.

    Example: wirepress post restore 3
    """

    def deed(view: View, viewer: Viewer, post: Post) -> str:
        need(may(view, viewer, "delete_post", post), "restore it")
        made = trash.restore(view, viewer, post.id)
        return f"Post {made.id} is back ({made.status})"

    each(context, ids, user, deed)


@group.command("delete")
def delete(
    context: typer.Context,
    ids: Annotated[list[int], POSTS],
    yes: Annotated[bool, YES] = False,
    user: Annotated[str, USER] = "",
) -> None:
    """Delete posts for good, with their revisions, comments and files; their addresses answer 410.

    Example: wirepress post delete 3 --yes
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        posts = several.each("post", ids, lambda number: existing(view, number))
    titles = [f"{post.id} ({post.title or post.slug})" for post in posts]
    confirm(f"Delete {', '.join(titles[:5])}{' ...' if len(titles) > 5 else ''} for good?", yes=yes)

    def deed(view: View, viewer: Viewer, post: Post) -> str:
        need(may(view, viewer, "delete_post", post), "delete it")
        remove: Callable[[View, int], Any] = library.delete if post.type == "attachment" else trash.delete
        remove(view, post.id)
        return f"Post {post.id} is deleted"

    each(context, ids, user, deed)
