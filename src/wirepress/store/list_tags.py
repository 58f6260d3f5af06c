"""What a list of posts depends on: as little as can be said for sure of what changes who stands in it, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.store.clauses import marks
from wirepress.store.collation import sort_key
from wirepress.store.post_rows import beside
from wirepress.store.tags import of_lists, of_slug
from wirepress.store.unit import Unit

LISTED: Final = frozenset({"type", "status", "date", "author", "parent", "menu_order", "slug"})
"""The fields of a post whose change is told to lists; one that looks at others depends on all posts."""
_SORTED: Final = frozenset({"date", "id", "include", "include_slugs", "author", "parent", "menu_order", "slug", "type"})

_ABOVE: Final = """WITH RECURSIVE above(taxonomy, id, parent) AS (
    SELECT taxonomy, id, parent FROM terms WHERE taxonomy_id IN (%s)
    UNION SELECT t.taxonomy, t.id, t.parent FROM terms t JOIN above a ON t.id = a.parent AND t.taxonomy = a.taxonomy)
    SELECT taxonomy, id FROM above"""


def of_query(query: PostQuery) -> list[str] | None:
    """The tags of the list that a query asks for; None where any change of any post may change it."""
    looks_further = (
        query.search or query.modified_after or query.modified_before or query.mime_types or query.mime_classes
        or query.sources or query.original_changed or query.guid is not None or query.visibility.viewer
    )  # fmt: skip
    if looks_further or query.orderby not in _SORTED:
        return None
    return [f"list:{post_type}{part}" for post_type in query.types for part in _parts(query)]


def _parts(query: PostQuery) -> Iterable[str]:
    """The narrowest lists that what is asked for stands in."""
    if query.terms and not any(wanted.negate for wanted in query.terms):
        return [f":{wanted.taxonomy}:{term}" for wanted in query.terms for term in wanted.terms]
    if query.authors:
        return [f":by:{author}" for author in query.authors]
    return ("",)


def relist(unit: Unit, post: Post, taxonomy_ids: Sequence[int] | None = None) -> None:
    """Notes that a post comes to, goes from or moves in the lists in which it stands by its own fields and by terms:
    those of these taxonomy ids, or all that it has."""
    if taxonomy_ids is None:
        taxonomy_ids = [row[0] for row in unit.rows("SELECT taxonomy_id FROM post_terms WHERE post = ?", (post.id,))]
    terms = unit.rows(_ABOVE % marks(len(taxonomy_ids)), tuple(taxonomy_ids)) if taxonomy_ids else ()
    unit.tags.update(of_lists(post.type, post.author, ((taxonomy, term) for taxonomy, term in terms)))


def note_place(unit: Unit, post: Post, taxonomy_ids: Sequence[int] | None = None) -> None:
    """Notes that a post comes to a place or goes from it: in lists (as `relist`), beside others and under its slug."""
    relist(unit, post, taxonomy_ids)
    unit.tags.add(of_slug(sort_key(post.slug)))
    if post.type == "post":
        unit.tags.update(f"beside:{other}" for other in (post.id, *beside(unit, post)) if other)
