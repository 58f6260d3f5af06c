"""Comments: what is asked of them and done with them, with the number of comments that their post keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from wirepress.model.comment import Comment
from wirepress.model.errors import NotFound
from wirepress.model.moment import Stamp
from wirepress.model.query import CommentQuery, Found
from wirepress.store.clauses import Where, position_order, window
from wirepress.store.collation import fold, sort_key
from wirepress.store.held import HELD
from wirepress.store.pages import Order, cut
from wirepress.store.post_counts import recount_comments
from wirepress.store.rows import COMMENTS
from wirepress.store.tags import of_comments
from wirepress.store.unit import Unit

_COLUMNS: Final = COMMENTS.select("c")
_ORDERS: Final = {
    "date": "c.date",
    "date_gmt": "c.date_gmt",
    "post": "c.post",
    "parent": "c.parent",
    "type": "c.type",
}
_DATES: Final = frozenset(("c.date", "c.date_gmt"))


def find(unit: Unit, query: CommentQuery) -> Found:
    """The page of comments that a query asks for, with the total."""
    where = _where(query)
    order = _order(query)
    if query.search:
        return _sifted(unit, query, where, order)
    limit, offset = window(query)
    if query.orderby == "include" and not query.include:
        limit = 0  # WordPress asks its database for an impossible order then, and shows none
    return _page(unit, where, order, (limit, offset))


def _page(unit: Unit, where: Where, order: Order, cut_at: tuple[int, int]) -> Found:
    """The page, cut on an index: only the rows on it are looked at for their version."""
    total = f"SELECT count(*) FROM comments c WHERE {where.sql}"
    ids = f"SELECT c.id FROM comments c WHERE {where.sql} ORDER BY {order[0]} LIMIT ? OFFSET ?"
    rows = unit.rows(
        f"SELECT f.id, (SELECT v.version FROM comments v WHERE v.id = f.id), ({total}) FROM ({ids}) f",
        (*where.values, *where.values, *order[1], *cut_at),
    )
    if rows:
        return Found(tuple((row[0], row[1]) for row in rows), rows[0][2])
    limit, offset = cut_at
    return Found((), unit.rows(total, where.values)[0][0] if offset or not limit else 0)


def _sifted(unit: Unit, query: CommentQuery, where: Where, order: Order) -> Found:
    """What no index answers: the comparison of whole texts is made here (WordPress looks in these five columns)."""
    rows = unit.rows(
        "SELECT c.id, c.version, c.author_name, c.author_url, c.content, c.author_email, c.author_ip FROM comments c"
        f" WHERE {where.sql} ORDER BY {order[0]}",
        (*where.values, *order[1]),
    )
    wanted = fold(query.search)
    last = 5 if query.search_open else 7
    rows = [row for row in rows if any(wanted in fold(text) for text in row[2:last])]
    return cut(rows, window(query))


def _where(query: CommentQuery) -> Where:
    where = Where()
    for column, wanted, unwanted in (
        ('c."user"', query.authors, query.authors_not),
        ("c.id", query.include, query.exclude),
        ("c.parent", query.parents, query.parents_not),
        ("c.post", query.posts, ()),
        ("c.type", query.types, query.types_not),
    ):
        if wanted:
            where.one_of(column, wanted)
        where.none_of(column, unwanted)
    if query.approved is not None:
        where.one_of("c.approved", query.approved)
    if query.concerning is not None:
        under_theirs = "c.post IN (SELECT p.id FROM posts p WHERE p.author = ?)"
        where.add(f'(c."user" = ? OR {under_theirs})', query.concerning, query.concerning)
    if query.author_email is not None:
        where.add("c.email_key = ?", sort_key(query.author_email))
    # WordPress compares with the local date here too (WP_REST_Comments_Controller: date_query).
    if query.after is not None:
        where.add("c.date > ?", query.after)
    if query.before is not None:
        where.add("c.date < ?", query.before)
    return where


def _order(query: CommentQuery) -> Order:
    if query.orderby == "include" and query.include:
        return position_order("c.id", query.include)
    way = "ASC" if query.order == "asc" else "DESC"
    if query.orderby == "id":
        return f"c.id {way}", []
    column = _ORDERS.get(query.orderby, "c.date_gmt")
    # Of comments that are alike the newest is first, but where dates order them (WP_Comment_Query).
    ties = way if column in _DATES else "DESC"
    return f"{column} {way}, c.id {ties}", []


def load(unit: Unit, ids: Sequence[int]) -> dict[int, Comment]:
    """The comments of these ids."""
    where = Where()
    where.one_of("c.id", tuple(dict.fromkeys(ids)))
    rows = unit.rows(f"SELECT {_COLUMNS} FROM comments c WHERE {where.sql}", where.values)
    return {row[0]: COMMENTS.item(row) for row in rows}


def urls(unit: Unit, ids: Sequence[int]) -> dict[int, str]:
    """The addresses of the authors of these comments, as they are kept, by the comments' ids."""
    where = Where()
    where.one_of("c.id", tuple(dict.fromkeys(ids)))
    rows = unit.rows(f"SELECT c.id, c.author_url FROM comments c WHERE {where.sql}", where.values)
    return {int(row[0]): str(row[1]) for row in rows}


def get(unit: Unit, comment_id: int) -> Comment | None:
    """The comment of this id."""
    return load(unit, (comment_id,)).get(comment_id)


def of_posts(unit: Unit, posts: Sequence[int], most: int) -> list[tuple[Comment, bool]]:
    """The approved comments of posts, newest first, at most so many of each, and whether each was answered by one that
    is not put away.

    One statement for any number of posts.
    """
    where = Where()
    where.one_of("c.post", tuple(dict.fromkeys(posts)))
    where.add("c.approved = '1' AND c.type = 'comment'")
    ranked = (
        "SELECT c.id, row_number() OVER (PARTITION BY c.post ORDER BY c.date_gmt DESC, c.id DESC) AS place"
        f" FROM comments c WHERE {where.sql}"
    )
    answers = "SELECT 1 FROM comments k WHERE k.parent = c.id AND k.approved IN ('0', '1')"
    sql = (
        f"SELECT {_COLUMNS}, EXISTS ({answers}) FROM comments c"
        f" JOIN ({ranked}) r ON r.id = c.id WHERE r.place <= ? ORDER BY c.date_gmt DESC, c.id DESC"
    )
    lent = of_comments(posts)
    return [(COMMENTS.item(row[:-1]), bool(row[-1])) for row in unit.rows(sql, (*where.values, most), lent=lent)]


def approved_of(unit: Unit, post_id: int, most: int) -> list[Comment]:
    """The approved comments of a post but its notes, oldest first, at most so many; in one statement."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM comments c WHERE c.post = ? AND c.approved = '1' AND c.type <> 'note'"
        " ORDER BY c.date_gmt, c.id LIMIT ?",
        (post_id, most),
        lent=of_comments((post_id,)),
    )
    return [COMMENTS.item(row) for row in rows]


def threads_before(unit: Unit, comment: Comment, user: int = 0) -> int:
    """How many threads of the comment's post began before it: with approved comments, or with the user's own that
    wait."""
    waiting = "OR (c.approved = '0' AND c.\"user\" = ?)" if user else ""
    sql = (
        "SELECT count(*) FROM comments c WHERE c.post = ? AND c.parent = 0 AND c.type <> 'note' AND c.date_gmt < ?"
        f" AND (c.approved = '1' {waiting})"
    )
    values = (comment.post, comment.date_gmt, *((user,) if user else ()))
    return int(unit.rows(sql, values, lent=of_comments((comment.post,)))[0][0])


def threads_of(unit: Unit, post_id: int, user: int = 0) -> list[str]:
    """When the threads of a post began, as `threads_before` counts them, in order, in UTC."""
    waiting = "OR (c.approved = '0' AND c.\"user\" = ?)" if user else ""
    sql = (
        "SELECT c.date_gmt FROM comments c WHERE c.post = ? AND c.parent = 0 AND c.type <> 'note'"
        f" AND (c.approved = '1' {waiting}) ORDER BY c.date_gmt"
    )
    values = (post_id, *((user,) if user else ()))
    return [row[0] for row in unit.rows(sql, values, lent=of_comments((post_id,)))]


def children(unit: Unit, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The ids of the comments that answer these and are not put away, oldest first, for those that have any."""
    where = Where()
    where.add("c.approved IN ('0', '1')")
    where.one_of("c.parent", tuple(dict.fromkeys(ids)))
    found: dict[int, tuple[int, ...]] = {}
    sql = f"SELECT c.id, c.parent FROM comments c WHERE {where.sql} ORDER BY c.id"
    for child, parent in unit.rows(sql, where.values):
        found[parent] = (*found.get(parent, ()), child)
    return found


def counts(unit: Unit, query: CommentQuery, user: int = 0) -> dict[str, tuple[int, int]]:
    """How many comments of each state a query finds, whatever its page, search and states; and how many of these a
    user wrote."""
    where = _where(replace(query, approved=None))
    sql = (
        'SELECT c.approved, count(*), sum(CASE WHEN c."user" = ? THEN 1 ELSE 0 END) FROM comments c'
        f" WHERE {where.sql} GROUP BY c.approved"
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in unit.rows(sql, (user, *where.values))}


def number_and_held(unit: Unit, query: CommentQuery, *, held: bool) -> tuple[int, int]:
    """How many comments a query finds, whatever its page and search, and how many articles of sources wait for a
    decision (`held`; 0 where nobody asks): what a menu counts, in one statement."""
    where = _where(query)
    articles = f"(SELECT count(*) FROM {HELD})" if held else "0"
    row = unit.rows(f"SELECT (SELECT count(*) FROM comments c WHERE {where.sql}), {articles}", where.values)[0]
    return int(row[0]), int(row[1])


def waiting(unit: Unit, posts: Sequence[int]) -> dict[int, int]:
    """How many comments wait for a decision under each of these posts; one without is not there."""
    where = Where()
    where.one_of("c.post", tuple(dict.fromkeys(posts)))
    where.add("c.approved = '0' AND c.type <> 'note'")
    sql = f"SELECT c.post, count(*) FROM comments c WHERE {where.sql} GROUP BY c.post"
    return {row[0]: int(row[1]) for row in unit.rows(sql, where.values)}


# ---- changing

_MOVES: Final = {"1": "comment.approve", "0": "comment.unapprove", "spam": "comment.spam", "trash": "comment.trash"}
"""What it is called when a comment comes to a status."""


def insert(unit: Unit, comment: Comment, id: int | None = None) -> int:  # noqa: A002 - the word callers use
    """Adds a comment and gives its id.  Raises Conflict when a given id is taken."""
    new_id = COMMENTS.insert(unit, comment, id)
    unit.note("comment.create", "comment", new_id, post=comment.post, approved=comment.approved)
    _follow(unit, comment)
    return new_id


def of_post(unit: Unit, post_id: int) -> list[Comment]:
    """All comments of a post, whatever their type and state, oldest first."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM comments c WHERE c.post = ? ORDER BY c.id", (post_id,), lent=of_comments((post_id,))
    )
    return [COMMENTS.item(row) for row in rows]


def put_back(unit: Unit, comments: Sequence[Comment]) -> None:
    """Adds comments that were here before, under the ids that they had.  Raises Conflict when one is taken."""
    for comment in comments:
        COMMENTS.insert(unit, comment, comment.id)
    for post_id in {comment.post for comment in comments}:
        unit.tags.update(of_comments((post_id,)))
        recount_comments(unit, post_id)
    unit.raise_epoch()


def update(unit: Unit, comment_id: int, **changes: Any) -> bool:
    """Gives a comment other values, by the names of `Comment`, and says whether that changed anything.

    Raises NotFound when there is no such comment.
    """
    old = get(unit, comment_id)
    if old is None:
        raise NotFound("no_comment", "There is no comment of the id %(id)s.", words={"id": comment_id})
    changed = COMMENTS.changed(old, changes)
    if not changed:
        return False
    if "approved" in changed:
        action = _MOVES.get(str(changed["approved"]), "comment.update")
        unit.note(action, "comment", comment_id, before=old.approved, after=changed["approved"])
    else:
        unit.note("comment.update", "comment", comment_id, fields=changed)
    COMMENTS.update(unit, comment_id, changed)
    _follow(unit, old)
    _follow(unit, replace(old, **changed))
    return True


def with_addresses(unit: Unit, before: Stamp, most: int) -> tuple[int, ...]:
    """Comments from before a moment of which the network address or the browser is known, so many at most."""
    sql = "SELECT id FROM comments WHERE date_gmt < ? AND (author_ip <> '' OR agent <> '') ORDER BY id LIMIT ?"
    return tuple(row[0] for row in unit.rows(sql, (before, most)))


def forget_addresses(unit: Unit, ids: Sequence[int]) -> None:
    """Empties the network address and the browser of comments."""
    where = Where()
    where.one_of("id", tuple(ids))
    unit.run(f"UPDATE comments SET author_ip = '', agent = '', version = version + 1 WHERE {where.sql}", where.values)
    unit.raise_epoch()  # who moderates sees them in answers of the API


def delete(unit: Unit, comment_id: int) -> bool:
    """Removes a comment; the answers to it move up to what it answered (WordPress: wp_delete_comment)."""
    old = get(unit, comment_id)
    if old is None:
        return False
    unit.note("comment.delete", "comment", comment_id, post=old.post)
    lifted = unit.rows(
        "UPDATE comments SET parent = ?, version = version + 1 WHERE parent = ? RETURNING approved",
        (old.parent, comment_id),
    )
    unit.run("DELETE FROM comments WHERE id = ?", (comment_id,))
    _follow(unit, old)
    if any(row[0] == "1" for row in lifted):
        unit.raise_epoch()
    return True


def _follow(unit: Unit, comment: Comment) -> None:
    """What a comment that came, went or changed does to its post and to what readers see."""
    unit.tags.update(of_comments((comment.post,)))
    recount_comments(unit, comment.post)
    # Lists count approved ones whatever post they stand under, and what a comment answers shows that it was answered.
    if comment.approved == "1" or (comment.parent and _approved(unit, comment.parent)):
        unit.raise_epoch()


def _approved(unit: Unit, comment_id: int) -> bool:
    return bool(unit.rows("SELECT 1 FROM comments WHERE id = ? AND approved = '1'", (comment_id,)))
