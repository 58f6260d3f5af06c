"""Where the API lives: `/wp-json/...`, `/index.php/wp-json/...` and `?rest_route=/...` on the front address."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

ROOTS = ("/wp-json", "/index.php/wp-json")
EMPTY_ROUTE = re.compile(r"(?:^|&)rest_route=(?:&|$)")
FRONT = frozenset({"", "/", "/index.php", "/index.php/"})


def is_api(path: str, raw_query: str) -> bool:
    """Whether a request is for the API, by its path as sent and its raw query."""
    if path in FRONT:
        return "rest_route=" in raw_query and not EMPTY_ROUTE.search(raw_query)
    return any(path == root or path.startswith(root + "/") for root in ROOTS)


def by_query(path: str) -> bool:
    """Whether a request for this path names its route in the query."""
    return path in FRONT


def route_of(path: str, asked: dict[str, Any]) -> str | None:
    """The route that a path or the query asks for; None when it is no route's form.  `rest_route` is taken out of
    the query's variables."""
    for root in ROOTS:
        if path == root or path.startswith(root + "/"):
            asked.pop("rest_route", None)
            return unquote(path[len(root) :]) or "/"
    named = asked.pop("rest_route", None)
    if isinstance(named, str) and named.startswith("/"):
        return named
    return None
