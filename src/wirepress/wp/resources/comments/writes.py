"""What creating, changing and deleting comments does."""

from __future__ import annotations

from typing import Any

from wirepress.content.comments import writing
from wirepress.content.comments.writing import NOTE_STATUS, RESOLUTIONS, CommentChanges
from wirepress.content.identity.permissions import may
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.wp.call import Call
from wirepress.wp.common import int_param, refuse
from wirepress.wp.dates import local_stamp
from wirepress.wp.errors import WireError, denied
from wirepress.wp.params import Refused
from wirepress.wp.resource import Verbs
from wirepress.wp.schema import check
from wirepress.wp.values import is_address

NOTE = {NOTE_STATUS: {"type": "string", "title": "", "default": "", "enum": list(RESOLUTIONS)}}
"""The registered meta of comments."""
TYPES = ("comment", "note")
_EMAIL = {"type": "string", "format": "email"}


# ---- reading what is sent


def as_sent(_: Call, value: Any) -> Any:
    return value


def read_email(_: Call, value: Any) -> str:
    """An address, or nothing at all (check_comment_author_email)."""
    nothing = value is None or value is False
    text = "" if nothing else "Array" if isinstance(value, list | dict) else str(value)
    if text not in ("", "0") and (flaw := check(text, _EMAIL, "author_email")) is not None:
        raise Refused(flaw)
    return text


def changes_of(call: Call) -> CommentChanges:
    """What a call gives to a comment (prepare_item_for_database)."""
    params = call.params
    date, date_gmt = _dates(call)
    meta = params.get("meta")
    note = meta.get(NOTE_STATUS) if isinstance(meta, dict) else None
    return CommentChanges(
        post=int_param(params, "post") or None,
        parent=None if params.get("parent") is None else int_param(params, "parent"),
        user=None if params.get("author") is None else int_param(params, "author"),
        author_name=params.get("author_name"),
        author_email=params.get("author_email"),
        author_url=params.get("author_url"),
        author_ip=_address(call),
        agent=params.get("author_user_agent") or call.request.headers.get("user-agent") or None,
        date=date,
        date_gmt=date_gmt,
        content=_content(params.get("content")),
        note_status=note if isinstance(note, str) else None,
    )


def _content(value: Any) -> str | None:
    text = value.get("raw") if isinstance(value, dict) else value
    return text.strip(" \n\r\t\v\0") if isinstance(text, str) else None


def _address(call: Call) -> str:
    """Where a comment comes from: those who moderate may say it themselves."""
    given = call.params.get("author_ip")
    if given is not None and may(call.view, call.viewer, "moderate_comments"):
        return str(given)
    return call.request.remote if is_address(call.request.remote) else "127.0.0.1"


def _dates(call: Call) -> tuple[Stamp | None, Stamp | None]:
    """The local date and the one in UTC that are meant (rest_get_date_with_gmt)."""
    text, utc = call.params.get("date"), False
    if not text:
        text, utc = call.params.get("date_gmt"), True
    if not isinstance(text, str) or not text:
        return None, None
    zoned = text[19:].lstrip(".0123456789") != ""
    local = local_stamp(call.site, text if zoned or not utc else f"{text}Z")
    return local, None if local is None else call.site.to_gmt(local)


# ---- rules


def _edits(call: Call, comment: Comment, code: str, message: str) -> None:
    if may(call.view, call.viewer, "moderate_comments"):
        return
    if call.viewer.anonymous or not may(call.view, call.viewer, "edit_comment", comment):
        refuse(call, code, message)


def update_rule(call: Call, comment: Comment) -> None:
    """Who may edit a comment.

    Who does not moderate may neither give it to another author nor move it to a post that he may not edit: what he
    could not have said there is not said there by a change either.
    """
    _edits(call, comment, "rest_cannot_edit", "You may not edit this comment.")
    if may(call.view, call.viewer, "moderate_comments"):
        return
    author = call.params.get("author")
    if author is not None and int_param(call.params, "author") not in (comment.user, call.viewer.id):
        refuse(call, "rest_comment_invalid_author", "You may not make it somebody else's.")
    post_id = int_param(call.params, "post") or comment.post
    if post_id != comment.post:
        post = call.view.lookup.post(post_id)
        if post is not None and not may(call.view, call.viewer, "edit_post", post):
            refuse(call, "rest_cannot_edit", "You may not move this comment there.")


def delete_rule(call: Call, comment: Comment) -> None:
    _edits(call, comment, "rest_cannot_delete", "You may not delete this comment.")


# ---- verbs


def create(call: Call) -> Comment:
    if call.params.get("id"):
        raise WireError("rest_comment_exists", "A comment that is there already cannot be created.", 400)
    kind = call.params.get("type") or "comment"
    if kind not in TYPES:
        raise WireError("rest_invalid_comment_type", "Comments of this type cannot be created.", 400)
    changes = changes_of(call)
    if kind == "note":
        changes = CommentChanges(**{**_values(changes), "type": "note"})
    status = call.params.get("status")
    stated = "" if status is None else str(status)
    return _resolved(call, writing.create(call.view, call.viewer, changes, status=stated))


def _values(changes: CommentChanges) -> dict[str, Any]:
    return {**changes.given(), "note_status": changes.note_status}


def update(call: Call, comment: Comment) -> Comment:
    kind = call.params.get("type")
    if kind is not None and kind != comment.type:
        raise WireError("rest_comment_invalid_type", "A comment's type cannot be changed.", 404)
    changed = writing.update(call.view, call.viewer, comment, changes_of(call))
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
    if not may(call.view, call.viewer, "edit_comment", comment):
        raise denied("rest_cannot_update", "You may not resolve this note.", call.logged_in)
    return writing.resolve(call.view, comment, value)


def delete(call: Call, comment: Comment) -> Comment | None:
    if call.params.get("force"):
        writing.delete(call.view, comment)
        return None
    if comment.approved == "trash":
        raise WireError("rest_already_trashed", "The comment is in the trash already.", 410)
    return writing.trash(call.view, comment)


def _context(call: Call) -> str:
    """Who moderates sees all fields of what he has written; the others do where they could change it only."""
    if call.request.method == "POST" and "id" not in call.params:
        return "edit" if may(call.view, call.viewer, "moderate_comments") else "view"
    return "edit"


VERBS: Verbs[Comment] = Verbs(create, update, delete, context=_context)
