"""A story as templates see it, with the cards that were made of it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[object, ...]

_LOCK = threading.Lock()
_PLAIN = frozenset({str, int, bool, type(None)})
_BESIDE = 256
"""Bytes that keeping a card takes beside its text and what it was made with, counted high."""


@dataclass(slots=True, eq=False)
class Made:
    """The cards that were made of a story, by all else that they were made with, as long as there is room (bytes)."""

    room: int
    cards: dict[Key, str] = field(default_factory=dict)


class Story(dict[str, Any]):
    """A post as templates see it (`context.Story`).  One that is kept for other pages (`made`) is never changed."""

    __slots__ = ("made",)

    def __init__(self, values: Mapping[str, Any], made: Made | None = None) -> None:
        super().__init__(values)
        self.made = made

    def also_told_by(self, names: Sequence[str]) -> Story:
        """The same story with others who told it; its cards name them, and are kept with it."""
        return Story({**self, "told_by": names}, self.made)

    def card(self, key: Key, make: Callable[[], Any]) -> Any:
        """A card of the story: the one that was made by the same `key` before, where the story is kept."""
        made = self.made
        if made is None:
            return make()
        key = (*key, *self["told_by"])
        card = made.cards.get(key)
        if card is None:
            card = make()
            size = _BESIDE + sys.getsizeof(card) + sum(sys.getsizeof(one) for one in key if type(one) in _PLAIN)
            with _LOCK:
                if size <= made.room and key not in made.cards:
                    made.cards[key] = card
                    made.room -= size
        return card


def plain(args: Sequence[Any], named: Mapping[str, Any]) -> Key | None:
    """Arguments as a part of a key; None where they are not all plain values.  True is no 1, though it equals it."""
    values = (*args, *named.values())
    if not all(type(value) in _PLAIN for value in values):
        return None
    return (len(args), *named, *map(type, values), *values)
