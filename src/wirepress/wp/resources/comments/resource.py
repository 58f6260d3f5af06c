"""Comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wirepress.content.comments import reading, writing
from wirepress.content.identity.permissions import readable
from wirepress.content.posts.reading import unlocked
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, Found
from wirepress.render.comments import comment_text
from wirepress.render.slugs import key
from wirepress.render.typography import signs_for
from wirepress.wp import avatars
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import EXCLUDE, IDS, INCLUDE, OFFSET, PAGING, dated, ordered, sorted_by
from wirepress.wp.dates import gmt_of, read_in
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Param,
    Rules,
    Target,
    To,
    Write,
    by_verb,
)
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.meta import sent
from wirepress.wp.resource import Resource
from wirepress.wp.resources.comments.writes import (
    NOTE,
    VERBS,
    as_sent,
    dates,
    dates_gmt,
    delete_rule,
    line,
    note_status,
    positive,
    read_email,
    text_sent,
    update_rule,
)
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

ROUTE = "/wp/v2/comments"
ANONYMOUS = "rest_allow_anonymous_comments"
"""The option that lets strangers comment over the API: WordPress has a filter of this name."""
EMBEDDABLE = {"embeddable": True}
STATUSES = {"1": "approved", "0": "hold", "approve": "approved", "hold": "hold"}
APPROVED = {"approve": ("1",), "1": ("1",), "hold": ("0",), "0": ("0",), "all": ("0", "1"), "any": None, "": ("0", "1")}
AVATARS: Schema = {
    "type": "object",
    "description": "Pictures of who wrote it; false for what no person wrote.",
    "properties": {str(size): {"type": ["string", "boolean"]} for size in avatars.SIZES},
}


def link(comment: Comment, call: Call) -> str:
    """The comment's place on its post's page (get_comment_link)."""
    post = call.view.lookup.post(comment.post) if comment.post else None
    return f"{call.view.lookup.permalink(post)}#comment-{comment.id}" if post else f"#comment-{comment.id}"


def rendered(comment: Comment, call: Call) -> str:
    images = "/wp-includes/images/smilies/" if call.site.flag("use_smilies") else None
    return comment_text(comment.content, host=call.site.host, smiley_images=images, signs=signs_for(call.view.lookup))


def avatar(comment: Comment, call: Call) -> Any:
    """The pictures of the author; what no person wrote has none."""
    if comment.type not in {"", "comment", "note"}:
        return dict.fromkeys(map(str, avatars.SIZES), False)
    user = call.view.lookup.user(comment.user) if comment.user else None
    return avatars.of_email(call.site, user.email if user else comment.author_email)


FIELDS: tuple[Entry[Comment], ...] = (
    Field("id", s.integer("The number of the comment."), ALL),
    Field("post", s.integer("The id of the post that it is about."), READ, write=Write(convert=positive),
          tail={"default": 0}),
    Field("parent", s.integer("The id of the comment that it answers."), ALL, write=Write(), tail={"default": 0}),
    Field("author", s.integer("The id of the user who wrote it."), ALL, "user", write=Write("user")),
    Field("author_name", s.text("The name of who wrote it."), ALL,
          write=Write(clean=line)),
    Field("author_email", s.text("The e-mail address of who wrote it.", format="email"), EDIT,
          write=Write(clean=read_email, eager=False)),
    Field("author_url", s.uri("The site of who wrote it."), ALL, write=Write()),
    Field("author_ip", s.text("The address that it was sent from.", format="ip"), EDIT,
          write=Write(convert=by_verb)),
    Field("author_user_agent", s.text("The program that it was sent with."), EDIT, "agent",
          write=Write("agent", clean=line)),
    Field("date", s.text("When it was written, in the site's time.", format="date-time"), ALL,
          lambda c, call: read_in(call.site, c.date), write=Write(convert=dates)),
    Field("date_gmt", s.text("When it was written, in UTC.", format="date-time"), READ,
          lambda c, call: gmt_of(call.site, c.date_gmt, c.date), write=Write(convert=dates_gmt)),
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
    post = call.view.lookup.post(comment.post) if comment.post else None
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
    href = call.href(ROUTE, f"parent={comment.id}")
    return To(href, EMBEDDABLE, Target("comments under comment", comment.id))


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
          clean=lambda _, value: str(value).strip()),
    Param("type", {"default": "comment", "description": "Only what has this type.", "type": "string"},
          clean=lambda _, value: str(value).strip()),
    Param("password", s.text("The password of a protected post.")),
)  # fmt: skip
PASSWORD = Param("password", s.text("The password of the post, where it is protected."))
FORCE = Param("force", s.boolean("Whether to delete it for good instead of moving it to the trash.", default=False))


# ---- rules


def open_to(call: Call, post: Post) -> bool:
    """Whether the caller may read the comments of a post (check_read_post_permission)."""
    if not unlocked(post, call.password) and not call.may("edit_post", post):
        return False
    return readable(call.view, call.viewer, post)


def browse_rule(call: Call) -> None:
    moderates = call.may("moderate_comments")
    asked = call.integers("post")
    call.view.lookup.prefetch_posts(asked)
    for post_id in asked:
        post = call.view.lookup.post(post_id) if post_id else None
        if post_id and post is not None and not open_to(call, post):
            call.refuse("rest_cannot_read_post", "You may not read the post of this comment.")
        elif not post_id and not moderates:
            call.refuse("rest_cannot_read", "You may not read comments without a post.")
    if call.editing and not moderates:
        call.refuse("rest_forbidden_context", "You may not edit comments.")
    if not call.may("edit_posts"):
        given = call.params
        barred = [name for name in ("author", "author_exclude", "author_email") if given.get(name) is not None]
        barred += [name for name, open_to in (("type", "comment"), ("status", "approve")) if given.get(name) != open_to]
        if barred:
            call.refuse("rest_forbidden_param", f"You may not use: {', '.join(barred)}")


def read_rule(call: Call, comment: Comment) -> None:
    if call.editing:
        call.need("moderate_comments", "rest_forbidden_context", "You may not edit comments.")
    if not reading.readable(call.view, call.viewer, comment, call.password):
        call.refuse("rest_cannot_read", "You may not read this comment.")
    post = call.view.lookup.post(comment.post) if comment.post else None
    if post is not None and not open_to(call, post):
        call.refuse("rest_cannot_read_post", "You may not read the post of this comment.")


def create_rule(call: Call) -> None:
    note = call.params.get("type") == "note"
    welcome = call.site.flag(ANONYMOUS) and not call.site.flag("comment_registration")
    if not call.logged_in and (note or not welcome):
        raise WireError("rest_comment_login_required", "You have to be logged in to comment.", 401)
    moderates = call.may("moderate_comments")
    post_id = call.integer("post")
    post = call.view.lookup.post(post_id)
    if not moderates:
        author = call.params.get("author")
        if author is not None and call.integer("author") != call.viewer.id:
            call.refuse("rest_comment_invalid_author", "You may not comment as somebody else.")
        if call.params.get("author_ip") and call.params["author_ip"] != call.request.remote:
            call.refuse("rest_comment_invalid_author_ip", "You may not say where a comment comes from.")
    edits = post is not None and note and call.may("edit_post", post)
    if note and post_id and not edits:
        call.refuse("rest_cannot_create_note", "You may not leave notes here.")
    if "status" in call.params and not (edits if note else moderates):
        call.refuse("rest_comment_invalid_status", "You may not set a comment's status.")
    if post is None:
        raise WireError("rest_comment_invalid_post_id", "There is no such post to comment on.", 403)
    _may_comment(call, post, note=note)


def takes_notes(call: Call, post: Post) -> bool:
    """Whether posts of this type can have notes of their editors (check_post_type_supports_notes)."""
    kind = call.site.type(post.type)
    editor = kind.supports.get("editor") if kind else None
    return isinstance(editor, list | tuple) and any(isinstance(word, Mapping) and word.get("notes") for word in editor)


def _may_comment(call: Call, post: Post, *, note: bool) -> None:
    if note and not takes_notes(call, post):
        raise WireError("rest_comment_not_supported_post_type", "Posts of this type have no notes.", 403)
    if post.status == "draft" and not note:
        raise WireError("rest_comment_draft_post", "A draft cannot be commented on.", 403)
    if post.status == "trash":
        raise WireError("rest_comment_trash_post", "What is in the trash cannot be commented on.", 403)
    if not open_to(call, post):
        call.refuse("rest_cannot_read_post", "You may not read the post of this comment.")
    if not note and not writing.open_for_comments(call.view, post):
        raise WireError("rest_comment_closed", "The comments are closed.", 403)


RULES: Rules[Comment] = Rules(
    browse_rule,
    read_rule,
    create_rule,
    update_rule,
    delete_rule,
)


# ---- verbs


def find(call: Call) -> Comment:
    comment_id = call.integer("id")
    comment = reading.get(call.view, comment_id) if comment_id > 0 else None
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
        offset=call.offset,
        orderby=str(params.get("orderby") or "date_gmt"),
        order=call.order,
        search=str(params.get("search") or ""),
        search_open=call.site.hardened and not call.viewer.can("moderate_comments"),
        after=call.stamp("after"),
        before=call.stamp("before"),
        authors=call.integers("author"),
        authors_not=call.integers("author_exclude"),
        author_email=str(email) if email else None,
        include=call.integers("include"),
        exclude=call.integers("exclude"),
        parents=call.integers("parent"),
        parents_not=call.integers("parent_exclude"),
        posts=call.integers("post"),
        approved=APPROVED.get(status, (status,)),
        types=() if kind in {"all", ""} else (kind,),
        types_not=() if kind == "note" else ("note",),
    )


def browse(call: Call) -> Found:
    query = query_of(call)
    found = reading.browse(call.view, query)
    # WordPress finds nothing when it is told to sort by an order that is not given, and counts all the same.
    return replace(found, rows=()) if query.orderby == "include" and not query.include else found


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
