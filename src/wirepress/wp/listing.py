"""What routes say of themselves: to OPTIONS, in the index and in a namespace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wirepress.wp.call import Call
from wirepress.wp.params import described
from wirepress.wp.routes import Endpoint, Route


def of_endpoint(endpoint: Endpoint) -> dict[str, Any]:
    batch = {} if endpoint.batch is None else {"allow_batch": {"v1": endpoint.batch}}
    return {"methods": list(endpoint.methods), **batch, "args": described(endpoint.params)}


def of_route(call: Call, route: Route, *, full: bool) -> dict[str, Any]:
    """A route's namespace, methods and arguments; `full`: with its schema (get_data_for_route)."""
    shown: dict[str, Any] = {
        "namespace": route.namespace,
        "methods": list(route.methods),
        "endpoints": [of_endpoint(endpoint) for endpoint in route.endpoints],
    }
    if full and route.schema is not None:
        shown["schema"] = route.schema(call)
    if route.fixed:
        shown["_links"] = {"self": [{"href": call.href(route.pattern)}]}
    return shown


def of_routes(call: Call, routes: Iterable[Route], *, full: bool) -> dict[str, Any]:
    return {route.pattern: of_route(call, route, full=full) for route in routes}
