"""Revisions of every post type that keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import Any

from wirepress.content.identity import nonces
from wirepress.content.posts import revisions
from wirepress.content.rendering import rendered
from wirepress.model.post import Post
from wirepress.model.query import Found, PostQuery
from wirepress.model.registry import PostType
from wirepress.store import posts as store
from wirepress.wp import emit, headers
from wirepress.wp.call import Call
from wirepress.wp.common import (
    EXCLUDE,
    INCLUDE,
    OFFSET,
    PAGE,
    SEARCH,
    int_param,
    missing,
    need,
    numbers,
    order_of,
    ordered,
    page_of,
    refuse,
    sorted_by,
    strings,
)
from wirepress.wp.dates import gmt_of, read_in
from wirepress.wp.errors import WireError
from wirepress.wp.resource import (
    ALL,
    EDIT,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Param,
    Resource,
    Rules,
    To,
    boolean,
    integer,
    text,
    uri,
)
from wirepress.wp.resources.posts import fields as f
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.writing import item_of, unwritten

PER_PAGE = Param("per_page", integer("How many revisions a page has at most.", minimum=1, maximum=100), eager=True)
ORDERS = ("date", "id", "include", "relevance", "slug", "include_slugs", "title")
NAMELESS = "nav_menu_item"
"""The type whose autosaves hold no text: what is prepared of a menu entry goes by names that no autosave knows."""
MOST = 1000
"""How many revisions there are in an answer that names no size."""
PARENT = Param("parent", integer("The number of the post that it is a revision of."))
ID = Param("id", integer("The number of the revision."))
FORCE = Param("force", boolean("Has to be true: revisions have no trash.", default=False))


_GUIDS = {"type": "object", "properties": {"rendered": {"type": "string"}, "raw": {"type": "string"}}}


def keeps(kind: PostType) -> bool:
    return "revisions" in kind.supports


def both_guids(post: Post, call: Call) -> dict[str, str]:
    """The identifier as revisions show it where their parent's type shows none: in no context's way."""
    guid = call.site.guid(post)
    return {"rendered": guid, "raw": guid}


def fields_of(own: Resource[Post]) -> tuple[Entry[Post], ...]:
    """What a revision shows: some fields of its own, and the words of its parent's type."""

    def bare(name: str, schema: Any, context: tuple[str, ...], read: Any) -> Field[Post]:
        return Field(name, schema, context, read, readonly=False)

    found: list[Entry[Post]] = [
        bare("author", integer("The id of who wrote it."), ALL, lambda p, _: p.author),
        bare("date", text("When it was made, in the site's time.", format="date-time"), ALL,
             lambda p, c: read_in(c.site, p.date)),
        bare("date_gmt", text("When it was made, in UTC.", format="date-time"), READ,
             lambda p, c: gmt_of(c.site, p.date_gmt, p.date)),
        bare("id", integer("The number of the revision."), ALL, lambda p, _: p.id),
        bare("modified", text("When it was last changed, in the site's time.", format="date-time"), READ,
             lambda p, c: read_in(c.site, p.modified)),
        bare("modified_gmt", text("When it was last changed, in UTC.", format="date-time"), READ,
             lambda p, c: gmt_of(c.site, p.modified_gmt, p.modified)),
        bare("parent", integer("The id of what it is a revision of."), ALL, lambda p, _: p.parent),
        bare("slug", text("Its slug."), ALL, lambda p, _: p.slug),
    ]  # fmt: skip
    if "guid" not in own.by_name:
        found.append(replace(bare("guid", text("Its identifier."), READ, both_guids), answer=_GUIDS))
    found += [own.by_name[name] for name in ("guid", "title", "content", "excerpt", "meta") if name in own.by_name]
    if "meta" not in own.by_name:
        found.append(f.meta_field({}))
    return tuple(found)


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


PREVIEW: Field[Post] = Field("preview_link", uri("Where it can be looked at."), EDIT, preview)


def shown_words(entry: Entry[Post]) -> Entry[Post]:
    """A group as revisions show it: raw and rendered words only, described as the parent's type describes them."""
    if not isinstance(entry, Group) or entry.name == "guid":
        return entry
    parts = tuple(
        part if part.name in {"raw", "rendered"} else replace(part, read=None, readonly=True) for part in entry.parts
    )
    words = tuple(p for p in parts if p.name == "raw") + tuple(p for p in parts if p.name != "raw")
    return replace(entry, parts=words)


def resource_of(kind: PostType, own: Resource[Post], *, autosaves: bool) -> Resource[Post]:
    """The emitting half of a type's revisions or autosaves; their routes are made by `routes_of`."""
    fields = tuple(shown_words(entry) for entry in fields_of(own))
    fields = (*fields, PREVIEW) if autosaves else fields
    there = [entry.name for entry in fields]

    def read(call: Call, _: Post) -> None:
        permission(kind, own, call)

    return Resource(
        name=f"{own.name}-revision",
        route=f"{own.route}/(?P<parent>[\\d]+)/{'autosaves' if autosaves else 'revisions'}",
        fields=fields,
        rules=Rules(None, read),
        find=lambda call: found_one(kind, own, call),
        version_of=None,
        order=tuple(name for name in ORDER if name in there),
        links=(Link("parent", lambda p, c: To(f"{c.api}{own.route}/{p.parent}") if p.parent else None),),
    )


# ---- who may ask


def parent_of(kind: PostType, own: Resource[Post], call: Call) -> Post:
    name = "parent" if "parent" in call.params else "id"
    key = ("parent", own.route, repr(call.params.get(name)))
    if key not in call.memory:
        post = call.view.lookup.post(int_param(call.params, name))
        call.memory[key] = post if post is not None and post.type == kind.name else None
    found: Post | None = call.memory[key]
    if found is None:
        raise missing("rest_post_invalid_parent", "There is no post with this id.")
    return found


def permission(kind: PostType, own: Resource[Post], call: Call) -> None:
    parent = parent_of(kind, own, call)
    need(call, "edit_post", "rest_cannot_read", "You may not see the revisions of this post.", parent)


def deletion_permission(kind: PostType, own: Resource[Post], call: Call) -> None:
    parent = parent_of(kind, own, call)
    need(call, "delete_post", "rest_cannot_delete", "You may not delete this revision.", parent)
    found_one(kind, own, call)
    permission(kind, own, call)
    refuse(call, "rest_cannot_delete", "Revisions cannot be deleted one by one.")


# ---- what is answered


def found_one(kind: PostType, own: Resource[Post], call: Call) -> Post:
    parent = parent_of(kind, own, call)
    post = call.view.lookup.post(int_param(call.params, "id"))
    if post is None or post.type != "revision":
        raise missing("rest_post_invalid_id", "There is no revision with this id.")
    if post.parent != parent.id:
        raise WireError("rest_revision_parent_id_mismatch", "This revision is another post's.", 404)
    return rendered(call.view, post)


def listed(kind: PostType, own: Resource[Post], shown: Resource[Post], call: Call) -> Result:
    parent = parent_of(kind, own, call)
    ids, result = browsed(call, parent, f"{own.route}/{parent.id}/revisions")
    result.docs, result.listed = encoded(shown, call, ids), True
    return result


def browsed(call: Call, parent: Post, address: str) -> tuple[tuple[int, ...], Result]:
    """The ids of the revisions that are asked for, and an answer with the totals and links of their page."""
    params = call.params
    orderby = str(params.get("orderby") or "date")
    if orderby == "relevance" and not params.get("search"):
        raise WireError("rest_no_search_term_defined", "To sort by relevance, something has to be searched for.", 400)
    if orderby == "include" and not params.get("include"):
        raise WireError("rest_orderby_include_missing_include", "To sort by include, it has to be given.", 400)
    size, page, offset = int_param(params, "per_page"), page_of(params), int_param(params, "offset")
    query = PostQuery(
        types=("revision",),
        statuses=("inherit",),
        parents=(parent.id,),
        page=page if size else 1,
        per_page=size or MOST,
        offset=offset or None if size else None,
        orderby=orderby,
        order=order_of(call),
        search=str(params.get("search") or ""),
        include=numbers(params, "include"),
        exclude=numbers(params, "exclude"),
        slugs=strings(params, "slug"),
    )
    query = replace(query, visibility=replace(query.visibility, all_of=("inherit",)))
    if revisions.limit(call.view) == 0:  # autosaves are kept all the same, and listed elsewhere
        found = Found((), 0)
    else:
        found = store.find(call.view.unit, query)
    pages = ceil(found.total / size) if size else min(found.total, 1)
    if offset and 0 < found.total <= offset:
        raise WireError("rest_revision_invalid_offset_number", "There are not that many revisions.", 400)
    if not offset and page > pages and found.total:
        raise WireError("rest_revision_invalid_page_number", "There are not that many pages.", 400)
    result = Result()
    headers.paging(call, result, address, found.total, size or MOST, page)
    result.headers["X-WP-TotalPages"] = pages
    return found.ids, result


def encoded(shown: Resource[Post], call: Call, ids: tuple[int, ...]) -> list[Any]:
    call.view.lookup.prefetch_posts(ids)
    posts = [post for post in map(call.view.lookup.post, ids) if post is not None]
    return [emit.encoded(shown, call, rendered(call.view, post), listed=True) for post in posts]


def revision_shown(shown: Resource[Post], call: Call) -> Result:
    return Result(docs=[emit.encoded(shown, call, item_of(shown, call))])


# ---- routes


def routes_of(kind: PostType, own: Resource[Post]) -> list[Route]:
    """The routes of a type's revisions and autosaves."""
    made: list[Route] = []
    may_read: Callable[[Call], None] = lambda call: permission(kind, own, call)  # noqa: E731 - bound to this type
    if keeps(kind):
        shown = resource_of(kind, own, autosaves=False)
        context = shown.context_param()
        many = (PARENT, context, PAGE, PER_PAGE, SEARCH, EXCLUDE, INCLUDE, OFFSET, ordered("desc"),
                sorted_by("date", ORDERS))  # fmt: skip
        may_delete: Callable[[Call], None] = lambda call: deletion_permission(kind, own, call)  # noqa: E731 - as above
        delete = Endpoint(("DELETE",), unwritten, may_delete, (PARENT, ID, FORCE))
        made += [
            Route(
                shown.route,
                (
                    Endpoint(
                        ("GET",),
                        lambda call: listed(kind, own, shown, call),
                        may_read,
                        many,
                        shows=Shows("page", shown),
                    ),
                ),
                schema=lambda _: shown.schema(),
            ),
            Route(
                f"{shown.route}/(?P<id>[\\d]+)",
                (
                    Endpoint(
                        ("GET",),
                        lambda call: revision_shown(shown, call),
                        may_read,
                        (PARENT, ID, context),
                        shows=Shows("one", shown),
                    ),
                    delete,
                ),
                schema=lambda _: shown.schema(),
            ),
        ]
    return made
