"""Changing comments, with the number of comments that their post keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wirepress.model.comment import Comment
from wirepress.model.errors import NotFound
from wirepress.store.comment_rows import get
from wirepress.store.post_counts import recount_comments
from wirepress.store.post_write import visible
from wirepress.store.rows import COMMENTS
from wirepress.store.unit import Unit


def insert(unit: Unit, comment: Comment, id: int | None = None) -> int:  # noqa: A002 - the word callers use
    """Adds a comment and gives its id.  Raises Conflict when a given id is taken."""
    new_id = COMMENTS.insert(unit, comment, id)
    _follow(unit, comment)
    return new_id


def update(unit: Unit, comment_id: int, **changes: Any) -> bool:
    """Gives a comment other values, by the names of `Comment`, and says whether that changed anything.

    Raises NotFound when there is no such comment.
    """
    old = get(unit, comment_id)
    if old is None:
        raise NotFound("no_comment", f"There is no comment of the id {comment_id}.")
    changed = COMMENTS.changed(old, changes)
    if not changed:
        return False
    COMMENTS.update(unit, comment_id, changed)
    _follow(unit, old)
    _follow(unit, replace(old, **changed))
    return True


def delete(unit: Unit, comment_id: int) -> bool:
    """Removes a comment; the answers to it move up to what it answered (WordPress: wp_delete_comment)."""
    old = get(unit, comment_id)
    if old is None:
        return False
    unit.run("UPDATE comments SET parent = ?, version = version + 1 WHERE parent = ?", (old.parent, comment_id))
    unit.run("DELETE FROM comments WHERE id = ?", (comment_id,))
    _follow(unit, old)
    return True


def _follow(unit: Unit, comment: Comment) -> None:
    """What a comment that came, went or changed does to its post and to what readers see."""
    recount_comments(unit, comment.post)
    post = unit.rows("SELECT type, status FROM posts WHERE id = ?", (comment.post,))
    if not post or not visible(*post[0]):
        return
    # What a comment answers shows that it was answered, approved or not.
    if comment.approved == "1" or (comment.parent and _approved(unit, comment.parent)):
        unit.raise_epoch()


def _approved(unit: Unit, comment_id: int) -> bool:
    return bool(unit.rows("SELECT 1 FROM comments WHERE id = ? AND approved = '1'", (comment_id,)))
