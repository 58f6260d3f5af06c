"""The endpoints of a resource, derived from its declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wirepress.wp import avatars, headers, writing
from wirepress.wp.call import Call
from wirepress.wp.emit import Documents, doc_of, docs_of_page
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Param, Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.values import to_int
from wirepress.wp.writing import item_of, key_name


def pass_all(_: Call) -> None:
    """The rule of what everybody may ask for."""


def list_items(documents: Documents, resource: Resource[Any], call: Call) -> Result:
    """GET of a collection."""
    if resource.browse is None:
        raise AssertionError(resource.name)
    # Only what the collection declares narrows it, whatever else was sent.
    declared = {param.name for param in resource.params}
    found = resource.browse(replace(call, params={n: v for n, v in call.params.items() if n in declared}))
    per_page, page = int(call.params.get("per_page") or 10), int(call.params.get("page") or 1)
    offset = call.params.get("offset")
    total = found.total
    if resource.past_end:
        if offset is not None and not found.rows:
            total = 0  # as WordPress counts only where it finds something
        if total and page > -(-total // per_page):
            raise WireError(resource.past_end, "There are not that many pages.", 400)
    elif offset is not None and resource.offset_counts_pages:
        page = -(-to_int(offset) // per_page) + 1
    docs = [] if call.head else docs_of_page(documents, resource, call, found.rows)
    result = Result(docs=docs, listed=True)
    headers.paging(call, result, resource.route, total, per_page, page)
    return result


def get_item(documents: Documents, resource: Resource[Any], call: Call) -> Result:
    """GET of one item."""
    item = item_of(resource, call)
    result = Result(docs=[doc_of(documents, resource, call, item)])
    if resource.address is not None and (address := resource.address(call, item)):
        result.links.append(headers.alternate(address))
    return result


def collection(documents: Documents, resource: Resource[Any]) -> Route:
    """The route of a collection."""
    endpoints = []
    rules = resource.rules
    if resource.browse is not None and rules.browse is not None:
        params = (resource.context_param(), *resource.params)
        run: Callable[[Call], Result] = lambda call: list_items(documents, resource, call)  # noqa: E731 - bound to this
        shows = Shows("page", resource)
        endpoints.append(Endpoint(("GET",), run, rules.browse, params, resource.batch, shows))
    if rules.create is not None:
        params = (*resource.arguments(creating=True), *resource.create_params)
        endpoints.append(writing.creation(resource, rules.create, params))
    return Route(resource.route, tuple(endpoints), resource.namespace, lambda call: shown_schema(resource, call))


def single(documents: Documents, resource: Resource[Any]) -> Route:
    """The route of an item."""
    key = Param(key_name(resource), resource.key_schema)
    rules = resource.rules

    def permitted(permission: Callable[[Call, Any], None]) -> Callable[[Call], None]:
        return lambda call: permission(call, item_of(resource, call))

    def deferred_permission(call: Call) -> None:
        try:
            item = item_of(resource, call)
        except WireError:
            return  # it is told when the item is asked for
        if resource.deferred == "missing":
            rules.read(call, item)

    def read(call: Call) -> Result:
        if resource.deferred == "always":
            rules.read(call, item_of(resource, call))
        return get_item(documents, resource, call)

    endpoints = [
        Endpoint(
            ("GET",),
            read,
            deferred_permission if resource.deferred else permitted(rules.read),
            (key, resource.context_param(), *resource.item_params),
            resource.batch,
            Shows("one", resource),
        )
    ]
    if rules.edit is not None:
        params = (key, *resource.arguments(creating=False))
        endpoints.append(writing.change(resource, permitted(rules.edit), params))
    if rules.delete is not None:
        params = (key, *resource.delete_params)
        endpoints.append(writing.deletion(resource, permitted(rules.delete), params))
    pattern = f"{resource.route}/{resource.key}"
    return Route(pattern, tuple(endpoints), resource.namespace, lambda call: shown_schema(resource, call))


def shown_schema(resource: Resource[Any], call: Call) -> dict[str, Any]:
    """The schema with the relations that tell a user what he may do (`links`), without avatars where the site shows
    none."""
    schema = resource.schema()
    if not avatars.shown(None, call):
        hidden = {name for name, entry in resource.by_name.items() if getattr(entry, "when", None) is avatars.shown}
        schema["properties"] = {name: told for name, told in resource.properties().items() if name not in hidden}
    if resource.actions:
        own = f"{call.href(resource.route)}/{{id}}"
        schema["links"] = [
            {
                "rel": name if "/" in name else f"https://api.w.org/action-{name}",
                "title": title,
                "href": own,
                "targetSchema": target,
            }
            for name, title, target in resource.actions
        ]
    return schema


def routes_of(documents: Documents, resource: Resource[Any]) -> tuple[Route, ...]:
    return collection(documents, resource), single(documents, resource)
