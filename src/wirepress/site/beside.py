"""What stands beside an article: others that are like it, and those published just before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.stories.reading import alike_in_text
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
    related = related_ids(view, post, besides)
    later, earlier = reading.beside(view, post)
    known = {one.id: one for one in reading.items(view, ANONYMOUS, [*{*related, earlier, later} - {0}])}
    return Beside(tuple(known[one] for one in related if one in known), known.get(earlier), known.get(later))


def related_ids(view: View, post: Post, besides: list[int]) -> list[int]:
    """Other articles that have passages of the text in common, then the newest of the same categories."""
    found = [one for one in alike_in_text(view, post, _RELATED + len(besides)) if one not in besides][:_RELATED]
    assigned = tuple(term.id for term in post.terms if term.taxonomy == "category")
    if len(found) == _RELATED or not assigned:
        return found
    terms = (TermFilter("category", assigned),)
    query = PostQuery(per_page=_RELATED, exclude=(post.id, *besides, *found), terms=terms, with_total=False)
    return [*found, *reading.browse(view, ANONYMOUS, query).ids][:_RELATED]
