"""Answers of listed routes: what a route whose arguments and schema are listed (`unserved.json`) answers to GET.

Resources with rows of their own are declarations (`wp.resource`).  These are the others: what a theme, a registry or
the installation knows.  An answer is made as a JSON value; the schema tells which of it a context shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wirepress.wp import headers
from wirepress.wp.call import Call
from wirepress.wp.emit import CURIES
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree, wanted
from wirepress.wp.resource import Permission
from wirepress.wp.result import Result

Json = Any
Links = Mapping[str, Sequence[Mapping[str, Json]]]


@dataclass(frozen=True, slots=True)
class Change:
    """What answers where something is changed at a listed route, in a view that writes; `judge` as in `Answer`."""

    run: Callable[[Call], Result]
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers GET at a listed route; `judge` None: who may ask is what the list of refusals says.  `clean` reads
    parameters in a way of its own.  `alters`: when it runs in a view that writes.  `changes` are what answers to other
    methods, by the first of those that the route lists together (POST, DELETE)."""

    run: Callable[[Call], Result]
    permission: Permission | None = None
    clean: Mapping[str, Callable[[Call, Any], Any]] = field(default_factory=dict)
    alters: bool | Callable[[Call], bool] = False
    changes: Mapping[str, Change] = field(default_factory=dict)


Answers = Mapping[str, Answer]


def in_context(value: Json, schema: Mapping[str, Any], context: str) -> Json:
    """The parts of a value that a context shows (rest_filter_response_by_context)."""
    if isinstance(value, list):
        return [in_context(item, schema.get("items", {}), context) for item in value]
    declared = schema.get("properties")
    if not isinstance(value, dict) or not isinstance(declared, dict):
        return value
    kept: dict[str, Json] = {}
    for name, inner in value.items():
        told = declared.get(name)
        if told is None:
            kept[name] = inner
        elif not told.get("context") or context in told["context"]:
            kept[name] = in_context(inner, told, context)
    return kept or []


def item(call: Call, value: Json, schema: Mapping[str, Any], links: Links | None = None, *, listed: bool) -> Json:
    """An item as it is answered: what the context shows, the fields asked for, its links."""
    asked = call.params.get("context")
    shown = in_context(value, schema, asked if isinstance(asked, str) and asked else "view")
    linked = dict(links or {}) if wanted("_links", call.fields) or wanted("_embedded", call.fields) else {}
    if linked and any(rel.startswith("wp:") for rel in linked):
        linked["curies"] = CURIES
    if not call.fields:
        return {**(shown or {}), "_links": linked} if linked else shown
    if listed and linked:
        shown, linked = {**(shown or {}), "_links": linked}, {}
    shown = pick(shown, tree(call.fields))
    return {**(shown or {}), "_links": linked} if linked else shown


def own(call: Call, route: str, allow: Iterable[str] = ("GET",)) -> list[dict[str, Json]]:
    """The link to an item itself, with the methods that the caller may use."""
    allowed = list(allow)
    return [{"href": call.api + route, **({"targetHints": {"allow": allowed}} if allowed else {})}]


def to(call: Call, route: str, **more: Json) -> list[dict[str, Json]]:
    return [{**more, "href": call.api + route}]


def page(call: Call, route: str, items: Sequence[Json], shown: Callable[[Json], Json]) -> Result:
    """A page of a collection that is known whole, with its totals."""
    number, size = call.page, call.per_page
    first = (number - 1) * size
    chosen = [] if call.head else [shown(one) for one in items[first : first + size]]
    result = Result(value=chosen)
    headers.paging(call, result, route, len(items), size, number)
    return result


def gone(code: str, message: str) -> Answer:
    """Items of a collection that nothing is in."""

    def run(_: Call) -> Result:
        raise WireError(code, message, 404)

    return Answer(run)
