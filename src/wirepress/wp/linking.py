"""The `_links` of items as JSON text.

What is the same for all items of a resource, which is most of it, is written once for the addresses of a site; each
item then costs a few joins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from wirepress.wp import json
from wirepress.wp.call import Call, Place
from wirepress.wp.declaration import Beside, Link, Target, To, Way
from wirepress.wp.resource import Resource
from wirepress.wp.result import Targets

T = TypeVar("T")

CURIES = [{"name": "wp", "href": "https://api.w.org/{rel}", "templated": True}]
_CURIES = '"curies":' + json.encode(CURIES)
_KEY = "q0key0q"
"""Stands for an item's attribute while an address is written: no encoding changes it."""


class Address(NamedTuple):
    """An address as far as it is the same for all items: `before` and `after` stand around the item's attribute `key`,
    and before them what `beside` says of the item."""

    beside: Callable[[Any, Call], Beside] | None
    before: str
    key: Callable[[Any], Any] | None
    after: str
    target: Callable[[Any, Call], Target | None] | None


class Compiled(NamedTuple):
    """A link as far as it is the same for all items.  An attribute `when` that is empty leaves it out; `make`: it has
    to be asked anew for each item."""

    link: Link[Any]
    start: str
    addresses: tuple[Address, ...]
    when: Callable[[Any], Any] | None
    make: Callable[[Any, Call], Any] | None
    curied: bool


def links_of(resource: Resource[T], call: Call, item: T) -> tuple[str, Targets]:
    """The `_links` of an item as JSON text, "" where it has none, and what they embed."""
    shown: list[str] = []
    targets: list[tuple[str, tuple[Target | None, ...]]] = []
    curied = False
    for compiled in _compiled(resource, call.place, call.context == "edit" and not call.viewer.anonymous):
        relation = _filled if compiled.make is None else _made
        written, embedded = relation(compiled, resource, call, item)
        if not written:
            continue
        shown.append(written)
        if any(embedded):
            targets.append((compiled.link.rel, embedded))
        curied = curied or compiled.curied
    if curied:
        shown.append(_CURIES)
    return f"{{{','.join(shown)}}}" if shown else "", tuple(targets)


Written = tuple[str, tuple[Target | None, ...]]
"""A relation as JSON text, "" where the item has none, and what its links embed."""


def _made(compiled: Compiled, resource: Resource[T], call: Call, item: T) -> Written:
    """A relation that is asked for anew."""
    made = compiled.make(item, call) if compiled.make is not None else None
    if not made:
        return "", ()
    tos: Sequence[To] = (made,) if isinstance(made, To) else made
    tail = _hints(compiled, resource, call, item)
    entries = ",".join([f'{{{_beside(to)}"href":{json.encode(to.href)}{tail}}}' for to in tos])
    return f"{compiled.start}{entries}]", tuple(to.target for to in tos)


def _filled(compiled: Compiled, resource: Resource[T], call: Call, item: T) -> Written:
    """A relation that is written already but for the item's attributes."""
    if compiled.when is not None and not compiled.when(item):
        return "", ()
    end = f"{_hints(compiled, resource, call, item)}}}"
    written: list[str] = []
    targets: list[Target | None] = []
    for beside, before, key, after, target in compiled.addresses:
        said = "" if beside is None else beside(item, call).written
        written.append(f"{{{said}{before}{'' if key is None else _written(key(item))}{after}{end}")
        targets.append(None if target is None else target(item, call))
    return f"{compiled.start}{','.join(written)}]", tuple(targets)


@lru_cache(maxsize=1024)
def _compiled(resource: Resource[Any], place: Place, editing: bool) -> tuple[Compiled, ...]:
    return tuple(_compile(link, place) for link in resource.links if editing or not link.editing)


def _compile(link: Link[Any], place: Place) -> Compiled:
    start = f"{json.encode(link.rel)}:["
    curied = link.curied and link.rel.startswith("wp:")
    ways = (Way(link.to, link.query, link.beside, link.target),) if isinstance(link.to, str) else link.to
    if not isinstance(ways, tuple):
        return Compiled(link, start, (), None, ways, curied)
    addresses = tuple(_address(way, place) for way in ways)
    return Compiled(link, start, addresses, attrgetter(link.when) if link.when else None, None, curied)


def _address(way: Way[Any], place: Place) -> Address:
    names: list[str] = []
    href = place.href(_held(way.route, names), _held(way.query, names))
    before, _, after = f'"href":{json.encode(href)}'.partition(_KEY)
    key = attrgetter(names[0]) if names else None
    if isinstance(way.beside, Beside):
        return Address(None, way.beside.written + before, key, after, way.target)
    return Address(way.beside, before, key, after, way.target)


def _held(text: str, names: list[str]) -> str:
    """A route or query with a place held for the attribute that it names, whose name is noted."""
    before, brace, rest = text.partition("{")
    if not brace:
        return text
    name, _, after = rest.partition("}")
    names.append(name)
    return before + _KEY + after


def _written(value: Any) -> Any:
    return value if type(value) is int else json.encode(str(value))[1:-1]


def _beside(to: To) -> str:
    if not to.more:
        return ""
    if isinstance(to.more, Beside):
        return to.more.written
    return Beside(to.more).written


def _hints(compiled: Compiled, resource: Resource[T], call: Call, item: T) -> str:
    """The methods that the caller may use, behind a link's address where it tells them (targetHints)."""
    if not compiled.link.hints:
        return ""
    return _hinted(resource.allowed(call.hinting, item))


@lru_cache(maxsize=64)
def _hinted(methods: tuple[str, ...]) -> str:
    if not methods:
        return ""
    return ',"targetHints":' + json.encode({"allow": list(methods)})
