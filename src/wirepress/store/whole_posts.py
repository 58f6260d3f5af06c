"""Posts as they are taken out of the site and put back: every column and their terms, under the ids that they had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from wirepress.model.post import ELSEWHERE, Post
from wirepress.store.clauses import marks
from wirepress.store.post_stale import spoil
from wirepress.store.post_write import insert, set_first_terms
from wirepress.store.unit import Unit

_KEPT: Final = tuple(f.name for f in fields(Post) if not ELSEWHERE.items() <= f.metadata.items())
TERMS: Final = "taxonomy_ids"


def taken(unit: Unit, post: Post) -> dict[str, Any]:
    """A post with its terms, as JSON holds it."""
    assigned = unit.rows("SELECT taxonomy_id FROM post_terms WHERE post = ? ORDER BY taxonomy_id", (post.id,))
    row = {name: getattr(post, name) for name in _KEPT}
    return {**row, "meta": dict(post.meta), TERMS: [number for (number,) in assigned]}


def read(row: Mapping[str, Any]) -> Post:
    """The post that `taken` gave this of."""
    return Post(**{name: row[name] for name in _KEPT if name in row})


def put_back(unit: Unit, post: Post, row: Mapping[str, Any]) -> None:
    """Adds a post that was here before, with those of the terms of its `row` that are still there.

    Its version grows: what was kept of the old one is not taken for it.  Raises Conflict when its id is taken.
    """
    insert(unit, replace(post, version=post.version + 1), post.id)
    wanted = row.get(TERMS, ())
    if wanted and post.type != "revision":
        sql = f"SELECT taxonomy_id FROM terms WHERE taxonomy_id IN ({marks(len(wanted))}) ORDER BY taxonomy_id"
        set_first_terms(unit, post, [number for (number,) in unit.rows(sql, wanted)])
    spoil(unit, "post", post.id)  # of those that have looked for it meanwhile
