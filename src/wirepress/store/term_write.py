"""Changing terms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wirepress.model.errors import NotFound
from wirepress.model.term import Term
from wirepress.store.clauses import chunks, marks
from wirepress.store.post_counts import touch
from wirepress.store.post_stale import spoil
from wirepress.store.rows import TERMS
from wirepress.store.term_rows import load
from wirepress.store.unit import Unit


def insert(unit: Unit, term: Term, id: int | None = None) -> Term:  # noqa: A002 - the word callers use
    """Adds a term and gives it as it is now.

    Its term id is the given one or a new one, which no term ever had; its taxonomy id is new.
    """
    term_id = id or _next_id(unit)
    term = replace(term, id=term_id, count=0)
    taxonomy_id = TERMS.insert(unit, term, None)
    unit.touched("term", (term_id,))
    unit.raise_epoch()
    return replace(term, taxonomy_id=taxonomy_id)


def _next_id(unit: Unit) -> int:
    """A term id above all that there are and were."""
    most = unit.rows("SELECT coalesce((SELECT max(id) FROM terms), 0), number FROM state WHERE name = 'term'")
    next_id: int = max(most[0]) + 1
    unit.run("UPDATE state SET number = ? WHERE name = 'term'", (next_id,))
    return next_id


def update(unit: Unit, taxonomy_id: int, **changes: Any) -> bool:
    """Gives a term other values, by the names of `Term`, and says whether that changed anything.

    Raises NotFound when there is no such term.
    """
    old = load(unit, (taxonomy_id,)).get(taxonomy_id)
    if old is None:
        raise NotFound("no_term", f"There is no term of the taxonomy id {taxonomy_id}.")
    changed = TERMS.changed(old, changes)
    if not changed:
        return False
    unit.touched("term", (old.id,))
    TERMS.update(unit, taxonomy_id, changed)
    spoil(unit, "term", old.id)
    unit.raise_shared_version()
    return True


def delete(unit: Unit, taxonomy_id: int) -> bool:
    """Removes a term; the terms below it move up to its parent (WordPress: wp_delete_term)."""
    old = load(unit, (taxonomy_id,)).get(taxonomy_id)
    if old is None:
        return False
    risen = unit.rows(
        "UPDATE terms SET parent = ?, version = version + 1 WHERE taxonomy = ? AND parent = ? RETURNING id",
        (old.parent, old.taxonomy, old.id),
    )
    assigned = [row[0] for row in unit.rows("SELECT post FROM post_terms WHERE taxonomy_id = ?", (taxonomy_id,))]
    touch(unit, assigned)
    unit.touched("term", [old.id, *(row[0] for row in risen)])
    unit.run("DELETE FROM post_terms WHERE taxonomy_id = ?", (taxonomy_id,))
    unit.run("DELETE FROM terms WHERE taxonomy_id = ?", (taxonomy_id,))
    unit.run(
        "UPDATE state SET number = ? WHERE name = 'term' AND number < ?",
        (old.id, old.id),
    )
    spoil(unit, "term", old.id)
    unit.raise_shared_version()
    return True


def hand_over(unit: Unit, taxonomy_id: int, heir: int) -> tuple[int, ...]:
    """Gives posts that have this term and no other of its taxonomy another one besides; their ids."""
    posts = tuple(
        row[0]
        for row in unit.rows(
            "SELECT w.post FROM post_terms w JOIN terms t ON t.taxonomy_id = w.taxonomy_id WHERE w.taxonomy_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM post_terms x JOIN terms o ON o.taxonomy_id = x.taxonomy_id"
            " WHERE x.post = w.post AND x.taxonomy_id <> w.taxonomy_id AND o.taxonomy = t.taxonomy) ORDER BY w.post",
            (taxonomy_id,),
        )
    )
    unit.run_many(
        "INSERT INTO post_terms (post, taxonomy_id, position) VALUES (?, ?, 0)", [(post, heir) for post in posts]
    )
    unit.touched("post", posts)
    unit.spoiled.update(dict.fromkeys(posts))  # what their renderings say of their own terms is noted nowhere
    counted = 0
    for chunk in chunks(posts):
        counted += unit.rows(
            "SELECT count(*) FROM posts p LEFT JOIN posts above ON above.id = p.parent"
            f" WHERE p.id IN ({marks(len(chunk))}) AND (p.status = 'publish' OR (p.type = 'attachment'"
            " AND p.status = 'inherit' AND above.status = 'publish'))",
            chunk,
        )[0][0]
    if counted:
        sql = "UPDATE terms SET count = count + ?, version = version + 1 WHERE taxonomy_id = ? RETURNING id"
        unit.touched("term", [row[0] for row in unit.rows(sql, (counted, heir))])
    return posts
