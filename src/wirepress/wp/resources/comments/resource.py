"""Comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wirepress.content.comments import reading
from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery, Found
from wirepress.render.slugs import key
from wirepress.wp import avatars
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.cleaning import as_sent, plain_text
from wirepress.wp.collection import EXCLUDE, FORCE, IDS, INCLUDE, OFFSET, PAGING, dated, ordered, sorted_by
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    EMBEDDABLE,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Param,
    Target,
    To,
    Write,
    by_verb,
    local_date,
    utc_date,
)
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.meta import sent
from wirepress.wp.resource import Resource
from wirepress.wp.resources.comments.rules import RULES
from wirepress.wp.resources.comments.writes import (
    NOTE,
    VERBS,
    dates,
    dates_gmt,
    note_status,
    positive,
    read_email,
    shown,
    text_sent,
)
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

ROUTE = "/wp/v2/comments"
STATUSES = {"1": "approved", "0": "hold", "approve": "approved", "hold": "hold"}
APPROVED = {"approve": ("1",), "1": ("1",), "hold": ("0",), "0": ("0",), "all": ("0", "1"), "any": None, "": ("0", "1")}
AVATARS: Schema = {
    "type": "object",
    "description": "Pictures of who wrote it; false for what no person wrote.",
    "properties": {str(size): {"type": ["string", "boolean"]} for size in avatars.SIZES},
}


def link(comment: Comment, call: Call) -> str:
    """The comment's place on its post's page (get_comment_link)."""
    return call.view.lookup.comment_link(comment, call.viewer.id)


def paged_for(call: Call, _: Comment) -> int:
    """For whom a comment's link is made: where comments are cut into pages, one's own that wait count on them."""
    return call.viewer.id if call.site.flag("page_comments") else 0


def rendered(comment: Comment, call: Call) -> str:
    return shown(comment.content, call)


def avatar(comment: Comment, call: Call) -> Any:
    """The pictures of the author; what no person wrote has none."""
    if comment.type not in {"", "comment", "note"}:
        return dict.fromkeys(map(str, avatars.SIZES), False)
    user = None
    if comment.user:
        user = call.view.lookup.user(comment.user)
    return avatars.of_email(call.site, user.email if user else comment.author_email)


FIELDS: tuple[Entry[Comment], ...] = (
    Field("id", s.integer("The number of the comment."), ALL),
    Field("post", s.integer("The id of the post that it is about."), READ, write=Write(convert=positive),
          tail={"default": 0}),
    Field("parent", s.integer("The id of the comment that it answers."), ALL, write=Write(), tail={"default": 0}),
    Field("author", s.integer("The id of the user who wrote it."), ALL, "user", write=Write("user")),
    Field("author_name", s.text("The name of who wrote it."), ALL,
          write=Write(clean=plain_text)),
    Field("author_email", s.text("The e-mail address of who wrote it.", format="email"), EDIT,
          write=Write(clean=read_email, eager=False)),
    Field("author_url", s.uri("The site of who wrote it."), ALL, write=Write()),
    Field("author_ip", s.text("The address that it was sent from.", format="ip"), EDIT,
          write=Write(convert=by_verb)),
    Field("author_user_agent", s.text("The program that it was sent with."), EDIT, "agent",
          write=Write("agent", clean=plain_text)),
    Field("date", s.text("When it was written, in the site's time.", format="date-time"), ALL,
          local_date("date"), write=Write(convert=dates)),
    Field("date_gmt", s.text("When it was written, in UTC.", format="date-time"), READ,
          utc_date("date"), write=Write(convert=dates_gmt)),
    Group("content", s.mapping("What it says."), ALL,
          (Field("rendered", s.text("As it is shown."), ALL, rendered),
           Field("raw", s.text("As it was written."), EDIT, "content", write=Write("content"))),
          write=Write(convert=text_sent, clean=as_sent, eager=False), order=("raw", "rendered")),
    Field("link", s.uri("Its place on the post's page."), ALL, link),
    Field("status", s.text("Whether it is approved."), READ, lambda c, _: STATUSES.get(c.approved, c.approved),
          write=Write(convert=by_verb, clean=lambda _, value: key(value))),
    Field("type", s.text("Its type."), ALL, lambda c, _: c.type or "comment", tail={"default": "comment"}),
    Field("author_avatar_urls", s.mapping("Pictures of who wrote it."), ALL, avatar,
          tail={"properties": avatars.described(("embed", "view", "edit"))},
          answer=AVATARS, when=avatars.shown),
    Field("meta", s.mapping("Registered meta."), READ,
          lambda c, _: {"_wp_note_status": (c.meta.get("_wp_note_status") or [None])[0]},
          write=Write("note_status", note_status, clean=sent, eager=False), tail={"properties": NOTE},
          answer={"type": "object", "properties": {"_wp_note_status": {"type": ["string", "null"]}}}),
)  # fmt: skip

ORDER = (
    "id", "author", "author_email", "author_ip", "author_name", "author_url", "author_user_agent", "content", "date",
    "date_gmt", "link", "parent", "post", "status", "type", "author_avatar_urls", "meta",
)  # fmt: skip


# ---- links


def _author(comment: Comment, call: Call) -> To | None:
    if not comment.user:
        return None
    return To(f"{call.api}/wp/v2/users/{comment.user}", EMBEDDABLE, Target("user", (comment.user, False)))


def _up(comment: Comment, call: Call) -> To | None:
    post = None
    if comment.post:
        post = call.view.lookup.post(comment.post)
    kind = call.site.type(post.type) if post else None
    if post is None or kind is None:
        return None
    more = {**EMBEDDABLE, "post_type": post.type}
    return To(f"{call.api}/{kind.rest_namespace}/{kind.rest_base}/{post.id}", more, Target("post", post.id))


def _answered(comment: Comment, call: Call) -> To | None:
    if not comment.parent:
        return None
    return To(f"{call.api}{ROUTE}/{comment.parent}", EMBEDDABLE, Target("comment", comment.parent))


class Replies(dict[int, bool]):
    """Whether comments have replies, by the comments' ids."""


def fetch_replies(call: Call, ids: Sequence[int]) -> None:
    """Fetches at once which replies comments have."""
    known = call.fetched.of(Replies)
    if missing_ids := [comment_id for comment_id in ids if comment_id not in known]:
        found = reading.replies(call.view, missing_ids)
        known.update({comment_id: comment_id in found for comment_id in missing_ids})


def _children(comment: Comment, call: Call) -> To | None:
    fetch_replies(call, (comment.id,))
    if not call.fetched.of(Replies)[comment.id]:
        return None
    is_note = comment.type == "note"
    href = call.href(ROUTE, f"parent={comment.id}" + ("&type=note&status=all" if is_note else ""))
    return To(href, EMBEDDABLE, Target("comments under comment", (comment.id, is_note)))


LINKS: tuple[Link[Comment], ...] = (
    Link("self", f"{ROUTE}/{{id}}", hints=True),
    Link("collection", ROUTE),
    Link("author", _author),
    Link("up", _up),
    Link("in-reply-to", _answered),
    Link("children", _children),
)

PARAMS = (
    *PAGING,
    dated("after", "Only what was written after this date."),
    Param("author", s.array("Only what these users wrote.", IDS)),
    Param("author_exclude", s.array("Nothing that these users wrote.", IDS)),
    Param("author_email", {"default": None, "description": "Only what came from this address.", "format": "email",
                           "type": "string"}),
    dated("before", "Only what was written before this date."),
    EXCLUDE,
    INCLUDE,
    OFFSET,
    ordered("desc"),
    sorted_by("date_gmt", ("date", "date_gmt", "id", "include", "post", "parent", "type")),
    Param("parent", {"default": [], "description": "Only answers to these.", "type": "array", "items": IDS}),
    Param("parent_exclude", {"default": [], "description": "No answers to these.", "type": "array", "items": IDS}),
    Param("post", {"default": [], "description": "Only what is about these posts.", "type": "array", "items": IDS}),
    Param("status", {"default": "approve", "description": "Only what has this status.", "type": "string"},
          eager=True, clean=lambda _, value: key(str(value))),
    Param("type", {"default": "comment", "description": "Only what has this type.", "type": "string"},
          eager=True, clean=lambda _, value: key(str(value))),
    Param("password", s.text("The password of a protected post.")),
)  # fmt: skip
PASSWORD = Param("password", s.text("The password of the post, where it is protected."))


# ---- verbs


def find(call: Call) -> Comment:
    """The comment of a call.  Raises where there is none, or its post is gone."""
    comment_id = call.integer("id")
    comment = None
    if comment_id > 0:
        comment = reading.get(call.view, comment_id)
    if comment is not None and comment.post and call.view.lookup.post(comment.post) is None:
        raise missing("rest_post_invalid_id", "The comment's post is gone.")
    if comment is None:
        raise missing("rest_comment_invalid_id", "There is no comment with this id.")
    return comment


def query_of(call: Call) -> CommentQuery:
    params = call.params
    status, kind = str(params.get("status") or ""), str(params.get("type") or "")
    email = params.get("author_email")
    return CommentQuery(
        page=call.page,
        per_page=call.per_page,
        offset=call.offset or None,
        orderby=str(params.get("orderby") or "date_gmt"),
        order=call.order,
        search=str(params.get("search") or ""),
        search_open=call.site.hardened and not call.viewer.can("moderate_comments"),
        after=call.stamp("after"),
        before=call.stamp("before"),
        authors=call.ids("author"),
        authors_not=call.ids("author_exclude"),
        author_email=str(email) if email else None,
        include=call.ids("include"),
        exclude=call.ids("exclude"),
        parents=call.ids("parent"),
        parents_not=call.ids("parent_exclude"),
        posts=call.ids("post"),
        approved=APPROVED.get(status, (status,)),
        types=() if kind in {"all", ""} else (kind,),
        types_not=() if kind == "note" else ("note",),
    )


def browse(call: Call) -> Found:
    query = query_of(call)
    found = reading.browse(call.view, query)
    # WordPress finds nothing when it is told to sort by an order that is not given, and counts all the same.
    if query.orderby == "include" and not query.include:
        return replace(found, rows=())
    return found


def items(call: Call, ids: Sequence[int]) -> list[Comment]:
    found = reading.items(call.view, call.viewer, ids, call.password)
    prepare(call, found)
    return found


def prepare(call: Call, found: Sequence[Comment]) -> None:
    """Fetches at once what the comments' fields and links ask for."""
    if not found:
        return
    call.view.lookup.prefetch_users(comment.user for comment in found)
    fetch_replies(call, [comment.id for comment in found])


COMMENTS: Resource[Comment] = Resource(
    name="comment",
    route=ROUTE,
    fields=FIELDS,
    rules=RULES,
    find=find,
    browse=browse,
    items=items,
    # A comment shows its post's address and whether it was answered: it is encoded anew in each epoch.
    depends_on="epoch",
    facets=paged_for,
    params=PARAMS,
    item_params=(PASSWORD,),
    delete_params=(FORCE, PASSWORD),
    links=LINKS,
    order=ORDER,
    exact_fields=True,
    key_schema=s.integer("The number of the comment."),
    verbs=VERBS,
)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, COMMENTS)
