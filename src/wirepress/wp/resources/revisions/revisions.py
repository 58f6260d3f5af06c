"""Revisions of every post type that keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from typing import Any

from wirepress.content.identity import nonces
from wirepress.content.posts import revisions
from wirepress.content.rendering import rendered
from wirepress.model.moment import ZERO
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.model.registry import PostType
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import EXCLUDE, INCLUDE, OFFSET, PAGE, SEARCH, orderby_of, ordered, sorted_by
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Page,
    Param,
    Reader,
    Rules,
    To,
    local_date,
    utc_date,
)
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.fields import wanted
from wirepress.wp.resource import Resource
from wirepress.wp.resources.posts import fields as f
from wirepress.wp.resources.posts.writes import complete
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

PER_PAGE = Param("per_page", s.integer("How many revisions a page has at most.", minimum=1, maximum=100), eager=True)
ORDERS = ("date", "id", "include", "relevance", "slug", "include_slugs", "title")
NAMELESS = "nav_menu_item"
"""The type whose autosaves hold no text: what is prepared of a menu entry goes by names that no autosave knows."""
MOST = 1000
"""How many revisions there are in an answer that names no size."""
PARENT = Param("parent", s.integer("The number of the post that it is a revision of."))
ID = Param("id", s.integer("The number of the revision."))
FORCE = Param("force", s.boolean("Has to be true: revisions have no trash.", default=False))


_GUIDS = {"type": "object", "properties": {"rendered": {"type": "string"}, "raw": {"type": "string"}}}


def keeps(kind: PostType) -> bool:
    return "revisions" in kind.supports


def both_guids(post: Post, call: Call) -> dict[str, str]:
    """The identifier as revisions show it where their parent's type shows none: in no context's way."""
    guid = call.site.guid(post)
    return {"rendered": guid, "raw": guid}


def _bare(name: str, described: Schema, context: tuple[str, ...], read: Any = "") -> Field[Post]:
    return Field(name, described, context, read, readonly=False)


def _unless_undated(name: str, read: Reader[Post]) -> Reader[Post]:
    """A date; None for what has none in UTC, as a draft that an autosave went into."""
    return lambda post, call: None if getattr(post, f"{name}_gmt") == ZERO else read(post, call)


BARE: tuple[Entry[Post], ...] = (
    _bare("author", s.integer("The id of who wrote it."), ALL),
    _bare("date", s.text("When it was made, in the site's time.", format="date-time"), ALL,
          _unless_undated("date", local_date("date"))),
    _bare("date_gmt", s.text("When it was made, in UTC.", format="date-time"), READ,
          _unless_undated("date", utc_date("date"))),
    _bare("id", s.integer("The number of the revision."), ALL),
    _bare("modified", s.text("When it was last changed, in the site's time.", format="date-time"), READ,
          _unless_undated("modified", local_date("modified"))),
    _bare("modified_gmt", s.text("When it was last changed, in UTC.", format="date-time"), READ,
          _unless_undated("modified", utc_date("modified"))),
    _bare("parent", s.integer("The id of what it is a revision of."), ALL),
    _bare("slug", s.text("Its slug."), ALL),
)  # fmt: skip


def fields_of(own: Resource[Post]) -> tuple[Entry[Post], ...]:
    """What a revision shows: some fields of its own, and the words of its parent's type."""
    found: list[Entry[Post]] = [*BARE]
    if "guid" not in own.by_name:
        found.append(replace(_bare("guid", s.text("Its identifier."), READ, both_guids), answer=_GUIDS))
    found += [own.by_name[name] for name in ("guid", "title", "content", "excerpt", "meta") if name in own.by_name]
    found = [_with_protection(entry) for entry in found]
    if "meta" not in own.by_name:
        found.append(f.meta_field({}))
    return tuple(found)


def _with_protection(entry: Entry[Post]) -> Entry[Post]:
    """A title says here that its post has a password; of a draft the autosave is the draft itself."""
    if not isinstance(entry, Group) or entry.name != "title":
        return entry
    parts = (replace(part, read=_title) if part.name == "rendered" else part for part in entry.parts)
    return replace(entry, parts=tuple(parts))


def _title(post: Post, call: Call) -> str:
    shown = f.title(post, call)
    return f"Protected: {shown}".rstrip() if post.is_protected else shown


ORDER = (
    "author", "date", "date_gmt", "guid", "id", "modified", "modified_gmt", "parent", "slug", "title", "content",
    "excerpt", "meta", "preview_link",
)  # fmt: skip


def preview(post: Post, call: Call) -> str:
    """Where an autosave can be looked at before it is published (get_preview_post_link)."""
    parent = call.view.lookup.post(post.parent) if post.type == "revision" else post
    if parent is None:
        return ""
    kind = call.site.type(parent.type)
    if kind is None or not kind.viewable:
        return ""
    address = call.view.lookup.permalink(parent)
    sign = "&" if "?" in address else "?"
    if parent is post:
        return f"{address}{sign}preview=true"
    nonce = nonces.nonce(call.view, call.viewer, f"post_preview_{parent.id}")
    return f"{address}{sign}preview_id={parent.id}&preview_nonce={nonce}&preview=true"


PREVIEW: Field[Post] = Field("preview_link", s.uri("Where it can be looked at."), EDIT, preview)


def shown_words(entry: Entry[Post]) -> Entry[Post]:
    """A group as revisions show it: raw and rendered words only, described as the parent's type describes them."""
    if not isinstance(entry, Group) or entry.name == "guid":
        return entry
    parts = tuple(
        part if part.name in {"raw", "rendered"} else replace(part, read=None, readonly=True) for part in entry.parts
    )
    if entry.name == "excerpt":
        parts = tuple(replace(part, read=_own(part)) if part.name == "rendered" else part for part in parts)
    return replace(entry, parts=tuple(sorted(parts, key=_behind_raw)))


def _own(excerpt: Field[Post]) -> Reader[Post]:
    """An excerpt that somebody wrote: of a revision none is made."""
    read = excerpt.reader()
    return lambda post, call: read(post, call) if post.excerpt and read is not None else ""


def _behind_raw(part: Field[Post]) -> bool:
    return part.name != "raw"


def resource_of(kind: PostType, own: Resource[Post], *, autosaves: bool) -> Resource[Post]:
    """The resource of a type's revisions or autosaves."""
    fields = tuple(shown_words(entry) for entry in fields_of(own))
    fields = (*fields, PREVIEW) if autosaves else fields
    there = [entry.name for entry in fields]
    may_read = partial(permission, kind, own)
    may_delete = partial(deletion_permission, kind, own)
    return Resource(
        name=f"{own.name}-revision",
        route=rf"{own.route}/(?P<parent>[\d]+)/{'autosaves' if autosaves else 'revisions'}",
        fields=fields,
        complete=complete,
        rules=Rules(may_read, lambda call, _: may_read(call), delete=lambda call, _: may_delete(call)),
        asks={"read": may_read, "delete": may_delete},
        find=partial(found_one, kind, own),
        page=partial(browsed, kind, own),
        parents=(PARENT,),
        at=lambda call: f"{own.route}/{parent_of(kind, own, call).id}/revisions",
        key_schema=s.integer("The number of the revision."),
        version_of=None,
        params=(PAGE, PER_PAGE, SEARCH, EXCLUDE, INCLUDE, OFFSET, ordered("desc"), sorted_by("date", ORDERS)),
        delete_params=(FORCE,),
        order=tuple(name for name in ORDER if name in there),
        links=(Link("parent", partial(parent_link, own)),),
    )


# ---- who may ask


class Parents(dict[tuple[str, str], Post | None]):
    """The posts whose revisions a call asks for, by route and id."""


def parent_of(kind: PostType, own: Resource[Post], call: Call) -> Post:
    """The post whose revisions are asked for.  Raises where there is none of the type."""
    name = "parent" if "parent" in call.params else "id"
    parents = call.fetched.of(Parents)
    key = (own.route, repr(call.params.get(name)))
    if key not in parents:
        post = call.view.lookup.post(call.integer(name))
        parents[key] = post if post is not None and post.type == kind.name else None
    found = parents[key]
    if found is None:
        raise missing("rest_post_invalid_parent", "There is no post with this id.")
    return found


def parent_link(own: Resource[Post], post: Post, call: Call) -> To | None:
    """The link to what a revision is one of, where that is shown."""
    if not post.parent or not wanted("parent", call.fields):
        return None
    return To(f"{call.api}{own.route}/{post.parent}")


def permission(kind: PostType, own: Resource[Post], call: Call) -> None:
    parent = parent_of(kind, own, call)
    call.need("edit_post", "rest_cannot_read", "You may not see the revisions of this post.", parent)


def deletion_permission(kind: PostType, own: Resource[Post], call: Call) -> None:
    parent = parent_of(kind, own, call)
    call.need("delete_post", "rest_cannot_delete", "You may not delete this revision.", parent)
    found_one(kind, own, call)
    permission(kind, own, call)
    call.refuse("rest_cannot_delete", "Revisions cannot be deleted one by one.")


# ---- what is answered


def found_one(kind: PostType, own: Resource[Post], call: Call) -> Post:
    """The revision of a call.  Raises where there is none, or where it is another post's."""
    parent = parent_of(kind, own, call)
    post = call.view.lookup.post(call.integer("id"))
    if post is None or post.type != "revision":
        raise missing("rest_post_invalid_id", "There is no revision with this id.")
    if post.parent != parent.id:
        raise WireError("rest_revision_parent_id_mismatch", "This revision is another post's.", 404)
    return rendered(call.view, post)


def browsed(kind: PostType, own: Resource[Post], call: Call) -> Page[Post]:
    """The revisions of a post that are asked for."""
    ids, total = found_of(call, parent_of(kind, own, call))
    return Page([] if call.head else shown_posts(call, ids), total, call.integer("per_page") or max(total, 1))


def found_of(call: Call, parent: Post) -> tuple[tuple[int, ...], int]:
    """The ids of the revisions of a post that are asked for, and how many there are in all.

    Raises where the page begins behind the last one, and as `orderby_of` does.
    """
    params = call.params
    orderby = orderby_of(call)
    size, page, offset = call.integer("per_page"), call.page, call.integer("offset")
    query = PostQuery(
        types=("revision",),
        statuses=("inherit",),
        visibility=Visibility(all_of=("inherit",)),
        parents=(parent.id,),
        page=page if size else 1,
        per_page=size or MOST,
        offset=offset or None if size else None,
        orderby=orderby,
        order=call.order,
        search=str(params.get("search") or ""),
        include=call.ids("include"),
        exclude=call.ids("exclude"),
        slugs=call.strings("slug"),
    )
    found = revisions.browse(call.view, query)
    pages = ceil(found.total / size) if size else min(found.total, 1)
    if offset and 0 < found.total <= offset:
        raise WireError("rest_revision_invalid_offset_number", "There are not that many revisions.", 400)
    if not offset and page > pages and found.total:
        raise WireError("rest_revision_invalid_page_number", "There are not that many pages.", 400)
    return found.ids, found.total


def shown_posts(call: Call, ids: Sequence[int]) -> list[Post]:
    """Revisions with their renderings."""
    call.view.lookup.prefetch_posts(ids)
    posts = [post for post in map(call.view.lookup.post, ids) if post is not None]
    return [rendered(call.view, post) for post in posts]


# ---- routes


def routes(catalog: Catalog) -> list[Route]:
    """The revisions of every type that keeps them."""
    made: list[Route] = []
    for name, own in catalog.posts.items():
        if keeps(kind := catalog.registry.types[name]):
            made += routes_of(catalog.documents, resource_of(kind, own, autosaves=False))
    return made
