"""The routes of a resource, derived from its declaration."""

from __future__ import annotations

from functools import partial
from typing import Any

from wirepress.wp import avatars, headers, writing
from wirepress.wp.call import Call
from wirepress.wp.declaration import ItemPermission, Permission
from wirepress.wp.documents import Documents
from wirepress.wp.emit import doc_of, docs_of_page, encoded, value_of
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree
from wirepress.wp.resource import Resource, Verb
from wirepress.wp.response_schema import shows
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route
from wirepress.wp.values import to_int
from wirepress.wp.writing import address_of, item_of


def routes_of(documents: Documents, resource: Resource[Any]) -> tuple[Route, ...]:
    """The routes of a resource: its collection, where it has one, and its item, or its document."""
    if not resource.key:
        return (_route(resource, resource.route, _item_endpoints(documents, resource)),)
    collection = _collection_endpoints(documents, resource)
    single = _route(resource, f"{resource.route}/{resource.key}", _item_endpoints(documents, resource))
    if collection:
        return (_route(resource, resource.route, collection), single)
    return (single,)


def _route(resource: Resource[Any], pattern: str, endpoints: list[Endpoint]) -> Route:
    return Route(pattern, tuple(endpoints), resource.namespace, partial(shown_schema, resource))


def _collection_endpoints(documents: Documents, resource: Resource[Any]) -> list[Endpoint]:
    endpoints = []
    rules = resource.rules
    if rules.browse is not None and (resource.browse is not None or resource.page is not None):
        run = partial(list_items, documents, resource)
        params = resource.arguments("browse")
        form = shows(resource, resource.collection)
        endpoints.append(Endpoint(("GET",), run, rules.browse, params, resource.batch, form, resource.alters))
    if rules.create is not None:
        endpoints.append(writing.creation(resource, rules.create))
    return endpoints


def _item_endpoints(documents: Documents, resource: Resource[Any]) -> list[Endpoint]:
    rules = resource.rules
    permission = _deferred(resource) if resource.deferred else _of_item(resource, "read", rules.read)
    run = partial(get_item, documents, resource)
    params = resource.arguments("read")
    form = shows(resource, "one")
    endpoints = [Endpoint(("GET",), run, permission, params, resource.batch, form, resource.alters)]
    if rules.edit is not None:
        endpoints.append(writing.change(resource, _of_item(resource, "edit", rules.edit)))
    if rules.delete is not None:
        endpoints.append(writing.deletion(resource, _of_item(resource, "delete", rules.delete)))
    return endpoints


def _of_item(resource: Resource[Any], verb: Verb, rule: ItemPermission[Any]) -> Permission:
    """The rule of an item as one of the call that names it."""
    if verb in resource.asks:
        return resource.asks[verb]

    def permission(call: Call) -> None:
        rule(call, item_of(resource, call))

    return permission


def _deferred(resource: Resource[Any]) -> Permission:
    """The rule of an item where it is told later that there is none."""

    def permission(call: Call) -> None:
        try:
            item = item_of(resource, call)
        except WireError:
            return  # it is told when the item is asked for
        if resource.deferred == "missing":
            resource.rules.read(call, item)

    return permission


# ---- what is answered


def get_item(documents: Documents, resource: Resource[Any], call: Call) -> Result:
    """GET of one item."""
    item = item_of(resource, call)
    if resource.deferred == "always":
        resource.rules.read(call, item)
    result = Result(docs=[doc_of(documents, resource, call, item)])
    if resource.address is not None and (address := resource.address(call, item)):
        result.links.append(headers.alternate(address))
    return result


def list_items(documents: Documents, resource: Resource[Any], call: Call) -> Result:
    """GET of a collection."""
    if resource.page is not None:
        return _computed(resource, call)
    assert resource.browse is not None, resource.name
    # Only what the collection declares narrows it, whatever else was sent.
    found = resource.browse(call.with_params({n: v for n, v in call.params.items() if n in resource.narrowing}))
    page, per_page, total = call.page, call.per_page or 10, found.total
    if resource.past_end:
        if call.offset is not None and not found.rows:
            total = 0  # as WordPress counts only where it finds something
        _refuse_past_end(resource, page, per_page, total)
    elif call.offset and resource.offset_counts_pages:
        page = -(-to_int(call.params["offset"]) // per_page) + 1
    docs = [] if call.head else docs_of_page(documents, resource, call, found.rows)
    result = Result(docs=docs, listed=True)
    headers.paging(call, result, address_of(resource, call), total, per_page, page)
    return result


def _refuse_past_end(resource: Resource[Any], page: int, per_page: int, total: int) -> None:
    if total and page > -(-total // per_page):
        raise WireError(resource.past_end, "There are not that many pages.", 400)


def _computed(resource: Resource[Any], call: Call) -> Result:
    """GET of a collection that is computed."""
    assert resource.page is not None, resource.name
    items, total, size = resource.page(call)
    per_page = size or call.per_page
    if resource.collection == "map":
        named = {resource.id_of(item): value_of(resource, call, item, listed=True)[0] for item in items}
        return Result(value=pick(named, tree(call.fields)) if call.fields else named)
    if resource.past_end:
        _refuse_past_end(resource, call.page, per_page, total)
    docs = [] if call.head else [encoded(resource, call, item, listed=True) for item in items]
    result = Result(docs=docs, listed=True)
    if resource.collection == "whole":
        result.headers |= {"X-WP-Total": total, "X-WP-TotalPages": 1}
    if resource.collection == "page":
        route = address_of(resource, call)
        headers.paging(call, result, route, total, per_page, call.page, clamp=resource.clamped)
    return result


# ---- what OPTIONS tells


def shown_schema(resource: Resource[Any], call: Call) -> dict[str, Any]:
    """The schema with the relations that tell a user what they may do (`links`), without avatars where the site shows
    none."""
    schema = resource.schema()
    if not avatars.shown(None, call):
        hidden = {name for name, entry in resource.by_name.items() if getattr(entry, "when", None) is avatars.shown}
        schema["properties"] = {
            name: described for name, described in resource.properties().items() if name not in hidden
        }
    if resource.actions:
        own = f"{call.href(resource.route)}/{{id}}"
        schema["links"] = [
            {"rel": _relation(name), "title": title, "href": own, "targetSchema": target}
            for name, title, target in resource.actions
        ]
    return schema


def _relation(name: str) -> str:
    return name if "/" in name else f"https://api.w.org/action-{name}"
