"""The way from the front page to a post: its parents, or the sections that it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from wirepress.model.post import Post
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.css import clean_style
from wirepress.render.entities import escape_html
from wirepress.render.scene import Scene
from wirepress.render.titles import full_title
from wirepress.render.urls import clean_url

T = TypeVar("T")

_SECTIONS: Final = "category"
_FARTHEST: Final = 50
"""Steps up at most: parents may be entered in a circle."""


def breadcrumbs(block: Block, scene: Scene) -> str:
    """The list of links that leads to the post around the block (render_block_core_breadcrumbs)."""
    post = scene.post
    if post is None:
        return ""
    settings = block.settings
    steps = list(_steps(post, scene, by_terms=bool(settings.get("prefersTaxonomy"))))
    if settings.get("showHomeItem", True):
        steps.insert(0, _link(scene.lookup.home("/"), "Home"))
    if settings.get("showCurrentItem", True):
        steps.append(f'<span aria-current="page">{full_title(post)}</span>')
    if not steps:
        return ""
    separator = str(settings.get("separator", "/")).replace("\\", "\\\\").replace('"', '\\"')
    style = clean_style(f'--separator: "{separator}"')  # which the writer could have ended, and gone on
    marks = wrapper(block, style=style, aria_label="Breadcrumbs")
    if not style:
        marks = f'style="" {marks}'
    return f"<nav {marks}><ol>{''.join(f'<li>{step}</li>' for step in steps)}</ol></nav>"


def _steps(post: Post, scene: Scene, *, by_terms: bool) -> Iterator[str]:
    lookup = scene.lookup
    parents = list(_upwards(post, lambda one: lookup.post(one.parent)))
    if parents and not by_terms:
        for parent in parents:
            yield _link(lookup.permalink(parent), full_title(parent))
        return
    named = (lookup.term(term.id) for term in post.terms if term.taxonomy == _SECTIONS)
    sections = sorted((term for term in named if term is not None), key=lambda term: term.name.lower())
    for section in sections[:1]:
        for term in (*_upwards(section, lambda one: lookup.term(one.parent)), section):
            yield _link(lookup.term_link(term), escape_html(term.name))


def _upwards(one: T, above: Callable[[T], T | None]) -> list[T]:
    """What stands over something, the topmost first."""
    found: list[T] = []
    at = above(one)
    while at is not None and at not in found and len(found) < _FARTHEST:
        found.append(at)
        at = above(at)
    return found[::-1]


def _link(address: str, html: str) -> str:
    return f'<a href="{clean_url(address)}">{html}</a>'
