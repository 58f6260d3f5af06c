"""What is counted beside posts: totals by type and status, posts by term, revisions and comments by post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wirepress.model.post import Post
from wirepress.store.clauses import chunks, marks
from wirepress.store.post_rows import revisions
from wirepress.store.unit import Unit

RANKED: Final = "category"
"""The taxonomy whose top terms are shown on every page in the order of their counts."""


def count_moved(unit: Unit, before: tuple[str, str] | None, after: tuple[str, str] | None) -> None:
    """Counts a post that has come, gone or moved between (type, status)."""
    if before == after:
        return
    if before:
        unit.run("UPDATE counts SET number = number - 1 WHERE type = ? AND status = ?", before)
    if after:
        unit.run(
            "INSERT INTO counts (type, status, number) VALUES (?, ?, 1)"
            " ON CONFLICT (type, status) DO UPDATE SET number = counts.number + 1",
            after,
        )


def counted(unit: Unit) -> dict[tuple[str, str], int]:
    """How many posts there are of each (type, status) that there has ever been one of."""
    return {(row[0], row[1]): int(row[2]) for row in unit.rows("SELECT type, status, number FROM counts")}


def term_counts(unit: Unit, before: Post | None, after: Post | None) -> None:
    """Adds to the counts of the terms that a post wears by now what its coming, going or moving changes in them.

    A term counts the published posts that wear it, and the attachments under published posts (WordPress:
    _update_post_term_count).
    """
    post = after or before
    step = _counts(unit, after) - _counts(unit, before)
    if post is not None and step:
        _add(unit, post.id, step)


def attached_counts(unit: Unit, before: Post, after: Post) -> None:
    """The same for the attachments under a post that is published now, or no longer."""
    step = int(after.status == "publish") - int(before.status == "publish")
    if not step:
        return
    attached = unit.rows(
        "SELECT a.id FROM posts a WHERE a.parent = ? AND a.type = 'attachment' AND a.status = 'inherit'"
        " AND EXISTS (SELECT 1 FROM post_terms x WHERE x.post = a.id)",
        (after.id,),
    )
    for row in attached:
        _add(unit, row[0], step)


def _add(unit: Unit, post_id: int, step: int) -> None:
    """Adds to the counts of the terms that a post has."""
    changed = unit.rows(
        "UPDATE terms SET count = CASE WHEN count + ? < 0 THEN 0 ELSE count + ? END, version = version + 1"
        " WHERE taxonomy_id IN (SELECT taxonomy_id FROM post_terms WHERE post = ?)"
        " RETURNING id, taxonomy, parent, count",
        (step, step, post_id),
    )
    if changed:
        unit.touched("term", [row[0] for row in changed])
        unit.raise_epoch()
    for term, taxonomy, parent, count in changed:
        if taxonomy == RANKED and not parent and _passes(unit, term, count, step):
            unit.tags.add(f"rank:{RANKED}")


def _passes(unit: Unit, term: int, count: int, step: int) -> bool:
    """Whether a term may stand elsewhere among the top terms of its taxonomy by their counts, now that its own has
    changed."""
    least, most = sorted((count, max(count - step, 0)))
    if not least:
        return True
    sql = "SELECT 1 FROM terms WHERE taxonomy = ? AND parent = 0 AND id <> ? AND count BETWEEN ? AND ? LIMIT 1"
    return bool(unit.rows(sql, (RANKED, term, least, most)))


def _counts(unit: Unit, post: Post | None) -> int:
    if post is None:
        return 0
    if post.type == "attachment" and post.status == "inherit" and post.parent:
        return len(unit.rows("SELECT 1 FROM posts WHERE id = ? AND status = 'publish'", (post.parent,)))
    return 1 if post.status == "publish" else 0


def touch(unit: Unit, ids: Sequence[int]) -> None:
    """Gives posts a new version for a change that their renderings do not know of, which stay fresh."""
    unit.touched("post", ids)
    for chunk in chunks(ids):
        placed = marks(len(chunk))
        unit.run(
            f"UPDATE renderings SET post_version = post_version + 1 WHERE post IN ({placed})"
            " AND post_version = (SELECT p.version FROM posts p WHERE p.id = post)",
            chunk,
        )
        unit.run(f"UPDATE posts SET version = version + 1 WHERE id IN ({placed})", chunk)


def recount_revisions(unit: Unit, post_id: int) -> bool:
    """Counts a post's revisions again and says whether that changed anything."""
    held = unit.rows("SELECT revisions, last_revision FROM posts WHERE id = ?", (post_id,))
    found = revisions(unit, post_id)
    facts = (len(found), found[0].id if found else 0)
    if not held or tuple(held[0]) == facts:
        return False
    touch(unit, (post_id,))
    unit.run("UPDATE posts SET revisions = ?, last_revision = ? WHERE id = ?", (*facts, post_id))
    return True


def recount_comments(unit: Unit, post_id: int) -> None:
    """Counts a post's approved comments again, notes left out (WordPress: wp_update_comment_count_now)."""
    number = unit.rows(
        "SELECT count(*) FROM comments WHERE post = ? AND approved = '1' AND type <> 'note'", (post_id,)
    )[0][0]
    if unit.rows("SELECT 1 FROM posts WHERE id = ? AND comment_count <> ?", (post_id, number)):
        touch(unit, (post_id,))
        unit.run("UPDATE posts SET comment_count = ? WHERE id = ?", (number, post_id))
