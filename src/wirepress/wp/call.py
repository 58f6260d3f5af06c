"""One call of the API: what was asked, by whom, and the view of the site that it is answered from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.web import Request


@dataclass
class Call:
    """What permission rules, queries and field readers get besides an item.

    `params` are the cleaned parameters of all sources with their defaults; `given` those of the query string as
    cleaned (they make the paging links).  `fields` are the names of `_fields`, () when everything is asked for.
    `prepared` is what an endpoint made ready before its write began, `nonce` what the caller may come with next time,
    `cookies` the lines that give him cookies.
    """

    view: View
    viewer: Viewer
    request: Request
    params: Mapping[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    context: str = "view"
    head: bool = False
    prepared: Any = None
    nonce: str = ""
    cookies: list[tuple[str, str]] = field(default_factory=list)
    memory: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def site(self) -> Site:
        return self.view.site

    @property
    def logged_in(self) -> bool:
        return self.viewer.user is not None

    @cached_property
    def password(self) -> str | None:
        """The password of a protected post that was sent along."""
        value = self.params.get("password")
        return value if isinstance(value, str) and value else None

    @cached_property
    def stranger(self) -> bool:
        """Nobody, without any key: what he sees, everybody sees."""
        return self.viewer.anonymous and self.password is None

    @cached_property
    def api(self) -> str:
        """The address of the API, with the slash that routes begin with left out."""
        return self.site.rest_url("/").removesuffix("/")

    def href(self, route: str, query: str = "") -> str:
        """The address of a route.  Where the route is a word of the query itself and another is added, WordPress
        encodes the route's slashes (add_query_arg)."""
        if not query:
            return self.api + route
        if self.site.structure:
            return f"{self.api}{route}?{query}"
        return f"{self.site.home}/index.php?rest_route={quote_plus(route)}&{query}"

    def forget(self) -> None:
        """Looks at everything anew: something was written."""
        self.memory.clear()
        for name in ("site", "api"):
            self.__dict__.pop(name, None)

    def plain(self, context: str = "view", params: Mapping[str, Any] | None = None) -> Call:
        """The same caller asking for something else without parameters of his own (targetHints, _embed)."""
        return replace(self, params=params or {}, given={}, fields=(), context=context, memory=self.memory)
