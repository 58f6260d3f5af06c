"""What is done with comments in their list: moved from state to state, answered, emptied out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin import lists, pages, waiting
from wirepress.admin.screens.comments import listing, rows
from wirepress.admin.visit import Visit
from wirepress.content.comments import reading, writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.web import Response

MOVES: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "approve": (("0",), "approve", "approved"),
    "unapprove": (("1",), "hold", "unapproved"),
    "spam": (("0", "1", "trash"), "spam", "spammed"),
    "unspam": (("spam",), "unspam", "unspammed"),
    "trash": (("0", "1", "spam"), "trash", "trashed"),
    "untrash": (("trash",), "untrash", "untrashed"),
    "delete": (("spam", "trash"), "", "deleted"),
}
"""By action: the states that it takes comments from, the status that it gives, the variable that says so."""
AT_ONCE = 2000
"""How many comments of the trash or of spam go in one write: others wait for it."""


def act(visit: Visit) -> Response:
    action = lists.action_of(visit)
    if action == "reply":
        return _reply(visit)
    if action == "empty":
        return _back(visit, deleted=_emptied(visit))
    if action not in MOVES:
        return _back(visit)
    return _back(visit, **moved(visit, action, lists.rows_of(visit, "comment")))


def moved(visit: Visit, action: str, ids: tuple[int, ...]) -> dict[str, Any]:
    """Does one thing with these comments; what happened, as the address of a list says it.

    A comment that is in another state by now stays as it is: somebody else was faster.
    """
    states, _, done = MOVES[action]
    loaded = reading.several(visit.view, ids)
    visit.view.lookup.prefetch_posts(comment.post for comment in loaded.values())
    changed, skipped = [], 0
    for number in ids:
        comment = loaded.get(number)
        if comment is None or comment.approved not in states or comment.type == "note":
            continue
        if not visit.may("edit_comment", comment):
            skipped += 1
            continue
        move(visit, action, comment)
        changed.append(number)
    found: dict[str, Any] = {"skipped": skipped}
    if changed:
        found |= {done: len(changed)}
        if action != "delete":
            found["ids"] = ",".join(map(str, changed))
    return found


def move(visit: Visit, action: str, comment: Comment) -> None:
    if action == "delete":
        writing.delete(visit.view, comment)
    else:
        writing.set_status(visit.view, visit.viewer, comment, MOVES[action][1])


def _emptied(visit: Visit) -> int:
    """Deletes for good what is spam or in the trash, as far as the user may, and at most AT_ONCE; how many."""
    state = listing.state_of(visit)
    if state not in ("spam", "trash"):
        return 0
    reach = waiting.comments_within_reach(visit, (state,))
    post = visit.asked.number("p")
    query = type(reach)(
        approved=reach.approved, types=(), types_not=("note",), posts=(post,) if post else (), per_page=AT_ONCE,
        orderby="id", order="asc", concerning=reach.concerning,
    )  # fmt: skip
    found = reading.several(visit.view, reading.browse(visit.view, query).ids)
    visit.view.lookup.prefetch_posts(comment.post for comment in found.values())
    mine = [comment for comment in found.values() if visit.may("edit_comment", comment)]
    for comment in mine:
        writing.delete(visit.view, comment)
    return len(mine)


def _reply(visit: Visit) -> Response:
    """Answers a comment as the user who is logged in; one that waited is approved by it (wp_ajax_replyto_comment)."""
    parent = reading.get(visit.view, visit.asked.number("reply"))
    if parent is None or parent.type == "note":
        raise NotFound("no_comment", "There is no such comment any more.")
    post = visit.view.lookup.post(parent.post)
    if not visit.may("edit_comment", parent):
        raise Forbidden("no_access", "You may not answer this comment here.")
    text = visit.sent.text("content").strip()
    if parent.approved not in ("0", "1") or not rows.may_be_answered(post):
        return _refused(visit, text, visit.say("This comment cannot be answered as it stands."))
    changes = CommentChanges(
        post=parent.post,
        parent=parent.id,
        user=visit.viewer.id,
        author_ip=visit.request.remote,
        agent=visit.request.headers.get("user-agent", "")[:255],
        content=text,
    )
    try:
        writing.create(visit.view, visit.viewer, changes)
    except (Conflict, Invalid) as error:
        return _refused(visit, text, visit.why(error))
    if parent.approved == "0":
        writing.set_status(visit.view, visit.viewer, parent, "approve")
        return _back(visit, replied=1, approved=1)
    return _back(visit, replied=1)


def _refused(visit: Visit, text: str, why: str) -> Response:
    return listing.listed(visit, {"text": text, "error": why}, 400)


def _back(visit: Visit, **done: Any) -> Response:
    """The list as it stood, saying what was done."""
    kept = {name: values for name, values in visit.asked.pairs.items() if name not in lists.NOT_KEPT}
    return pages.towards(visit, listing.PATH, **{**kept, "paged": visit.asked.text("paged"), **done})
