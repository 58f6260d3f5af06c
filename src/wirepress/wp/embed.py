"""`_embed`: what the links of items lead to, fetched for a whole answer at once.

WordPress makes one inner request for each link; here the links of all items are gathered by what they lead to, each
kind is fetched once, and the encoded items are put in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from wirepress.wp import fields, json
from wirepress.wp.call import Call
from wirepress.wp.declaration import Target
from wirepress.wp.documents import Documents, size_of
from wirepress.wp.json import Gap, Pieces
from wirepress.wp.result import Doc

Embedded = Mapping[Any, Pieces | None]
Fetch = Callable[[Call, Sequence[Any]], Embedded]
"""Gives for each key the JSON of what it leads to, None where that is empty."""

Wanted = bool | tuple[str, ...]


def wanted_of(value: Any) -> Wanted:
    """Which relations `_embed` asks for: all, none, or those named (rest_parse_embed_param)."""
    if value is None:
        return False
    if value in ("", "0", "true", "1", True, []):
        return True
    return fields.listed(value) or True


def _targets(docs: Sequence[Doc], wanted: Wanted) -> Iterator[Target]:
    """What the links of documents embed, as far as it is wanted."""
    for doc in docs:
        for rel, targets in doc.targets:
            if wanted is True or (isinstance(wanted, tuple) and rel in wanted):
                yield from (target for target in targets if target is not None)


class Embedding:
    """Puts into items what their links lead to.

    For strangers the items of a page are kept with all that they embed, in the memory of the encoded items and with the
    tags of what was read for it: for one epoch, as versions do not tell what all of it is made of.
    """

    def __init__(self, documents: Documents, fetchers: Mapping[str, Fetch]) -> None:
        self._documents = documents
        self._fetchers = fetchers

    def put_into(self, docs: Sequence[Doc], call: Call, wanted: Wanted) -> Pieces:
        """The pieces of items with their `_embedded` at their ends, and commas between them."""
        key = _key_of(docs, call, wanted)
        known = None if key is None else self._documents.get(key)
        if known is not None:
            call.view.unit.depends(known.tags)
            return known.pieces
        with call.view.unit.collecting() as read:
            found = self._fetched(call, docs, wanted)
        pieces: list[bytes | Gap] = []
        for number, doc in enumerate(docs):
            pieces += [b","] if number else []
            pieces += _joined(doc, wanted, found)
        made = json.solidified(pieces)
        if key is not None:
            tags = frozenset(read)
            self._documents.keep(key, Doc(made, (), size_of(made) + sum(map(len, tags)), tags=tags))
        return made

    def _fetched(self, call: Call, docs: Sequence[Doc], wanted: Wanted) -> dict[Target, Pieces | None]:
        """What documents embed, each kind at once."""
        asked: dict[str, dict[Any, None]] = {}
        for target in _targets(docs, wanted):
            asked.setdefault(target.kind, {})[target.key] = None
        inner, found = call.plain("embed"), dict[Target, Pieces | None]()
        for kind, keys in asked.items():
            for key, pieces in self._fetchers[kind](inner, list(keys)).items():
                found[Target(kind, key)] = pieces
        return found


def _key_of(docs: Sequence[Doc], call: Call, wanted: Wanted) -> Hashable:
    """What a page is kept under with what it embeds; None where it is not: who names relations may name them in many
    ways."""
    if wanted is not True or not call.stranger or call.view.unit.writing or any(doc.key is None for doc in docs):
        return None
    return "with embedded", call.site.epoch, tuple(doc.key for doc in docs)


def _joined(doc: Doc, wanted: Wanted, embedded: Mapping[Target, Pieces | None]) -> Pieces:
    """The pieces of an item with its `_embedded` at its end.  Raises AssertionError for what is no item."""
    shown: list[tuple[str, list[Pieces | None]]] = []
    for rel, targets in doc.targets:
        if wanted is True or (isinstance(wanted, tuple) and rel in wanted):
            found = [None if target is None else embedded.get(target) for target in targets]
            if any(found):
                shown.append((rel, found))
    if not shown:
        return doc.pieces
    *before, last = doc.pieces
    if isinstance(last, Gap):
        raise AssertionError("an item ends in a brace")
    pieces: list[bytes | Gap] = [*before, last[:-1] + b',"_embedded":{']
    for i, (rel, found) in enumerate(shown):
        pieces.append((b"," if i else b"") + json.dump(rel) + b":[")
        for j, one in enumerate(found):
            pieces.append(b"," if j else b"")
            pieces.extend(one or (b"[]",))
        pieces.append(b"]")
    pieces.append(b"}}")
    return tuple(pieces)
