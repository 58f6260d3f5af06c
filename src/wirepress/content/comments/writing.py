"""Writing comments: say, change, approve, put away (wp_insert_comment, wp_update_comment, wp_set_comment_status)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wirepress.content import notices
from wirepress.content.comments.moderation import PINGS, first_status, held_back
from wirepress.content.comments.traps import Caught
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.content.posts.cleaning import balances
from wirepress.content.terms import clean_name
from wirepress.model.comment import Comment
from wirepress.model.errors import Invalid, NotFound
from wirepress.model.moment import Stamp, utc
from wirepress.model.post import Post
from wirepress.render.balance import balance
from wirepress.render.comments import comment_text
from wirepress.render.entities import repair_invalid_entities
from wirepress.render.links import with_rel
from wirepress.render.saving import kses_plain, saved_comment
from wirepress.render.strip import strip_all_tags
from wirepress.render.urls import clean_raw_url
from wirepress.render.values import clean_email
from wirepress.store import comments as store

LONGEST: Mapping[str, int] = {"author_name": 245, "author_email": 100, "author_url": 200, "content": 65_525}
"""How many bytes each text may have (wp_get_comment_fields_max_lengths)."""
LONGEST_AGENT = 255
_NOTHING = frozenset(("", "0"))
"""The texts that are nothing to PHP."""
COLUMNS: Mapping[str, str] = {"author_name": "comment_author", "author_email": "comment_author_email",
                              "author_url": "comment_author_url", "content": "comment_content"}  # fmt: skip
_STATES = {"approved": "1", "approve": "1", "1": "1", "hold": "0", "0": "0", "spam": "spam", "trash": "trash"}
_RESTORED = ("unspam", "untrash")
_STATUS, _TIME = "_wp_trash_meta_status", "_wp_trash_meta_time"
NOTE_STATUS = "_wp_note_status"
RESOLUTIONS = ("resolved", "reopen")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentChanges:
    """What a write gives to a comment; None leaves a field as it is, or at its default in a new one.  `note_status`
    is what the write is going to `resolve` a note with: with it a note may be empty."""

    post: int | None = None
    parent: int | None = None
    user: int | None = None
    author_name: str | None = None
    author_email: str | None = None
    author_url: str | None = None
    author_ip: str | None = None
    agent: str | None = None
    date: Stamp | None = None
    date_gmt: Stamp | None = None
    content: str | None = None
    type: str | None = None
    note_status: str | None = None

    def given(self) -> dict[str, Any]:
        """The fields of a comment that are given."""
        named = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "note_status"}
        return {name: value for name, value in named.items() if value is not None}


def open_for_comments(view: View, post: Post) -> bool:
    """Whether a post takes comments (comments_open): old articles may be closed by the site's options."""
    return _is_open(view, post, post.comment_status)


def open_for_pings(view: View, post: Post) -> bool:
    """Whether a post takes pingbacks (pings_open), as `open_for_comments`."""
    return _is_open(view, post, post.ping_status)


def closing_of(view: View, post: Post) -> datetime | None:
    """When an open post takes comments no longer, since it is old then; None where nothing closes it by itself."""
    days = view.site.number("close_comments_days_old")
    made = utc(post.date_gmt)
    if post.type != "post" or not view.site.flag("close_comments_for_old_posts") or not days or made is None:
        return None
    return made + timedelta(days=days)


def _is_open(view: View, post: Post, status: str) -> bool:
    if status != "open":
        return False
    closing = closing_of(view, post)
    return closing is None or view.now() <= closing


def create(
    view: View,
    viewer: Viewer,
    changes: CommentChanges,
    *,
    status: str = "",
    caught: Caught = Caught.NOT,
    filtered: bool = False,
) -> Comment:
    """Takes a comment.  Who may is asked before; here it is decided what becomes of it, unless a `status` is given.

    What was `caught` in a trap is shown to nobody before a person has looked at it, and told to nobody.  `filtered`:
    its HTML is filtered whoever writes it.

    Raises Invalid for one that says nothing, that lacks its author or is too long, NotFound without a post to it, and
    as `moderation.first_status` does.
    """
    date, date_gmt = view.stamps()
    blank = Comment(0, 0, date=date, date_gmt=date_gmt)
    comment = _credited(viewer, replace(blank, **_named(view, changes)))
    resolves = comment.type == "note" and changes.note_status in RESOLUTIONS
    if not comment.content and not resolves:
        raise Invalid("comment_content_invalid", "A comment has to say something.")
    is_signed = comment.type not in PINGS
    if is_signed and view.site.flag("require_name_email") and _NOTHING & {comment.author_name, comment.author_email}:
        message = "A comment needs the name and the e-mail address of its author."
        raise Invalid("comment_author_data_required", message)
    _bounded(comment)
    post = view.lookup.post(comment.post)
    if post is None:
        raise NotFound("comment_invalid_post_id", "There is no such post to comment on.")
    approved = "1" if comment.type == "note" else held_back(first_status(view, viewer, comment, post), caught)
    is_plain = filtered or not viewer.can("unfiltered_html")
    kept = _filtered(view, replace(comment, approved=approved), plain=is_plain)
    if len(kept.agent) > LONGEST_AGENT:
        raise Invalid("comment_failed_create", "The comment cannot be kept.")
    made = _stated(view, _existing(view, store.insert(view.unit, kept)), status)
    if caught is Caught.NOT:
        notices.comment_created(view, viewer, made, post)
    return made


def filter_ahead(view: View, viewer: Viewer, text: str) -> str:
    """A text as a comment of the viewer would keep it; what that takes is done here, so that a write finds it done."""
    comment_text(text, host=view.site.host)  # `moderation` asks for it
    if viewer.can("unfiltered_html"):
        return with_rel(repair_invalid_entities(text), host=view.site.host)
    return saved_comment(text, host=view.site.host)


def update(view: View, viewer: Viewer, comment: Comment, changes: CommentChanges) -> Comment:
    """Changes a comment (wp_update_comment); its text passes the filters of the stricter of writer and author.

    Raises NotFound when there is no post of a given id, Invalid for a text that is empty or too long.
    """
    given = _named(view, changes)
    if given.get("post") and view.lookup.post(given["post"]) is None:
        raise NotFound("comment_invalid_post_id", "There is no such post to comment on.")
    if given.get("content") == "":
        raise Invalid("comment_content_invalid", "A comment has to say something.")
    _bounded(replace(Comment(0, 0), **given))
    changed = replace(comment, **given)
    author = viewer_of(view.site, view.lookup.user(comment.user))
    free = viewer.can("unfiltered_html") and author.can("unfiltered_html")
    kept = _filtered(view, changed, plain=not free)
    kept = replace(kept, date_gmt=view.site.to_gmt(kept.date))
    if len(kept.agent) > LONGEST_AGENT:
        raise Invalid("comment_failed_edit", "The comment cannot be kept.")
    values = {f.name: getattr(kept, f.name) for f in fields(Comment) if f.name not in ("id", "version", "approved")}
    store.update(view.unit, comment.id, **values)
    return _existing(view, comment.id)


def set_status(view: View, viewer: Viewer, comment: Comment, status: str) -> Comment:
    """Approves a comment, holds it back or puts it away; a word that is no status changes nothing."""
    after = _stated(view, comment, status)
    if after.approved == "1" != comment.approved and (post := view.lookup.post(after.post)) is not None:
        notices.approved(view, viewer, after, post)
    return after


def _stated(view: View, comment: Comment, status: str) -> Comment:
    if status in _RESTORED:
        return _restored(view, comment)
    if (wanted := _STATES.get(status)) is None or wanted == comment.approved:
        return comment
    if wanted == "trash":
        return trash(view, comment)
    if wanted == "spam":
        return _noted(view, comment, wanted)
    return _moved(view, comment, wanted, comment.meta)


def resolve(view: View, comment: Comment, resolution: str | None) -> Comment:
    """Notes that a note is resolved or open again, None takes that away (the meta `_wp_note_status`)."""
    meta = {key: values for key, values in comment.meta.items() if key != NOTE_STATUS}
    if resolution is not None:
        meta[NOTE_STATUS] = [resolution]
    store.update(view.unit, comment.id, meta=meta)
    return _existing(view, comment.id)


def trash(view: View, comment: Comment) -> Comment:
    """Moves a comment to the trash; a note takes its answers along (wp_trash_comment)."""
    if comment.type == "note" and not comment.parent:
        for child in store.children(view.unit, (comment.id,)).get(comment.id, ()):
            _noted(view, _existing(view, child), "trash")
    return _noted(view, comment, "trash")


def delete(view: View, comment: Comment) -> None:
    """Removes a comment for good; the answers to it move up."""
    store.delete(view.unit, comment.id)


def _noted(view: View, comment: Comment, state: str) -> Comment:
    """Puts a comment away, with a note of what it was."""
    seconds = int(view.now().astimezone(UTC).timestamp())
    meta = {**comment.meta, _STATUS: [comment.approved], _TIME: [str(seconds)]}
    return _moved(view, comment, state, meta)


def _restored(view: View, comment: Comment) -> Comment:
    state = str((comment.meta.get(_STATUS) or ["0"])[0]) or "0"
    return _moved(view, comment, state, {k: v for k, v in comment.meta.items() if k not in (_STATUS, _TIME)})


def _moved(view: View, comment: Comment, state: str, meta: Mapping[str, Any]) -> Comment:
    store.update(view.unit, comment.id, approved=state, meta=meta)
    return _existing(view, comment.id)


def _existing(view: View, comment_id: int) -> Comment:
    comment = store.get(view.unit, comment_id)
    if comment is None:
        raise NotFound("comment_invalid_id", "There is no comment with this id.")
    return comment


def _named(view: View, changes: CommentChanges) -> dict[str, Any]:
    """What is given, with the names of the user who is; those that are given besides are kept."""
    given = changes.given()
    if "user" not in given:
        return given
    user = view.lookup.user(given["user"])
    if user is None:
        raise Invalid("comment_author_invalid", "There is no such user.")
    return {"author_name": user.name, "author_email": user.email, "author_url": user.url, **given}


def _credited(viewer: Viewer, comment: Comment) -> Comment:
    """A new comment with its author: who is named, or, where nobody is, whoever sends it."""
    named = {comment.author_name, comment.author_email, comment.author_url} - _NOTHING
    if viewer.user is None or comment.user or named:
        return comment
    user = viewer.user
    return replace(comment, user=user.id, author_name=user.name, author_email=user.email, author_url=user.url)


def _bounded(comment: Comment) -> None:
    for name, most in LONGEST.items():
        if len(getattr(comment, name).encode("utf-8", "replace")) > most:
            raise Invalid(f"{COLUMNS[name]}_column_length", "A text of the comment is too long.")


def kept_url(url: str) -> str:
    """The address of an author as it is kept (the `pre_comment_author_url` filters): `&` as an entity; "" for none."""
    return kses_plain(clean_raw_url(strip_all_tags(url)))


def _filtered(view: View, comment: Comment, *, plain: bool) -> Comment:
    """A comment as it is kept (wp_filter_comment)."""
    content = comment.content
    if plain:
        content = saved_comment(content, host=view.site.host)
    else:
        content = with_rel(repair_invalid_entities(content), host=view.site.host)
    if balances(view):
        content = balance(content)
    return replace(
        comment,
        author_name=clean_name(comment.author_name),
        author_email=kses_plain(clean_email(comment.author_email.strip())),
        author_url=kept_url(comment.author_url),
        content=content,
    )
