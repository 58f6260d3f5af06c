"""The headers of the API's answers."""

from __future__ import annotations

from math import ceil
from typing import Any

from wirepress.web.headers import Kind, guards
from wirepress.wp import address, query
from wirepress.wp.call import Call
from wirepress.wp.result import Result

Headers = list[tuple[str, str]]

EXPOSED = "X-WP-Total, X-WP-TotalPages, Link"
ALLOWED = "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type"
METHODS = "OPTIONS, GET, POST, PUT, PATCH, DELETE"


def base(kind: str = "application/json") -> Headers:
    """What every answer has."""
    return [
        ("Content-Type", f"{kind}; charset=UTF-8"),
        *guards(Kind.API),
        ("Access-Control-Expose-Headers", EXPOSED),
        ("Access-Control-Allow-Headers", ALLOWED),
    ]


def discovery(call: Call) -> str:
    """The Link that leads to the API; a link of the answer's own takes its place."""
    return f'<{call.site.rest_url("/")}>; rel="https://api.w.org/"'


UNCACHED: Headers = [
    ("Expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
    ("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private"),
]
"""What an answer for a user has, so that nobody keeps it."""


def cors(origin: str) -> Headers:
    """What a browser asks for that runs a page of another origin.  WordPress lets any origin in, with credentials."""
    if not origin:
        return []
    return [
        ("Access-Control-Allow-Origin", origin.splitlines()[0]),
        ("Access-Control-Allow-Methods", METHODS),
        ("Access-Control-Allow-Credentials", "true"),
        ("Vary", "Origin"),
    ]


CORS_FOR_ANYBODY: Headers = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", METHODS),
    ("Vary", "Origin"),
]
"""What foreign origins get from a hardened site: they may read what everybody may, and no cookie of theirs counts."""


def paging(call: Call, result: Result, route: str, total: int, per_page: int, page: int, *, clamp: bool = True) -> None:
    """Totals, and the links to the pages before and after; `clamp`: the one before is one that there is."""
    pages = ceil(total / per_page) if per_page else 0
    result.headers["X-WP-Total"] = total
    result.headers["X-WP-TotalPages"] = pages
    if page > 1:
        result.links.append(_page_link(call, route, min(page - 1, pages) if clamp else page - 1, "prev"))
    if pages > page:
        result.links.append(_page_link(call, route, page + 1, "next"))


def _page_link(call: Call, route: str, page: int, rel: str) -> str:
    """The link to another page: the query as it came, `rest_route` too where the route came by it, with the page."""
    sent = {}
    if "rest_route" in call.request.query:
        sent = query.parse(call.request.query)
    routed = isinstance(sent.get("rest_route"), str) and address.by_query(call.request.path)
    variables: dict[str, Any] = {**call.checked.query, "page": page}
    if not call.site.structure:
        # The route of the link's own is a word of its query.
        return f'<{call.site.home}/index.php?{query.build({"rest_route": route, **variables})}>; rel="{rel}"'
    if routed:
        given = {name: variables.get(name, value) for name, value in sent.items()}
        variables = {**given, **variables, "rest_route": sent["rest_route"]}
    return f'<{call.href(route, query.build(variables))}>; rel="{rel}"'


def alternate(address: str) -> str:
    """The link from an item to its page for readers."""
    return f'<{address}>; rel="alternate"; type=text/html'
