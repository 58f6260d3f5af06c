"""All resources of the API, and the routes and embeds that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wirepress.model.registry import Registry
from wirepress.wp import fetchers
from wirepress.wp.call import Call
from wirepress.wp.embed import Fetch
from wirepress.wp.emit import Documents
from wirepress.wp.endpoints import pass_all, routes_of, single
from wirepress.wp.resource import Param, Resource
from wirepress.wp.resources import listed, root, search, settings, unserved
from wirepress.wp.resources import types as kind_resources
from wirepress.wp.resources.comments.resource import COMMENTS
from wirepress.wp.resources.media import writes
from wirepress.wp.resources.media.resource import media
from wirepress.wp.resources.menus.items import menu_items
from wirepress.wp.resources.posts.resource import blocks, navigation, resource_for
from wirepress.wp.resources.revisions import autosaves, revisions
from wirepress.wp.resources.terms.resource import resource_for as term_resource
from wirepress.wp.resources.users import application_passwords
from wirepress.wp.resources.users.resource import ME, USERS
from wirepress.wp.resources.users.writes import somebody
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.writing import UPDATE, item_of

FACTORIES = {"attachment": media, "wp_block": blocks, "wp_navigation": navigation, "nav_menu_item": menu_items}
ELSEWHERE = frozenset({"wp_template", "wp_template_part", "wp_global_styles", "wp_font_family", "wp_font_face"})
"""Post types with controllers of their own."""


@dataclass(frozen=True, slots=True)
class Table:
    """The resources of a site by post type, taxonomy and name."""

    registry: Registry
    posts: Mapping[str, Resource[Any]]
    terms: Mapping[str, Resource[Any]]

    @property
    def served(self) -> dict[str, Resource[Any]]:
        return {**self.terms, **self.posts}


def table_of(registry: Registry) -> Table:
    """The resources that a site's types and taxonomies make."""
    taxonomies = tuple(registry.taxonomies.values())
    posts = {
        kind.name: FACTORIES.get(kind.name, resource_for)(kind, taxonomies)
        for kind in registry.types.values()
        if kind.show_in_rest and kind.name not in ELSEWHERE
    }
    terms = {t.name: term_resource(t, registry) for t in taxonomies if t.show_in_rest}
    return Table(registry, posts, terms)


def routes_of_site(documents: Documents, table: Table) -> list[Route]:
    """Every route, in WordPress's order; those of the site's own types behind them."""
    made: list[Route] = []
    for resource in (*table.posts.values(), *table.terms.values(), USERS, COMMENTS):
        made += routes_of(documents, resource)
    for name, resource in table.posts.items():
        made += revisions.routes_of(table.registry.types[name], resource)
        made += autosaves.routes_of(table.registry.types[name], resource)
    made += _kind_routes(documents)
    made += application_passwords.routes()
    made += [_search(documents, table), _me(documents), _settings()]
    unmade = unserved.routes(listed.ANSWERS)
    if (attachments := table.posts.get("attachment")) is not None:
        unmade |= writes.routes(unmade, attachments)
    known = unmade | {route.pattern: route for route in made}
    ordered: list[Route] = []
    names = list(dict.fromkeys(route.namespace for route in known.values()))
    names.sort(key=lambda name: _namespace_place(name))
    for pattern in unserved.order():
        if pattern in known:
            ordered.append(known.pop(pattern))
        elif pattern == "/":
            ordered.append(_root(ordered, names))
        elif pattern[1:] in names:
            ordered.append(_namespace(ordered, pattern[1:]))
    ordered += known.values()
    return ordered


def _namespace_place(name: str) -> int:
    order = [pattern[1:] for pattern in unserved.order()]
    return order.index(name) if name in order else len(order)


def _root(routes: Sequence[Route], names: Sequence[str]) -> Route:
    shown = [name for name in names if name]
    params = (Param("context", {"default": "view"}),)
    run: Callable[[Call], Result] = lambda call: root.index(routes, shown, call)  # noqa: E731 - bound to this list
    return Route("/", (Endpoint(("GET",), run, pass_all, params, shows=root.INDEX),), "")


def _namespace(routes: Sequence[Route], name: str) -> Route:
    params = (Param("namespace", {"default": name}), Param("context", {"default": "view"}))
    run: Callable[[Call], Result] = lambda call: root.namespace(routes, name, call)  # noqa: E731 - as above
    return Route(f"/{name}", (Endpoint(("GET",), run, pass_all, params, shows=root.NAMESPACE),), name)


def _kind_routes(documents: Documents) -> list[Route]:
    made: list[Route] = []
    for resource, run in (
        (kind_resources.TYPES, kind_resources.list_types),
        (kind_resources.TAXONOMIES, kind_resources.list_taxonomies),
        (kind_resources.STATUSES, kind_resources.list_statuses),
    ):
        own = single(documents, resource)
        params = (resource.context_param(), *resource.params)
        listed = Endpoint(("GET",), run, resource.rules.browse or pass_all, params, shows=Shows("map", resource))
        made += [Route(resource.route, (listed,), schema=own.schema), own]
    return made


def _search(documents: Documents, table: Table) -> Route:
    resource = search.resource_for(table.registry)
    served = table.served
    params = (resource.context_param(), *resource.params)

    def run(call: Call) -> Result:
        return search.search(documents, resource, served, call)

    endpoint = Endpoint(("GET",), run, pass_all, params, shows=Shows("page", resource))
    return Route(resource.route, (endpoint,), schema=lambda _: resource.schema())


def _me(documents: Documents) -> Route:
    """`users/me`: whoever asks may ask; a stranger learns that he is none."""
    own = single(documents, ME)

    def permitted(endpoint: Endpoint) -> Endpoint:
        params = tuple(param for param in endpoint.params if param.name != "id")
        permission = pass_all if endpoint.methods == ("GET",) else somebody(endpoint.permission)
        return replace(endpoint, run=_stranger(endpoint.run), permission=permission, params=params, batch=None)

    return Route("/wp/v2/users/me", tuple(permitted(endpoint) for endpoint in own.endpoints), schema=own.schema)


def _stranger(run: Callable[[Call], Result]) -> Callable[[Call], Result]:
    def guarded(call: Call) -> Result:
        item_of(ME, call)
        return run(call)

    return guarded


def _settings() -> Route:
    shows = Shows("value", settings.answer())
    return Route(
        settings.ROUTE,
        (
            Endpoint(("GET",), settings.read, settings.rule, shows=shows),
            Endpoint(UPDATE, settings.update, settings.rule, settings.params(), shows=shows, alters=True),
        ),
        schema=settings.schema,
    )


def fetchers_of_site(documents: Documents, table: Table) -> dict[str, Fetch]:
    """What links embed, by the kind of their targets."""
    return fetchers.fetchers(documents, table.posts, table.terms)
