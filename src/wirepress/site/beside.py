"""What stands beside an article: others of its categories, and those published just before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter

_RELATED = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """The posts beside an article; what there is none of is None or empty."""

    related: tuple[Post, ...] = ()
    earlier: Post | None = None
    later: Post | None = None


def beside(view: View, post: Post, besides: list[int]) -> Beside:
    """What stands beside a post, nothing beside what is no article; `besides` are ids that the page shows anyway."""
    if post.type != "post":
        return Beside()
    related = [found for found in related_ids(view, post) if found not in besides]
    earlier = first_id(view, PostQuery(before=post.date, per_page=1, with_total=False))
    later = first_id(view, PostQuery(after=post.date, order="asc", per_page=1, with_total=False))
    known = {one.id: one for one in reading.items(view, ANONYMOUS, [*{*related, earlier, later} - {0}])}
    return Beside(tuple(known[one] for one in related if one in known), known.get(earlier), known.get(later))


def related_ids(view: View, post: Post) -> list[int]:
    """Other articles of the same categories, the newest first."""
    assigned = tuple(term.id for term in post.terms if term.taxonomy == "category")
    if not assigned:
        return []
    terms = (TermFilter("category", assigned),)
    query = PostQuery(per_page=_RELATED, exclude=(post.id,), terms=terms, with_total=False)
    return list(reading.browse(view, ANONYMOUS, query).ids)


def first_id(view: View, query: PostQuery) -> int:
    """The first post that a query finds, 0 where it finds none."""
    return next(iter(reading.browse(view, ANONYMOUS, query).ids), 0)
