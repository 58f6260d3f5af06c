"""`comment.php`: one comment, changed or decided upon (edit-form-comment.php; mails of WordPress lead here too)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wirepress.admin import lists, pages
from wirepress.admin.forms import values_of
from wirepress.admin.plain import title_of
from wirepress.admin.screens.comments import acts, rows
from wirepress.admin.visit import Visit
from wirepress.content.comments import reading, writing
from wirepress.content.comments.writing import LONGEST, CommentChanges
from wirepress.model.comment import Comment
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.moment import Stamp
from wirepress.model.web import Response
from wirepress.render.values import clean_email

PATH = "comment.php"
STATES = {"1": "approve", "0": "hold", "spam": "spam"}
QUESTIONS = {
    "approve": "Approve this comment?",
    "spam": "Mark this comment as spam?",
    "trash": "Move this comment to the trash?",
    "delete": "Delete this comment for good?",
}
"""What is asked where an address names an action, as those in mails do."""
FIELDS = ("author_name", "author_email", "author_url", "content", "date", "state")


def show(visit: Visit) -> Response:
    comment = _comment(visit)
    return _page(visit, comment, _values(comment), {})


def _comment(visit: Visit) -> Comment:
    """The comment that is asked for.  Raises where there is none, or where it is not theirs to change."""
    comment = reading.get(visit.view, visit.asked.number("c"))
    if comment is None or comment.type == "note" or comment.approved == "post-trashed":
        raise NotFound("no_comment", "There is no such comment.")
    if not visit.may("edit_comment", comment):
        raise Forbidden("no_access", "You may not edit this comment.")
    return comment


def _values(comment: Comment) -> dict[str, str]:
    return {
        "author_name": comment.author_name,
        "author_email": comment.author_email,
        "author_url": comment.author_url,
        "content": comment.content,
        "date": comment.date.replace(" ", "T"),
        "state": comment.approved,
    }


def _page(visit: Visit, comment: Comment, values: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    post = visit.view.lookup.post(comment.post)
    parent = reading.get(visit.view, comment.parent) if comment.parent else None
    asked = visit.asked.choice("action", tuple(QUESTIONS))
    possible = asked in acts.MOVES and comment.approved in acts.MOVES[asked][0]
    editable = post is not None and visit.may("edit_post", post)
    words: dict[str, Any] = {
        "row": rows.row_of(visit, comment, post),
        "about": title_of(post.title) or visit.say("(no title)") if post else "",
        "about_href": visit.address(f"post.php?post={comment.post}&action=edit") if editable else "",
        "parent": parent.author_name or visit.say("Anonymous") if parent else "",
        "comment": comment,
        "values": values,
        "errors": {**dict.fromkeys(FIELDS, ""), **errors},
        "refused": bool(errors),
        "back": _back_address(visit),
        "question": visit.say(QUESTIONS[asked]) if possible else "",
        "asked": asked,
        "states": [("1", visit.say("Approved")), ("0", visit.say("Pending")), ("spam", visit.say("Spam"))],
    }
    title = visit.say("Edit comment") if not possible else visit.say("Moderate comment")
    return pages.page(visit, "comment.html", title, status=400 if errors else 200, **words)


def _back_address(visit: Visit) -> str:
    """The variables of the list that somebody came from, so that they get back to it."""
    if "back" in visit.sent:
        return visit.sent.text("back")
    came = urlsplit(visit.request.headers.get("referer", ""))
    if came.path.endswith("/wp-admin/edit-comments.php"):
        return came.query
    return ""


def act(visit: Visit) -> Response:
    comment = _comment(visit)
    action = visit.sent.text("action")
    if action in acts.MOVES:
        return _towards_list(visit, acts.moved(visit, action, (comment.id,)))
    given = {name: visit.sent.text(name) for name in FIELDS}
    errors = _flaws(visit, given)
    if errors:
        return _page(visit, comment, given, errors)
    try:
        changed = writing.update(visit.view, visit.viewer, comment, _changes(comment, given))
    except Invalid as error:
        return _page(visit, comment, given, {"content": visit.why(error)})
    if given["state"] in STATES and given["state"] != comment.approved:
        writing.set_status(visit.view, visit.viewer, changed, STATES[given["state"]])
    return _towards_list(visit, {"updated": 1})


def _changes(comment: Comment, given: Mapping[str, str]) -> CommentChanges:
    stamp = given["date"].replace("T", " ")
    date = Stamp(stamp if len(stamp) == 19 else f"{stamp}:00")
    text = given["content"].replace("\r\n", "\n")
    return CommentChanges(
        author_name=given["author_name"],
        author_email=given["author_email"],
        author_url=given["author_url"],
        # What was not touched keeps the line ends that it has.
        content=comment.content if text == comment.content.replace("\r\n", "\n") else text,
        date=date,
    )


def _flaws(visit: Visit, given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, by the fields."""
    found = {}
    for name, most in LONGEST.items():
        if len(given[name].encode("utf-8", "replace")) > most:
            found[name] = visit.say("This is too long.")
    if given["author_email"].strip() and not clean_email(given["author_email"].strip()):
        found["author_email"] = visit.say("This is no e-mail address.")
    if not given["content"].strip():
        found["content"] = visit.say("A comment has to say something.")
    if not _is_date(given["date"]):
        found["date"] = visit.say("This is no date.")
    return found


def _is_date(text: str) -> bool:
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"):
        try:
            # A local time without a zone, as the field of a browser has it.
            return len(text) in (16, 19) and datetime.strptime(text, form).year >= 1  # noqa: DTZ007
        except ValueError:
            continue
    return False


def _towards_list(visit: Visit, done: Mapping[str, Any]) -> Response:
    """The list as they left it."""
    pairs = values_of(visit.sent.text("back")).pairs
    kept = {name: values for name, values in pairs.items() if name not in lists.NOT_KEPT}
    return pages.towards(visit, "edit-comments.php", **{**kept, **done})
