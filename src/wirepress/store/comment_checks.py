"""What is asked before a comment is taken: was it said already, how long ago, and is its author known."""

from __future__ import annotations

from typing import Any

from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.store.collation import fold, sort_key
from wirepress.store.unit import Unit

_STATES = "c.approved IN ('0', '1', 'spam', 'trash', 'post-trashed')"
"""Every state: with it the index by state and date answers."""


def doubled(unit: Unit, comment: Comment) -> bool:
    """Whether somebody of this name (and address) has said the same in the same place (wp_allow_comment)."""
    sql = (
        # The plus keeps SQLite from the index of parents: most comments answer none.
        "SELECT c.author_name, c.content FROM comments c WHERE c.post = ? AND +c.parent = ?"
        " AND c.approved <> 'trash' AND length(c.content) = ?"
    )
    values: list[Any] = [comment.post, comment.parent, len(comment.content)]
    if comment.author_email:
        sql += " AND c.email_key = ?"
        values.append(sort_key(comment.author_email))
    said, name = fold(comment.content), fold(comment.author_name)
    return any(fold(row[1]) == said and fold(row[0]) == name for row in unit.rows(sql, values))


def last_of(unit: Unit, comment: Comment, since: Stamp) -> Stamp | None:
    """When the last comment came, after `since`, from the same user (or, where nobody is logged in, network address)
    or with the same e-mail address (wp_check_comment_flood)."""
    column, value = ('c."user"', comment.user) if comment.user else ("c.author_ip", comment.author_ip)
    rows = unit.rows(
        f"SELECT max(c.date_gmt) FROM comments c WHERE {_STATES} AND c.date_gmt >= ?"
        f" AND ({column} = ? OR c.email_key = ?)",
        (since, value, sort_key(comment.author_email)),
    )
    return rows[0][0] if rows else None


def pinged_before(unit: Unit, post: int, url: str) -> bool:
    """Whether a page, by its address as it is kept, has pinged a post."""
    sql = "SELECT 1 FROM comments c WHERE c.post = ? AND c.type = 'pingback' AND c.author_url = ? LIMIT 1"
    return bool(unit.rows(sql, (post, url)))


def pingbacks(unit: Unit, post: int, most: int) -> int:
    """How many pingbacks a post has, whatever their state, counted up to `most`."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM comments c WHERE c.post = ? AND c.type = 'pingback' LIMIT ?) p"
    return int(unit.rows(sql, (post, most))[0][0])


def approved_before(unit: Unit, *, user: int = 0, name: str = "", email: str = "") -> bool:
    """Whether a comment of this user, or of this name and address, has been approved (check_comment)."""
    if user:
        sql = "SELECT 1 FROM comments WHERE \"user\" = ? AND approved = '1' LIMIT 1"
        return bool(unit.rows(sql, (user,)))
    sql = "SELECT DISTINCT author_name FROM comments WHERE email_key = ? AND approved = '1'"
    rows = unit.rows(sql, (sort_key(email),))
    return any(fold(row[0]) == fold(name) for row in rows)
