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


class Embeds:
    """The embedded things of one answer."""

    def __init__(self, call: Call, fetchers: Mapping[str, Fetch], wanted: Wanted, docs: Sequence[Doc]) -> None:
        self._wanted = wanted
        keys: dict[str, dict[Any, None]] = {}
        for target in _targets(docs, wanted):
            keys.setdefault(target.kind, {})[target.key] = None
        inner = call.plain("embed")
        self._found: dict[str, Embedded] = {kind: fetchers[kind](inner, list(found)) for kind, found in keys.items()}

    def _of(self, target: Target | None) -> Pieces | None:
        if target is None:
            return None
        return self._found.get(target.kind, {}).get(target.key)

    def put_into(self, doc: Doc) -> Pieces:
        """The pieces of an item with its `_embedded` at its end.  Raises AssertionError for what is no item."""
        shown: list[tuple[str, list[Pieces | None]]] = []
        for rel, targets in doc.targets:
            if self._wanted is True or (isinstance(self._wanted, tuple) and rel in self._wanted):
                found = [self._of(target) for target in targets]
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
            for j, embedded in enumerate(found):
                pieces.append(b"," if j else b"")
                pieces.extend(embedded or (b"[]",))
            pieces.append(b"]")
        pieces.append(b"}}")
        return tuple(pieces)
