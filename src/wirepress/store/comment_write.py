"""Changing comments, with the number of comments that their post keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, NotFound
from wirepress.store import rows
from wirepress.store.collation import sort_key
from wirepress.store.comment_rows import get
from wirepress.store.post_counts import recount_comments
from wirepress.store.post_write import after_given_id, visible
from wirepress.store.unit import Unit, encode

_SETTABLE: Final = frozenset(Comment.__dataclass_fields__) - {"id", "version"}


def insert(unit: Unit, comment: Comment, id: int | None = None) -> int:  # noqa: A002 - the word callers use
    """Adds a comment and gives its id."""
    values = rows.comment_row(replace(comment, id=id or 0))
    if id is None:
        new_id: int = unit.rows(rows.insert_sql("comments", rows.COMMENTS[1:], tail="RETURNING id"), values[1:])[0][0]
    else:
        if get(unit, id) is not None:
            raise Conflict("id_taken", f"There is a comment of the id {id} already.")
        new_id = id
        unit.run(rows.insert_sql("comments", rows.COMMENTS), values)
        after_given_id(unit, "comments", "id")
    _follow(unit, comment)
    return new_id


def update(unit: Unit, comment_id: int, **changes: Any) -> bool:
    """Gives a comment other values, by the names of `Comment`, and says whether that changed anything."""
    unknown = changes.keys() - _SETTABLE
    if unknown:
        raise TypeError(f"a comment has no {', '.join(sorted(unknown))} to set")
    old = get(unit, comment_id)
    if old is None:
        raise NotFound("no_comment", f"There is no comment of the id {comment_id}.")
    columns = {name: value for name, value in changes.items() if not rows.same(getattr(old, name), value)}
    if not columns:
        return False
    new = replace(old, **columns)
    if "meta" in columns:
        columns["meta"] = encode(dict(columns["meta"]))
    if "author_email" in columns:
        columns["email_key"] = sort_key(columns["author_email"])
    names = ", ".join(f'"{name}" = ?' for name in columns)
    unit.run(f"UPDATE comments SET {names}, version = version + 1 WHERE id = ?", (*columns.values(), comment_id))
    _follow(unit, old)
    _follow(unit, new)
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
