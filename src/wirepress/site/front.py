"""The front page: what leads, what stands beside it, the newest, and then the sections.  No story is shown twice."""

from __future__ import annotations

import html
from collections.abc import Sequence

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.posts.provenance import Provenance, provenance
from wirepress.content.stories.reading import told_by
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter, TermQuery
from wirepress.model.term import Term
from wirepress.site.frame import Frame, sections_of
from wirepress.site.stories import Context, stories
from wirepress.store import terms as term_store

SECTIONS = "wirepress_front_sections"
"""The option with the slugs of the categories that are sections of the front page, in their order, separated by commas;
empty: the fullest."""
_MOST = 3
"""Sections on the front page."""
_STORIES = 4
_LEAST = 3
"""Stories that a section must have that are not above it, or it is left out."""


def front_context(view: View, frame: Frame, newest: Sequence[Post]) -> tuple[Context, Provenance]:
    """What the template of the front page is given, of the newest posts and of the sections, with who else told of
    each; and where all that it shows came from."""
    ids = [post.id for post in newest]
    terms_shown = chosen(view, frame.fullest)
    of_section = in_sections(view, terms_shown, ids)
    ids += [one for found in of_section.values() for one in found]
    more = reading.items(view, ANONYMOUS, ids[len(newest) :])
    known = provenance(view, ids)
    shown = stories(view, [*newest, *more], known)
    by_id = dict(zip([post.id for post in (*newest, *more)], shown, strict=True))
    if frame.has_stories:
        for post_id, names in told_by(view, by_id).items():
            by_id[post_id]["told_by"] = names
    lead, rest = led([by_id[post.id] for post in newest])
    sections = [
        {
            "name": html.unescape(term.name),
            "url": view.lookup.term_link(term),
            "stories": [by_id[one] for one in of_section[term.id] if one in by_id],
        }
        for term in terms_shown
        if term.id in of_section
    ]
    return {"lead": lead, "beside": rest[:3], "latest": rest[3:], "sections": sections}, known


def in_sections(view: View, shown: Sequence[Term], above: Sequence[int]) -> dict[int, Sequence[int]]:
    """The ids of the stories of each section by its number, none of them `above` or in a section before; of those that
    have enough."""
    queries = [
        PostQuery(
            per_page=_STORIES * len(shown),  # those before it may show as many of its stories as they have places
            terms=(TermFilter("category", (term.id,), children=True),),
            exclude=tuple(above),
            with_total=False,
        )
        for term in shown
    ]
    found: dict[int, Sequence[int]] = {}
    seen: set[int] = set()
    for term, ids in zip(shown, (one.ids for one in reading.browse_each(view, ANONYMOUS, queries)), strict=True):
        fresh = [one for one in ids if one not in seen][:_STORIES]
        if len(fresh) >= _LEAST:
            seen.update(fresh)
            found[term.id] = fresh
    return found


def ahead(view: View, query: PostQuery, fullest: Sequence[Term] | None, others: Sequence[PostQuery]) -> Sequence[Term]:
    """Reads at once what the front page is made of: the newest posts by their query, what other queries find, the
    sections, and all these posts.  The fullest sections, which are looked for unless they are known.

    So a page that nobody has asked for since the last write takes as many statements as one that is known.
    """
    found = reading.browse_each(view, ANONYMOUS, [query, *others])
    with view.unit.lends("rank:category"):  # as in the frame
        terms = sections_of(view) if fullest is None else fullest
    newest = found[0].ids
    of_section = in_sections(view, chosen(view, terms), newest)
    view.lookup.prefetch_posts(one for ids in (*(each.ids for each in found), *of_section.values()) for one in ids)
    return terms


def led(listed: Sequence[Context]) -> tuple[Context | None, list[Context]]:
    """The story that leads, and the others in their order: one with a picture, when there is one among the newest
    four."""
    pictured = [story for story in listed[:4] if story["image"]]
    lead = next(iter([*pictured, *listed]), None)
    return lead, [story for story in listed if story is not lead]


def chosen(view: View, fullest: Sequence[Term]) -> list[Term]:
    """The categories that are sections: those that the owner names, else the fullest."""
    slugs = [slug.strip() for slug in str(view.site.option(SECTIONS) or "").split(",") if slug.strip()][:_MOST]
    if not slugs:
        return list(fullest)[:_MOST]
    query = TermQuery(("category",), slugs=tuple(slugs), per_page=_MOST)
    named = {term.slug: term for term in term_store.listed(view.unit, query)}
    return [named[slug] for slug in slugs if slug in named]
