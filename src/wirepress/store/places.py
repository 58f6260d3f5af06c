"""Places in long lists, kept for one epoch (see `store.ladders`)."""

from __future__ import annotations

import threading
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
        self._lock = threading.Lock()
        self._epoch = -1
        self._kept: OrderedDict[Key, tuple[Place, ...]] = OrderedDict()

    def of(self, epoch: int, key: Key) -> tuple[Place, ...]:
        """What is known of a list in an epoch."""
        with self._lock:
            if epoch != self._epoch or key not in self._kept:
                return ()
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, epoch: int, key: Key, places: tuple[Place, ...]) -> None:
        """Keeps the places of a list, unless more of them, or those of a later epoch, are known by now."""
        with self._lock:
            if epoch > self._epoch:
                self._kept.clear()
                self._epoch = epoch
            if epoch == self._epoch and len(places) > len(self._kept.get(key, ())):
                self._kept[key] = places
                self._kept.move_to_end(key)
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
