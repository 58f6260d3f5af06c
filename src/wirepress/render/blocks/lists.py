"""Blocks that list terms, months and pages: categories, tag cloud, archives, page list."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter

from wirepress.model.post import Post
from wirepress.model.query import Order, PostQuery, TermFilter, TermQuery
from wirepress.model.rendering import HoleKind
from wirepress.model.term import Term
from wirepress.render.blocks import choices
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import label_class, number
from wirepress.render.blocks.shown import bracketed, by_parent, counted
from wirepress.render.blocks.wrapper import wrapped, wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.kses import kses_markup
from wirepress.render.phpstr import natural
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.strip import strip_tags
from wirepress.render.titles import title
from wirepress.render.urls import clean_url

_MONTHS = tuple(calendar.month_name)  # January is 1
_MOST = 1_000
_DEEPEST = 50
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%|[a-z]+)?")


def categories(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None:
        return ""
    settings = block.settings
    taxonomy = str(settings.get("taxonomy") or "category")
    query = TermQuery(
        taxonomies=(taxonomy,),
        per_page=_MOST,
        hide_empty=False,
        parent=0 if settings.get("showOnlyTopLevel") else None,
    )
    terms = scene.terms(query)
    if not settings.get("showEmpty"):
        terms = not_empty(terms, deep=bool(settings.get("showHierarchy")))
    with_counts = bool(settings.get("showPostCounts"))
    if with_counts and settings.get("showHierarchy"):
        terms = padded(terms, scene)
    if settings.get("displayAsDropdown"):
        return _pick_terms(block, scene, taxonomy, terms)
    if settings.get("showHierarchy"):
        items = nested(terms, scene, with_counts)
    else:
        items = "".join(term_item(term, "", scene, with_counts) for term in terms)
    classes = f"wp-block-categories-list wp-block-categories-taxonomy-{html_class(taxonomy)}"
    items = items or '<li class="cat-item-none">No categories</li>'
    return f"<ul {wrapper(block, classes)}>{items}</ul>"


def padded(terms: Sequence[Term], scene: Scene) -> list[Term]:
    """Terms whose counts hold the posts of the terms below them (`_pad_term_counts`)."""
    above = {term.parent for term in terms}
    return [replace(term, count=_count_below(term, scene)) if term.id in above else term for term in terms]


def _count_below(term: Term, scene: Scene) -> int:
    return scene.count(PostQuery(terms=(TermFilter(term.taxonomy, (term.id,), children=True),), with_total=False))


def _pick_terms(block: Block, scene: Scene, taxonomy: str, terms: Sequence[Term]) -> str:
    settings = block.settings
    name = f"wp-block-categories-{scene.numbers.take('categories')}"
    hidden = label_class(settings.get("showLabel", True))
    words = kses_markup(str(settings.get("label") or "")) or choices.label_of(taxonomy)
    label = f'<label class="wp-block-categories__label{hidden}" for="{name}">{words}</label>'
    placed = _deep(terms) if settings.get("showHierarchy") else ((term, 0) for term in terms)
    rows = [(term.slug, term.name, term.count, depth) for term, depth in placed]
    shown = choices.terms(name, taxonomy, rows, counted=bool(settings.get("showPostCounts")), label=label)
    classes = f"wp-block-categories-dropdown wp-block-categories-taxonomy-{html_class(taxonomy)}"
    return f"<div {wrapper(block, classes)}>{shown}</div>"


def _deep(terms: Sequence[Term]) -> Iterator[tuple[Term, int]]:
    """Terms with their depth, each before those under it."""
    children = by_parent(reversed(terms))
    waiting = [(term, 0) for term in children.get(0, ())]
    while waiting:
        term, depth = waiting.pop()
        yield term, min(depth, _DEEPEST)
        waiting += [(below, depth + 1) for below in children.get(term.id, ())]


def not_empty(terms: Sequence[Term], *, deep: bool) -> list[Term]:
    kept = {term.id for term in terms if term.count}
    if deep:
        by_id = {term.id: term for term in terms}
        for term in filter(attrgetter("count"), terms):
            _keep_above(term, by_id, kept)
    return [term for term in terms if term.id in kept]


def _keep_above(term: Term, by_id: Mapping[int, Term], kept: set[int]) -> None:
    while (above := by_id.get(term.parent)) is not None and above.id not in kept:
        kept.add(above.id)
        term = above


def nested(terms: Sequence[Term], scene: Scene, with_counts: bool) -> str:
    children = by_parent(terms)

    def listed(parent: int, depth: int) -> str:
        items = ""
        for term in children.get(parent, ()):
            inner = listed(term.id, depth + 1) if depth + 1 < _DEEPEST else ""
            tabs = "\t" * depth
            items += term_item(term, inner and f"{tabs}<ul class='children'>\n{inner}{tabs}</ul>\n", scene, with_counts)
        return items

    return listed(0, 0)


def term_item(term: Term, inner: str, scene: Scene, with_counts: bool) -> str:
    url = clean_url(scene.lookup.term_link(term))
    count = f" ({term.count:,})" if with_counts else ""
    return f'\t<li class="cat-item cat-item-{term.id}"><a href="{url}">{term.name}</a>{count}\n{inner}</li>\n'


def tag_cloud(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None:
        return ""
    links = cloud(block.settings, scene)
    return f"<p {wrapper(block)}>{links or 'There are no tags to show yet.'}</p>"


def cloud(settings: Mapping[str, object], scene: Scene) -> str:
    """The links of a tag cloud, "" where there are no tags."""
    query = TermQuery(
        taxonomies=(str(settings.get("taxonomy") or "post_tag"),),
        per_page=number(settings.get("numberOfTags"), 45) or 45,
        orderby="count",
        order="desc",
        hide_empty=True,
    )
    terms = sorted(scene.terms(query), key=lambda term: natural(term.name))
    if not terms:
        return ""
    smallest, unit = _size(settings.get("smallestFontSize", "8pt"))
    largest, _ = _size(settings.get("largestFontSize", "22pt"))
    weights = [math.floor(math.log10(term.count + 1) * 100 + 0.5) for term in terms]
    least = min(weights)
    spread = largest - smallest if largest >= smallest else 1.0
    step = spread / max(max(weights) - least, 1)
    links = [
        cloud_link(term, place, f"{smallest + (weight - least) * step:.14g}{unit}", settings, scene)
        for place, (term, weight) in enumerate(zip(terms, weights, strict=True), 1)
    ]
    return "\n".join(links)


def _size(value: object) -> tuple[float, str]:
    """A size and its unit; what is no size is 0."""
    found = _SIZE.match(str(value))
    return (float(found[1]), found[2] or "pt") if found else (0.0, "pt")


def cloud_link(term: Term, place: int, size: str, settings: Mapping[str, object], scene: Scene) -> str:
    url = clean_url(scene.lookup.term_link(term))
    label = escape_attribute(f"{term.name} ({counted(term.count, 'item', 'items')})")
    count = f'<span class="tag-link-count"> ({term.count})</span>' if settings.get("showTagCounts") else ""
    return (
        f'<a href="{url}" class="tag-cloud-link tag-link-{term.id} tag-link-position-{place}" '
        f'style="font-size: {size};" aria-label="{label}">{escape_html(term.name)}{count}</a>'
    )


_KINDS = {"monthly": "Month", "daily": "Day", "weekly": "Week", "yearly": "Year"}
"""What archives are made of; counts are kept by month, so that days and weeks are months here."""


def archives(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None:
        return ""
    settings = block.settings
    with_counts = bool(settings.get("showPostCounts"))
    kind = str(settings.get("type", "monthly"))
    rows = list(_rows(kind, scene))
    if settings.get("displayAsDropdown"):
        name = f"wp-block-archives-{scene.numbers.take()}"
        labelled, of = bool(settings.get("showLabel", True)), _KINDS.get(kind, "Post")
        shown = choices.archives(name, rows, of=of, counted=with_counts and kind in _KINDS, labelled=labelled)
        return f"<div {wrapper(block, 'wp-block-archives-dropdown')}>{shown}</div>"
    items = "".join(
        f"\t<li><a href='{clean_url(url)}'>{name}</a>{bracketed(count, with_counts and kind in _KINDS)}</li>\n"
        for url, name, count in rows
    )
    if not items:
        return f"<div {wrapper(block, 'wp-block-archives-list')}>No archives to show.</div>"
    return f"<ul {wrapper(block, 'wp-block-archives-list')}>{items}</ul>"


def _rows(kind: str, scene: Scene) -> Iterator[tuple[str, str, int]]:
    """Address, name and count of what a list of archives lists; nothing of a kind that is none."""
    if kind in ("postbypost", "alpha"):
        order: Order = "asc" if kind == "alpha" else "desc"
        query = PostQuery(per_page=_MOST, orderby="title" if kind == "alpha" else "date", order=order, with_total=False)
        for post in scene.posts(query):
            yield scene.lookup.permalink(post), strip_tags(title(post.title)) or str(post.id), 0
    elif kind == "yearly":
        yield from _years(scene)
    elif kind in _KINDS:
        yield from months(scene)


def months(scene: Scene) -> Iterator[tuple[str, str, int]]:
    for year, month, count in scene.months():
        yield scene.lookup.date_link(year, month), f"{_MONTHS[month]} {year}", count


def _years(scene: Scene) -> Iterator[tuple[str, str, int]]:
    for year, found in groupby(scene.months(), key=itemgetter(0)):
        yield scene.lookup.date_link(year), str(year), sum(count for _, _, count in found)


def page_list(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None:
        return ""
    query = PostQuery(types=("page",), orderby="title", order="asc", per_page=_MOST, with_total=False)
    pages = sorted(scene.posts(query), key=lambda page: page.menu_order)
    children: dict[int, list[Post]] = {}
    for page in pages:
        children.setdefault(page.parent, []).append(page)
    root = number(block.settings.get("parentPageID"), 0, 2**62)
    items = _page_items(children, root, scene, 0)
    if scene.context.get("submenu"):
        return items
    return wrapped(block, items, element="ul")


def _page_items(children: Mapping[int, Sequence[Post]], parent: int, scene: Scene, depth: int) -> str:
    if depth >= _DEEPEST:
        return ""
    out: list[str] = []
    in_menu = bool(scene.context.get("menu"))
    link = "wp-block-pages-list__item__link" + " wp-block-navigation-item__content" * in_menu
    for page in children.get(parent, ()):
        inner = _page_items(children, page.id, scene, depth + 1)
        classes = _page_classes(page, scene, nested=depth > 0, has_child=bool(inner))
        url = clean_url(scene.lookup.permalink(page))
        name = kses_markup(page.title) or "(no title)"
        out.append(f'<li class="{classes}"><a class="{link}" href="{url}">{name}</a>')
        if inner:
            out.append(f'<ul class="wp-block-navigation__submenu-container">{inner}</ul>')
        out.append("</li>")
    return "".join(out)


def _page_classes(page: Post, scene: Scene, *, nested: bool, has_child: bool) -> str:
    classes = "wp-block-pages-list__item"
    if has_child:
        classes += " has-child"
    if scene.context.get("menu"):
        classes += " wp-block-navigation-item"
    if nested:
        classes += " "
    if page.id == number(scene.lookup.option("page_on_front", 0), 0, 2**62):
        classes += " menu-item-home"
    return classes
