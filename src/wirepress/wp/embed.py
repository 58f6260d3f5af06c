"""`_embed`: what the links of items lead to, fetched for a whole answer at once.

WordPress makes one inner request for each link; here the links of all items are gathered by what they lead to, each
kind is fetched once, and the encoded items are put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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

    For strangers each item is kept with what it embeds, and so is each thing that is embedded, in the memory of the
    encoded items, with the tags of what was read for it: for one epoch, as versions do not tell what all of it is made
    of.
    """

    def __init__(self, documents: Documents, fetchers: Mapping[str, Fetch]) -> None:
        self._documents = documents
        self._fetchers = fetchers

    def put_into(self, docs: Sequence[Doc], call: Call, wanted: Wanted) -> list[Pieces]:
        """The pieces of items with their `_embedded` at their ends."""
        epoch = None
        if call.stranger and not call.view.unit.writing:
            epoch = call.site.epoch
        whole = epoch if wanted is True else None  # whoever names relations may name them in many ways
        keys = [None if whole is None or doc.key is None else ("with embedded", epoch, doc.key) for doc in docs]
        known = [None if key is None else self._documents.get(key) for key in keys]
        missing = [doc for doc, found in zip(docs, known, strict=True) if found is None]
        embedded = self._fetched(call, missing, wanted, epoch)
        made: list[Pieces] = []
        for doc, key, found in zip(docs, keys, known, strict=True):
            if found is not None:
                call.view.unit.tags.update(found.tags)
                made.append(found.pieces)
                continue
            pieces = _joined(doc, wanted, embedded)
            made.append(pieces)
            if key is not None:
                tags = frozenset[str]().union(*(embedded[target].tags for target in _targets((doc,), wanted)))
                self._documents.keep(key, Doc(pieces, (), size_of(pieces) + sum(map(len, tags)), tags=tags))
        return made

    def _fetched(self, call: Call, docs: Sequence[Doc], wanted: Wanted, epoch: int | None) -> dict[Target, Doc]:
        """What documents embed; without pieces where that is empty."""
        found: dict[Target, Doc] = {}
        asked: dict[str, dict[Any, None]] = {}
        for target in _targets(docs, wanted):
            kept = found.get(target) or (None if epoch is None else self._documents.get(("embedded", epoch, target)))
            if kept is None:
                asked.setdefault(target.kind, {})[target.key] = None
            elif target not in found:
                call.view.unit.tags.update(kept.tags)
                found[target] = kept
        inner = call.plain("embed")
        for kind, keys in asked.items():
            with call.view.unit.collecting() as read:
                fetched = self._fetchers[kind](inner, list(keys))
            tags = frozenset(read)
            for key in keys:
                pieces = fetched.get(key) or ()
                target = Target(kind, key)
                found[target] = Doc(pieces, (), size_of(pieces) + sum(map(len, tags)), tags=tags)
                if epoch is not None:
                    self._documents.keep(("embedded", epoch, target), found[target])
        return found


def _joined(doc: Doc, wanted: Wanted, embedded: Mapping[Target, Doc]) -> Pieces:
    """The pieces of an item with its `_embedded` at its end.  Raises AssertionError for what is no item."""
    shown: list[tuple[str, list[Pieces]]] = []
    for rel, targets in doc.targets:
        if wanted is True or (isinstance(wanted, tuple) and rel in wanted):
            found = [() if target is None else embedded[target].pieces for target in targets]
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
    return json.solidified(pieces)
