"""What creating, changing and deleting comments does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wirepress.content.comments import writing
from wirepress.content.comments.writing import NOTE_STATUS, RESOLUTIONS, CommentChanges
from wirepress.content.posts.cleaning import LONG
from wirepress.content.rendering import ONE_AT_A_TIME
from wirepress.model.comment import Comment
from wirepress.render.comments import comment_text
from wirepress.render.typography import signs_for
from wirepress.wp.call import Call
from wirepress.wp.dates import local_stamp
from wirepress.wp.declaration import Several, Verbs
from wirepress.wp.errors import WireError, denied
from wirepress.wp.params import Refused
from wirepress.wp.validation import check
from wirepress.wp.values import is_address

NOTE = {NOTE_STATUS: {"type": "string", "title": "", "default": "", "enum": list(RESOLUTIONS)}}
"""The registered meta of comments."""
TYPES = ("comment", "note")
_EMAIL = {"type": "string", "format": "email"}


# ---- reading what is sent


def read_email(_: Call, value: Any) -> str:
    """An address, or nothing at all (check_comment_author_email).  Raises Refused for what is neither."""
    text = "" if value is None or value is False else str(value)
    if isinstance(value, list | dict):
        text = "Array"
    if text not in ("", "0") and (flaw := check(text, _EMAIL, "author_email")) is not None:
        raise Refused(flaw)
    return text


def positive(_: Call, value: int, __: Comment | None) -> int | None:
    return value or None


def text_sent(_: Call, value: Any, __: Comment | None) -> str | None:
    """A text that was sent as it is or as the `raw` of an object."""
    text = value.get("raw") if isinstance(value, dict) else value
    if isinstance(text, str):
        return text.strip(" \n\r\t\v\0")
    return None


def note_status(_: Call, value: Any, __: Comment | None) -> str | None:
    """The registered meta that a note may be resolved with."""
    note = None
    if isinstance(value, dict):
        note = value.get(NOTE_STATUS)
    if isinstance(note, str):
        return note
    return None


def dates(call: Call, value: Any, _: Comment | None) -> Several | None:
    """The local date and the one in UTC that are meant (rest_get_date_with_gmt)."""
    if isinstance(value, str) and value:
        return _both(call, value)
    return None


def dates_gmt(call: Call, value: Any, _: Comment | None) -> Several | None:
    """The same of a date in UTC, which counts where no local one was sent."""
    if call.params.get("date") or not isinstance(value, str) or not value:
        return None
    zoned = value[19:].lstrip(".0123456789") != ""
    return _both(call, value if zoned else f"{value}Z")


def _both(call: Call, text: str) -> Several | None:
    local = local_stamp(call.site, text)
    if local is None:
        return None
    return Several(date=local, date_gmt=call.site.to_gmt(local))


def _from(call: Call, changes: CommentChanges) -> CommentChanges:
    """The changes with where the comment comes from: those who moderate may say it themselves."""
    given = call.params.get("author_ip")
    if given is not None and call.may("moderate_comments"):
        address = str(given)
    else:
        address = "127.0.0.1"
        if is_address(call.request.remote):
            address = call.request.remote
    agent = changes.agent or call.request.headers.get("user-agent") or None
    return replace(changes, author_ip=address, agent=agent)


# ---- rules


def _edits(call: Call, comment: Comment, code: str, message: str) -> None:
    if call.may("moderate_comments"):
        return
    if call.viewer.anonymous or not call.may("edit_comment", comment):
        call.refuse(code, message)


def update_rule(call: Call, comment: Comment) -> None:
    """Who may edit a comment.

    Who does not moderate may neither give it to another author nor move it to a post that they may not edit: what they
    could not have said there is not said there by a change either.
    """
    _edits(call, comment, "rest_cannot_edit", "You may not edit this comment.")
    if call.may("moderate_comments"):
        return
    author = call.params.get("author")
    if author is not None and call.integer("author") not in (comment.user, call.viewer.id):
        call.refuse("rest_comment_invalid_author", "You may not make it somebody else's.")
    post_id = call.integer("post") or comment.post
    if post_id != comment.post:
        post = call.view.lookup.post(post_id)
        if post is not None and not call.may("edit_post", post):
            call.refuse("rest_cannot_edit", "You may not move this comment there.")


def delete_rule(call: Call, comment: Comment) -> None:
    _edits(call, comment, "rest_cannot_delete", "You may not delete this comment.")


# ---- texts


def shown(text: str, call: Call) -> str:
    """The text of a comment as readers see it."""
    images = None
    if call.site.flag("use_smilies"):
        images = "/wp-includes/images/smilies/"
    return comment_text(text, host=call.site.host, smiley_images=images, signs=signs_for(call.view.lookup))


def filtered_ahead(call: Call) -> None:
    """Filters a long text before its write begins: nobody waits for that then."""
    text = text_sent(call, call.params.get("content"), None) or ""
    if LONG <= len(text) <= writing.LONGEST["content"]:
        with ONE_AT_A_TIME:
            shown(writing.filter_ahead(call.view, call.viewer, text), call)


# ---- verbs


def refuse_flaws(call: Call, comment: Comment | None) -> None:
    """Raises what speaks against a comment as it is sent (create_item, update_item)."""
    kind = call.params.get("type")
    if comment is not None:
        if kind is not None and kind != comment.type:
            raise WireError("rest_comment_invalid_type", "A comment's type cannot be changed.", 404)
        return
    if call.params.get("id"):
        raise WireError("rest_comment_exists", "A comment that is there already cannot be created.", 400)
    if (kind or "comment") not in TYPES:
        raise WireError("rest_invalid_comment_type", "Comments of this type cannot be created.", 400)


def create(call: Call, changes: CommentChanges) -> Comment:
    if call.params.get("type") == "note":
        changes = replace(changes, type="note")
    status = call.params.get("status")
    stated = "" if status is None else str(status)
    return _resolved(call, writing.create(call.view, call.viewer, _from(call, changes), status=stated))


def update(call: Call, comment: Comment, changes: CommentChanges) -> Comment:
    changed = writing.update(call.view, call.viewer, comment, _from(call, changes))
    if (status := call.params.get("status")) is not None:
        changed = writing.set_status(call.view, call.viewer, changed, str(status))
    return _resolved(call, changed)


def _resolved(call: Call, comment: Comment) -> Comment:
    """The comment with the registered meta that was sent."""
    meta = call.params.get("meta")
    if not isinstance(meta, dict) or NOTE_STATUS not in meta:
        return comment
    value = meta[NOTE_STATUS]
    if value is not None and (flaw := check(value, NOTE[NOTE_STATUS], f"meta.{NOTE_STATUS}")) is not None:
        raise WireError(flaw.code, flaw.message, 400)
    if not call.may("edit_comment", comment):
        refused = denied("rest_cannot_update", "You may not resolve this note.", call.logged_in)
        refused.data = {"key": NOTE_STATUS, **refused.data}
        raise refused
    return writing.resolve(call.view, comment, value)


def delete(call: Call, comment: Comment) -> Comment | None:
    """Deletes a comment for good with `force`, else moves it to the trash.  Raises where it is there already."""
    if call.params.get("force"):
        writing.delete(call.view, comment)
        return None
    if comment.approved == "trash":
        raise WireError("rest_already_trashed", "The comment is in the trash already.", 410)
    return writing.trash(call.view, comment)


def _context(call: Call) -> str:
    """Who moderates sees all fields of what he has written; the others do where they could change it only."""
    if call.request.method == "POST" and "id" not in call.params:
        if call.may("moderate_comments"):
            return "edit"
        return "view"
    return "edit"


VERBS: Verbs[Comment] = Verbs(
    CommentChanges, create, update, delete, refuse_flaws, prepare=filtered_ahead, context=_context
)
