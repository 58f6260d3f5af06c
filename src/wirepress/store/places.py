"""Places in long lists, kept for one epoch (see `store.ladders`)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

MOST: Final = 64
"""So many lists have their places kept; the ones that were not asked for the longest go."""

Place = tuple[Any, int]
"""What a list is sorted by, and the id, of a row at the end of a step."""
Key = tuple[str, tuple[Any, ...], str]


class Places:
    """The places of some lists in one epoch; shared by all threads of a process."""

    def __init__(self) -> None:
        self._epoch = -1
        self._kept: OrderedDict[Key, tuple[Place, ...]] = OrderedDict()

    def of(self, epoch: int, key: Key) -> tuple[Place, ...]:
        """What is known of a list in an epoch."""
        kept = self._kept
        return kept.get(key, ()) if epoch == self._epoch else ()

    def keep(self, epoch: int, key: Key, places: tuple[Place, ...]) -> None:
        """Keeps the places of a list, unless more of them, or those of a later epoch, are known by now."""
        if epoch > self._epoch:
            self._kept, self._epoch = OrderedDict(), epoch
        if epoch == self._epoch and len(places) > len(self._kept.get(key, ())):
            kept = self._kept
            kept[key] = places
            kept.move_to_end(key)
            while len(kept) > MOST:
                kept.popitem(last=False)
