"""The terms loop: terms found by a block's settings, and a template for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wirepress.model.query import TermQuery
from wirepress.model.rendering import HoleKind
from wirepress.model.term import Term
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.settings import mapping, number, one_of
from wirepress.render.blocks.site import heading_tag
from wirepress.render.blocks.supports import with_own_elements
from wirepress.render.blocks.wrapper import aligned, linked, wrapped, wrapper
from wirepress.render.entities import escape_attribute
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.urls import clean_url

_BRACKETS = {"none": "{}", "round": "({})", "square": "[{}]", "curly": "{{{}}}", "angle": "&lt;{}&gt;"}
_ORDERS = ("name", "slug", "count", "id", "include")
_MOST_CHOSEN = 500
_MOST = 1_000


def terms_query(block: Block, scene: Scene) -> str:
    """The frame of a loop: what is in it knows its query."""
    return inner_html(block, scene.around(scene.post, term_query=mapping(block.settings.get("termQuery"))))


def term_template(block: Block, scene: Scene) -> str:
    wanted = scene.context.get("term_query")
    if not wanted or scene.needs(HoleKind.POSTS) is None:
        return ""
    items = "".join(_item(block, scene, term) for term in scene.terms(_query(wanted)))
    return wrapped(block, items, linked(block), element="ul")


def _query(wanted: Mapping[str, Any]) -> TermQuery:
    query = TermQuery(
        taxonomies=(str(wanted.get("taxonomy") or "category"),),
        per_page=number(wanted.get("perPage"), 0, _MOST) or _MOST,
        orderby=one_of(wanted.get("orderBy"), _ORDERS, "id"),
        order="asc" if str(wanted.get("order")).lower() == "asc" else "desc",
        hide_empty=bool(wanted.get("hideEmpty")),
        parent=None if wanted.get("showNested") else 0,
    )
    if include := _included(wanted.get("include")):
        return replace(query, orderby="include", order="asc", include=include, parent=None)
    return query


def _included(chosen: Any) -> tuple[int, ...]:
    if not isinstance(chosen, list):
        return ()
    ids = (number(one, 0, 2**62) for one in chosen[:_MOST_CHOSEN])
    return tuple(dict.fromkeys(i for i in ids if i))


def _item(block: Block, scene: Scene, term: Term) -> str:
    classes = escape_attribute(f"wp-block-term term-{term.id} {term.taxonomy} taxonomy-{term.taxonomy}")
    inner = with_own_elements(inner_html(block, scene.around(scene.post, term=term)), block)
    return f'<li class="{classes}">{inner}</li>'


def _term(scene: Scene) -> Term | None:
    term = scene.context.get("term")
    return term if isinstance(term, Term) else None


def term_name(block: Block, scene: Scene) -> str:
    term = _term(scene)
    if term is None:
        return ""
    tag = heading_tag(block.settings.get("level"), 0)
    name = term.name
    if block.settings.get("isLink"):
        name = f'<a href="{clean_url(scene.lookup.term_link(term))}">{name}</a>'
    return f"<{tag} {wrapper(block, f'{aligned(block)} {linked(block)}')}>{name}</{tag}>"


def term_count(block: Block, scene: Scene) -> str:
    term = _term(scene)
    if term is None:
        return ""
    form = _BRACKETS.get(str(block.settings.get("bracketType")), "({})")
    return f"<div {wrapper(block)}>{form.format(term.count)}</div>"


def term_description(block: Block, scene: Scene) -> str:
    term = _term(scene)
    if term is None or not term.description:
        return ""
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}>{kses_markup(term.description)}</div>"
