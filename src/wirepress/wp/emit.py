"""Items to bytes: one compiled emitter for each context and choice of fields, each item encoded once.

An encoded item is kept under its id and the version of its row, with everything else that it depends on: what it
borrows from other rows (`site.shared_version`), the context, the fields, and, for a caller who is known, what they may
do (`facets`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from wirepress.wp import fields as choice
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.declaration import Entry, Field, is_ours
from wirepress.wp.documents import Documents, size_of
from wirepress.wp.linking import links_of
from wirepress.wp.resource import Resource
from wirepress.wp.result import Doc, Targets

T = TypeVar("T")
Emitter = Callable[[T, Call], dict[str, Any]]


def emitter(resource: Resource[T], context: str, fields: tuple[str, ...]) -> Emitter[T]:
    """The function that reads the fields of an item that a context and a choice of fields show.

    What is shown is decided here, once; each item then costs one call a field.
    """
    if choice.brief(fields):
        return _kept_emitter(resource, context, fields)
    return _emitter(resource, context, fields)


def _emitter(resource: Resource[T], context: str, fields: tuple[str, ...]) -> Emitter[T]:
    always: list[tuple[str, Callable[[T, Call], Any]]] = []
    sometimes: dict[str, Callable[[T, Call], bool]] = {}
    for entry in resource.fields:
        if entry.shown_in(context) and _asked(resource, entry, fields):
            read = _reader(entry, context, fields)
            if read is not None:
                always.append((entry.name, read))
                if isinstance(entry, Field) and entry.when is not None:
                    sometimes[entry.name] = entry.when
    readers = tuple(always)
    if not sometimes:
        return lambda item, call: {name: read(item, call) for name, read in readers}

    def emit(item: T, call: Call) -> dict[str, Any]:
        return {
            name: read(item, call)
            for name, read in readers
            if (when := sometimes.get(name)) is None or when(item, call)
        }

    return emit


_kept_emitter = lru_cache(maxsize=512)(_emitter)


def _asked(resource: Resource[Any], entry: Entry[Any], fields: tuple[str, ...]) -> bool:
    name = entry.name
    if is_ours(entry):
        return bool(fields) and choice.wanted(name, fields)
    if fields and (resource.exact_fields is True or (resource.exact_fields and name in resource.exact_fields)):
        return name in fields or name == "id"  # which is always made, and shown where it was asked for
    return choice.wanted(name, fields)


def _reader(entry: Entry[T], context: str, fields: tuple[str, ...]) -> Callable[[T, Call], Any] | None:
    if isinstance(entry, Field):
        return entry.reader()
    parts: list[tuple[str, Callable[[T, Call], Any]]] = []
    for part in entry.parts:
        read = part.reader()
        if read is not None and part.shown_in(context) and choice.wanted(f"{entry.name}.{part.name}", fields):
            parts.append((part.name, read))
    return lambda item, call: {name: read(item, call) for name, read in parts} or []


_kept_tree = lru_cache(maxsize=512)(choice.tree)


def _tree(fields: tuple[str, ...]) -> choice.Tree:
    if choice.brief(fields):
        return _kept_tree(fields)
    return choice.tree(fields)


def value_of(resource: Resource[T], call: Call, item: T, *, listed: bool) -> tuple[Any, Targets]:
    """An item as a JSON value.  A single item's links stay whole, those in a list obey `_fields` too."""
    value: Any = emitter(resource, call.context, call.fields)(item, call)
    linked: dict[str, Any] = {}
    targets: Targets = ()
    if resource.links and (choice.wanted("_links", call.fields) or choice.wanted("_embedded", call.fields)):
        written, targets = links_of(resource, call, item)
        linked = json.load(written) if written else {}
    if not call.fields:
        if linked:
            value["_links"] = linked
        return value or [], targets
    if listed and linked:
        value["_links"] = linked
        linked = {}
    value = choice.pick(value, _tree(call.fields))
    if linked:
        value = {**(value or {}), "_links": linked}
    shown = value.get("_links", ()) if isinstance(value, dict) else ()
    return value, tuple(target for target in targets if target[0] in shown)


def _written(resource: Resource[T], call: Call, item: T, *, listed: bool) -> tuple[str, Targets]:
    """An item as JSON text, with marked gaps; what `value_of` gives, and quicker where all fields are asked for."""
    if call.fields:
        value, targets = value_of(resource, call, item, listed=listed)
        return json.encode(value), targets
    whole: Any = emitter(resource, call.context, ())(item, call)
    linked, targets = links_of(resource, call, item) if resource.links else ("", ())
    if not linked:
        return json.encode(whole or []), targets
    before = json.encode(whole)[:-1] + "," if whole else "{"
    return f'{before}"_links":{linked}}}', targets


def encoded(resource: Resource[T], call: Call, item: T, *, listed: bool = False, key: Hashable = None) -> Doc:
    """An item as bytes; `key` is what it will be kept under, None where it is not kept."""
    written, targets = _written(resource, call, item, listed=listed)
    pieces = json.split(written)
    size = size_of(pieces) + sum(len(name) + 64 for name in call.fields)  # the key that it is kept under
    return Doc(pieces, targets, size, key)


def key_of(resource: Resource[Any], call: Call, item_id: Any, version: int, facets: Any, *, listed: bool) -> Hashable:
    """What an encoded item is kept under."""
    lent = call.site.epoch if resource.depends_on == "epoch" else call.site.shared_version
    return (
        resource.route,
        item_id,
        version,
        lent,
        call.context,
        call.fields,
        listed and bool(call.fields),
        facets,
    )


def doc_of(documents: Documents, resource: Resource[T], call: Call, item: T, *, listed: bool = False) -> Doc:
    """An item as bytes, from memory when it was encoded before.

    In a view that writes nothing is kept: a version that is not committed may come again with other words.  Nor is
    what was asked for by more names than are worth it.
    """
    if resource.version_of is None or call.view.unit.writing or not choice.brief(call.fields):
        return encoded(resource, call, item, listed=listed)
    facets = None if call.stranger else _facets(resource, call, item)
    key = key_of(resource, call, resource.id_of(item), resource.version_of(item), facets, listed=listed)
    doc = documents.get(key)
    if doc is None:
        with call.view.unit.collecting() as read:
            doc = encoded(resource, call, item, listed=listed, key=key)
        if resource.depends_on == "epoch":  # its version tells of all that the others are made of
            doc = replace(doc, tags=frozenset(read))
        documents.keep(key, doc)
    call.view.unit.depends(doc.tags)
    return doc


def _facets(resource: Resource[T], call: Call, item: T) -> Any:
    return (resource.allowed(call.hinting, item), resource.facets(call, item) if resource.facets else None)


def docs_of_page(documents: Documents, resource: Resource[T], call: Call, rows: Sequence[tuple[int, int]]) -> list[Doc]:
    """A page of a list: what is known is joined, what is not is fetched and encoded.

    Without looking at the rows only a stranger can be answered, and only where everybody may read all that a query
    finds (`resource.public`).
    """
    if resource.items is None:
        return []
    if not (call.stranger and resource.public is not None and resource.public(call)):
        return [
            doc_of(documents, resource, call, item, listed=True)
            for item in resource.items(call, [item_id for item_id, _ in rows])
        ]
    found: dict[int, Doc] = {}
    for item_id, version in rows:
        doc = documents.get(key_of(resource, call, item_id, version, None, listed=True))
        if doc is not None:
            call.view.unit.depends(doc.tags)
            found[item_id] = doc
    missing = [item_id for item_id, _ in rows if item_id not in found]
    if missing:
        for item in resource.items(call, missing):
            found[resource.id_of(item)] = doc_of(documents, resource, call, item, listed=True)
    return [found[item_id] for item_id, _ in rows if item_id in found]
