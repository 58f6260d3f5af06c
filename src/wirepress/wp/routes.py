"""The routes: compiled once, found by the fixed words that they begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from wirepress.wp.call import Call
from wirepress.wp.declaration import Param
from wirepress.wp.params import Declared
from wirepress.wp.resource import Resource
from wirepress.wp.result import Result
from wirepress.wp.schema import Schema

OUR_NAME = "wirepress"
"""The first word of our own namespaces."""
Form = Literal["one", "page", "whole", "list", "map", "deleted", "value", "file"]


class Shows(NamedTuple):
    """What an endpoint answers with when all is well: one item, a page of items, an object of items by name, an item
    in the trash or the last of one that is deleted, or a value that a schema describes.

    `kinds`: the media types in which it can answer beside JSON; with the form "file" the only ones.
    """

    form: Form
    what: Resource[Any] | Schema
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Endpoint:
    """What answers to some methods of a route.  `permission` raises when the caller may not.

    `alters`: it runs in a view that writes, all of it or nothing, always or when a call has something to change.
    `prepare` runs before that, in a view that reads; where it `prepares_early`, before the first request of a batch
    too, so that costly work is done by then.
    `apart`: it is answered outside of any view, and opens its own (a batch of writes).
    """

    methods: tuple[str, ...]
    run: Callable[[Call], Result]
    permission: Callable[[Call], None]
    params: tuple[Param, ...] = ()
    batch: bool | None = None
    shows: Shows | None = None
    alters: bool | Callable[[Call], bool] = False
    prepare: Callable[[Call], Any] | None = None
    prepares_early: bool = True
    apart: bool = False

    @cached_property
    def declared(self) -> Declared:
        """The parameters as they are gathered and checked."""
        return Declared(self.params)

    def writes(self, call: Call) -> bool:
        """Whether a call runs in a view that writes."""
        if isinstance(self.alters, bool):
            return self.alters
        return self.alters(call)


@dataclass(frozen=True, slots=True)
class Route:
    """A route as WordPress writes it (a regular expression), with its endpoints and its schema."""

    pattern: str
    endpoints: tuple[Endpoint, ...]
    namespace: str = "wp/v2"
    schema: Callable[[Call], Mapping[str, Any]] | None = None
    compiled: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        compiled = re.compile(self.pattern + r"\Z", re.IGNORECASE | re.ASCII)
        object.__setattr__(self, "compiled", compiled)

    @property
    def fixed(self) -> bool:
        return "(" not in self.pattern

    @property
    def ours(self) -> bool:
        """Whether its namespace is one of our own: WordPress has no such route, so the index does not list it."""
        return self.namespace.partition("/")[0] == OUR_NAME

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m for endpoint in self.endpoints for m in endpoint.methods))


@dataclass(frozen=True, slots=True)
class Match:
    route: Route
    endpoint: Endpoint | None
    path: Mapping[str, str]


_SLASHES = re.compile(r"/{2,}")


class Routes:
    """All routes in the order in which WordPress lists them."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.all = tuple(routes)
        self._buckets: dict[str, list[Route]] = {}
        for route in self.all:
            self._buckets.setdefault(_head(route.pattern), []).append(route)

    @staticmethod
    def tidy(path: str) -> str:
        """A path as routes are matched with: one slash at its beginning and between words, none at its end."""
        return "/" + _SLASHES.sub("/", path).strip("/")

    def _candidates(self, path: str) -> Iterator[tuple[Route, re.Match[str]]]:
        for route in self._buckets.get(_head(path), ()):
            if found := route.compiled.match(path):
                yield route, found

    def match(self, path: str, method: str) -> Match | None:
        """What answers a method at a path.  A HEAD is answered by what answers GET."""
        for route, found in self._candidates(path):
            for wanted in (method, "GET") if method == "HEAD" else (method,):
                for endpoint in route.endpoints:
                    if wanted in endpoint.methods:
                        return Match(route, endpoint, _named(found))
        return None

    def at(self, path: str) -> Match | None:
        """The first route that matches a path, whatever the method."""
        return next((Match(route, None, _named(found)) for route, found in self._candidates(path)), None)


def _named(found: re.Match[str]) -> Mapping[str, str]:
    return {name: value for name, value in found.groupdict().items() if value is not None}


def _head(path: str) -> str:
    """The first words of a path that no route leaves open: namespace and base."""
    return "/".join(path.split("(", 1)[0].lower().split("/")[:4]).rstrip("/")
