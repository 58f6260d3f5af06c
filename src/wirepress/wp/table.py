"""All resources of the API, and the routes and embeds that follow from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files

from wirepress.model.registry import Registry
from wirepress.wp import batch, openapi
from wirepress.wp.catalog import Catalog
from wirepress.wp.documents import Documents
from wirepress.wp.resources import root
from wirepress.wp.resources.media.resource import media
from wirepress.wp.resources.menus.items import menu_items
from wirepress.wp.resources.posts import resource as posts
from wirepress.wp.resources.terms import resource as terms
from wirepress.wp.routes import Route

RESOURCES = (
    "provenance",
    "original_changes",
    "audit",
    "takedowns",
    "wire_sources",
    "entries",
    "runs",
    "stories",
    "posts.resource",
    "terms.resource",
    "users.resource",
    "comments.resource",
    "media.resource",
    "revisions.revisions",
    "revisions.autosaves",
    "types",
    "users.application_passwords",
    "search",
    "settings",
    "templates.resource",
    "templates.revisions",
    "templates.export",
    "blocks.types",
    "abilities",
    "widgets.sidebars",
    "widgets.widgets",
    "widgets.widget_types",
    "fonts.families",
    "fonts.faces",
    "fonts.collections",
    "themes.resource",
    "themes.global_styles",
    "themes.global_styles_revisions",
    "blocks.renderer",
    "blocks.pattern_categories",
    "menus.fallback",
    "site_health",
    "oembed",
    "url_details",
    "unimplemented",
)
"""The modules of `wirepress.wp.resources` that declare resources: each gives its `routes(catalog)`.  WordPress's
routes are sorted as WordPress has them, the others stand in this order: where two match, the first answers."""
FACTORIES = {
    "attachment": media,
    "wp_block": posts.blocks,
    "wp_navigation": posts.navigation,
    "nav_menu_item": menu_items,
}
"""What makes the resource of a post type that has something of its own."""
ELSEWHERE = frozenset({"wp_template", "wp_template_part", "wp_global_styles", "wp_font_family", "wp_font_face"})
"""Post types with controllers of their own."""


def catalog_of(registry: Registry, documents: Documents) -> Catalog:
    """The resources that a site's types and taxonomies make."""
    taxonomies = tuple(registry.taxonomies.values())
    by_type = {
        kind.name: FACTORIES.get(kind.name, posts.resource_for)(kind, taxonomies)
        for kind in registry.types.values()
        if kind.show_in_rest and kind.name not in ELSEWHERE
    }
    by_taxonomy = {t.name: terms.resource_for(t, registry) for t in taxonomies if t.show_in_rest}
    return Catalog(registry, documents, by_type, by_taxonomy)


def routes_of_site(catalog: Catalog) -> list[Route]:
    """Every route, in WordPress's order; behind them those of the site's own types, and those of our own namespaces."""
    known: dict[str, Route] = {}
    for name in RESOURCES:
        module = import_module(f"wirepress.wp.resources.{name}")
        known |= {route.pattern: route for route in module.routes(catalog)}
    known[batch.PATTERN] = batch.route()
    listed = _ordered({pattern: route for pattern, route in known.items() if not route.ours})
    served = [*listed, *(route for route in known.values() if route.ours)]
    return [*served, openapi.route(served)]


@cache
def order() -> tuple[str, ...]:
    """The patterns of all routes of WordPress, in its order."""
    text = files("wirepress.wp").joinpath("routes.json").read_text("utf-8")
    return tuple(json.loads(text))


def _ordered(known: Mapping[str, Route]) -> list[Route]:
    """Routes in WordPress's order, with the index and the namespaces among them."""
    rest = dict(known)
    places = {pattern[1:]: place for place, pattern in enumerate(order())}
    namespaces = list(dict.fromkeys(route.namespace for route in known.values()))
    namespaces.sort(key=lambda name: places.get(name, len(places)))
    ordered: list[Route] = []
    for pattern in order():
        if pattern in rest:
            ordered.append(rest.pop(pattern))
        elif pattern == "/":
            ordered.append(root.index_route(ordered, namespaces))
        elif pattern[1:] in namespaces:
            ordered.append(root.namespace_route(ordered, pattern[1:]))
    ordered += rest.values()
    return ordered
