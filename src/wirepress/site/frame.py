"""What stands around every page: the site's menus, sections and pages, its logo and its icon."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.menus import classic
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.site_icon import icon_address
from wirepress.content.stories import reading as reading_stories
from wirepress.model.query import PostQuery, TermQuery
from wirepress.model.term import Term
from wirepress.site import menus
from wirepress.site.menus import Entry
from wirepress.site.slots import Slots, slots_of
from wirepress.site.stories import Context, picture, title_html
from wirepress.store import terms as term_store

SECTIONS = "wirepress_front_sections"
"""The option with the slugs of the categories that are sections of the front page, in their order, separated by commas;
empty: the fullest."""
_MOST = 3
"""Sections on the front page."""
_MOST_PAGES = 12
_LEAST_NAVIGATION = 3
"""Links that a navigation of blocks must have to stand in the place of the sections: WordPress makes one by itself."""


@dataclass(frozen=True, slots=True)
class Categories:
    """The fullest categories, the fullest first, and those that are sections of the front page, with the ids of each
    of these and of all below it; `tags`: what they depend on."""

    fullest: Sequence[Term]
    sections: Sequence[Term]
    branches: Mapping[int, tuple[int, ...]]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of all pages while the site stands as it is.  `sections` are the fullest categories by name; `menus`
    are those at the places that the theme has."""

    categories: Categories
    sections: Sequence[Entry]
    header: Sequence[Entry]
    footer: Sequence[Entry]
    menus: Mapping[str, Sequence[Entry]]
    pages: Sequence[Entry]
    logo: Context | None
    icon: str
    touch_icon: str
    slots: Slots
    has_stories: bool
    """Whether there are stories that several sources may have told."""


PAGES = PostQuery(
    types=("page",), parents=(0,), per_page=_MOST_PAGES, orderby="menu_order", order="asc", with_total=False
)
"""The pages at the top, in their order."""


def frame_of(view: View, categories: Categories | None = None) -> Frame:
    """Looks for all that stands in the frame; `categories` where they are known."""
    header = menus.placed(view, menus.HEADER)
    if not header and len(of_blocks := menus.navigation(view)) >= _LEAST_NAVIGATION:
        header = of_blocks
    icon, touch = icons(view)
    categories = categories or categories_of(view)
    view.unit.depends(categories.tags)
    by_name = sorted(categories.fullest, key=lambda term: term.name)
    sections = tuple(Entry(html.unescape(term.name), view.lookup.term_link(term)) for term in by_name)
    return Frame(
        categories=categories,
        sections=sections,
        header=header or sections,
        footer=menus.placed(view, menus.FOOTER),
        menus={place: menus.at(view, place) for place in view.site.theme.menus},
        pages=pages_of(view),
        logo=logo(view),
        icon=icon,
        touch_icon=touch,
        slots=slots_of(view.site),
        has_stories=reading_stories.is_any(view),
    )


def categories_of(view: View) -> Categories:
    """Looks for the categories."""
    with view.unit.collecting() as tags:
        with view.unit.lends("rank:category"):  # their names, and what they stand under, raise the shared version
            fullest = sections_of(view)
        shown = chosen(view, fullest)
        with view.unit.lends():  # a new one has no posts, and one that gets some is told to the lists of all above it
            branches = term_store.each_branch(view.unit, "category", [term.id for term in shown]) if shown else {}
    return Categories(fullest, shown, branches, frozenset(tags))


def chosen(view: View, fullest: Sequence[Term]) -> list[Term]:
    """The categories that are sections: those that the owner names, else the fullest."""
    slugs = [slug.strip() for slug in str(view.site.option(SECTIONS) or "").split(",") if slug.strip()][:_MOST]
    if not slugs:
        return list(fullest)[:_MOST]
    query = TermQuery(("category",), slugs=tuple(slugs), per_page=_MOST)
    named = {term.slug: term for term in term_store.listed(view.unit, query)}
    return [named[slug] for slug in slugs if slug in named]


def sections_of(view: View) -> list[Term]:
    """The fullest top categories, without the one for what is in no other."""
    fullest = TermQuery(("category",), per_page=8, hide_empty=True, parent=0, orderby="count", order="desc")
    return [term for term in term_store.listed(view.unit, fullest) if term.slug != "uncategorized"]


def pages_of(view: View) -> tuple[Entry, ...]:
    """The pages at the top, but for those that stand for the front page and the blog."""
    used = {view.site.number(name) for name in ("page_on_front", "page_for_posts")}
    pages = reading.items(view, ANONYMOUS, reading.browse(view, ANONYMOUS, PAGES).ids)
    return tuple(
        Entry(html.unescape(title_html(page)), view.lookup.permalink(page)) for page in pages if page.id not in used
    )


def logo(view: View) -> Context | None:
    """The site's logo, None where it has none: an option with themes of blocks, one of the theme's own with others
    (custom_logo)."""
    of_theme = str(classic.theme_mods(view.site).get("custom_logo") or "")
    chosen = view.site.number("site_logo") or (int(of_theme) if of_theme.isdecimal() and len(of_theme) < 19 else 0)
    if not chosen:
        return None
    view.lookup.prefetch_posts([chosen])
    return picture(view, chosen)


def icons(view: View) -> tuple[str, str]:
    """The addresses of the site's icon and of the one that telephones put on their first page ("": there is none)."""
    return icon_address(view), icon_address(view, least=180)
