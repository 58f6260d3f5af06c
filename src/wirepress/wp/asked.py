"""What a request asks for besides its parameters: its method, its route and the variables that all routes know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wirepress.model.web import Request
from wirepress.wp import address, embed, query


@dataclass(frozen=True, slots=True)
class Asked:
    """`variables` are those of the query string, without the route that stood there; `route` None: no route's form."""

    method: str
    route: str | None
    variables: Mapping[str, Any]
    callback: str = ""
    envelope: bool = False
    pretty: bool = False
    embeds: embed.Wanted = False

    @classmethod
    def of(cls, request: Request) -> Asked:
        """The method (with its override), the route and the global variables of a request."""
        variables = query.parse(request.query)
        route = address.route_of(request.path, variables)
        callback = variables.get("_jsonp")
        return cls(
            _method(request, variables),
            route,
            variables,
            callback if isinstance(callback, str) else "",
            "_envelope" in variables,
            "_pretty" in variables,
            embed.wanted_of(variables.get("_embed")),
        )


def _method(request: Request, variables: Mapping[str, Any]) -> str:
    """The method that counts: one that the query names, or a header, or the request's own."""
    named = variables.get("_method")
    if isinstance(named, str) and named:
        return named.upper()
    return (request.headers.get("x-http-method-override") or request.method).upper()
