"""The front page: what leads, what stands beside it, the newest, and then the sections.  No story is shown twice."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.stories.reading import told_by
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter
from wirepress.model.term import Term
from wirepress.site.cards import Cards
from wirepress.site.frame import Categories, Frame, categories_of
from wirepress.site.stories import Context
from wirepress.site.story import Story

_FEW = 50
_STORIES = 4
_LEAST = 3
"""Stories that a section must have that are not above it, or it is left out."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a front page below some posts: their categories, and by the numbers of these their stories' ids,
    none of them above or in a section before, of those that have enough; with the versions of these posts."""

    above: Sequence[int]
    terms: Sequence[Term]
    ids: Mapping[int, Sequence[int]]
    versions: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was read ahead of a front page: the categories, what the sections show, and the stories that are kept."""

    categories: Categories
    sections: Sections
    known: Mapping[int, Story]


def front_context(
    view: View, frame: Frame, newest: Sequence[Post], cards: Cards, ahead: Ahead | None
) -> Context:  # fmt: skip
    """What the template of the front page is given, of the newest posts and of the sections, with who else told of
    each."""
    ids = [post.id for post in newest]
    sections, known = (ahead.sections, ahead.known) if ahead is not None else (None, {})
    if sections is None or sections.above != ids:
        sections = in_sections(view, frame.categories, ids)
    below = [one for found in sections.ids.values() for one in found]
    more = reading.items(view, ANONYMOUS, [one for one in below if one not in known])
    made = cards.stories(view, [*newest, *more], known)
    by_id = {one: known[one] for one in below if one in known}
    by_id |= zip([post.id for post in (*newest, *more)], made, strict=True)
    if frame.has_stories:
        for post_id, names in told_by(view, by_id).items():
            by_id[post_id] = by_id[post_id].also_told_by(names)
    lead, rest = led([by_id[one] for one in ids])
    shown = [
        {
            "name": html.unescape(term.name),
            "url": view.lookup.term_link(term),
            "stories": [by_id[one] for one in sections.ids[term.id] if one in by_id],
        }
        for term in sections.terms
        if term.id in sections.ids
    ]
    return {"lead": lead, "beside": rest[:3], "latest": rest[3:], "sections": shown}


def in_sections(view: View, categories: Categories, above: Sequence[int]) -> Sections:
    """What the sections show below some posts."""
    shown = categories.sections
    queries = [
        PostQuery(
            per_page=_STORIES * len(shown),  # those before it may show as many of its stories as they have places
            terms=(_below(term, categories),),
            exclude=tuple(above),
            with_total=False,
        )
        for term in shown
    ]
    ids: dict[int, Sequence[int]] = {}
    versions: dict[int, int] = {}
    for term, found in zip(shown, reading.browse_each(view, ANONYMOUS, queries), strict=True):
        fresh = [row for row in found.rows if row[0] not in versions][:_STORIES]
        if len(fresh) >= _LEAST:
            versions.update(fresh)
            ids[term.id] = [one for one, _ in fresh]
    return Sections(list(above), shown, ids, versions)


def _below(term: Term, categories: Categories) -> TermFilter:
    """What finds the posts of a category and of all below it: by their ids, where these are few enough to be named."""
    branch = categories.branches.get(term.id, ())
    if 0 < len(branch) <= _FEW:
        return TermFilter("category", branch)
    return TermFilter("category", (term.id,), children=True)


def ahead(
    view: View, query: PostQuery, categories: Categories | None, others: Sequence[PostQuery], cards: Cards
) -> Ahead:  # fmt: skip
    """Reads at once what the front page is made of: the newest posts by their query, what other queries find, the
    sections, and all these posts, but for those whose stories are kept and that nobody asks for.

    So a page that nobody has asked for since the last write takes as many statements as one that is known.
    """
    found = reading.browse_each(view, ANONYMOUS, [query, *others])
    categories = categories or categories_of(view)
    sections = in_sections(view, categories, found[0].ids)
    known = cards.known(view, {**dict(found[0].rows), **sections.versions})
    wanted = [one for each in found for one in each.ids] + [one for one in sections.versions if one not in known]
    view.lookup.prefetch_posts(wanted)
    return Ahead(categories, sections, known)


def led(listed: Sequence[Story]) -> tuple[Story | None, list[Story]]:
    """The story that leads, and the others in their order: one with a picture, when there is one among the newest
    four."""
    pictured = [story for story in listed[:4] if story["image"]]
    lead = next(iter([*pictured, *listed]), None)
    return lead, [story for story in listed if story is not lead]
