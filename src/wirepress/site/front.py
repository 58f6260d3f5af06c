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
from wirepress.site.frame import Frame
from wirepress.site.stories import Context, stories
from wirepress.store import terms as term_store

SECTIONS = "wirepress_front_sections"
"""The option with the slugs of the categories that are sections of the front page, in their order, separated by commas;
empty: the fullest."""
_MOST = 3
"""Sections on the front page; each costs a statement, of which a page has fourteen at most, and one more where there
are stories."""
_STORIES = 4
_LEAST = 3
"""Stories that a section must have that are not above it, or it is left out."""


def front_context(view: View, frame: Frame, newest: Sequence[Post]) -> tuple[Context, Provenance]:
    """What the template of the front page is given, of the newest posts and of the sections, with who else told of
    each; and where all that it shows came from."""
    ids = [post.id for post in newest]
    of_section: dict[int, Sequence[int]] = {}
    terms_shown = chosen(view, frame.fullest)[:_MOST]
    for term in terms_shown:
        terms = (TermFilter("category", (term.id,), children=True),)
        query = PostQuery(per_page=_STORIES, terms=terms, exclude=tuple(ids), with_total=False)
        found = reading.browse(view, ANONYMOUS, query).ids
        if len(found) >= _LEAST:
            ids += found
            of_section[term.id] = found
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
        return list(fullest)
    found = term_store.find(view.unit, TermQuery(("category",), slugs=tuple(slugs), per_page=_MOST))
    named = {term.slug: term for term in term_store.load(view.unit, found.ids).values()}
    return [named[slug] for slug in slugs if slug in named]
