"""Tallies of this process alone, for while the store takes none: nobody may guess more because a disk is full."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from wirepress.store.attempts import Tally

MOST = 20_000
"""How many tallies are remembered.  Each guess adds four at most, and a site takes one in two seconds when it is
besieged: it takes hours to come so far."""


class Remembered:
    """Tallies by key; what is remembered of a key includes what the store knew of it then.

    Safe to be asked by many threads; `alone` lets one of them look and change at once.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._tallies: dict[str, Tally] = {}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else in here."""
        with self._lock:
            yield

    def over(self, found: Mapping[str, Tally], keys: Iterable[str]) -> dict[str, Tally]:
        """What the store has of some keys, with what is remembered of them in its place."""
        return {**found, **{key: tally for key in keys if (tally := self._tallies.get(key)) is not None}}

    def has_room(self, keys: Iterable[str], before: int) -> bool:
        """Whether these keys can be remembered; where not, what nothing was added to since a time goes first."""
        wanted = sum(key not in self._tallies for key in keys)
        if len(self._tallies) + wanted > self._most:
            self._tallies = {key: tally for key, tally in self._tallies.items() if tally.last >= before}
        return len(self._tallies) + wanted <= self._most

    def put(self, tallies: Iterable[Tally]) -> None:
        """Remembers tallies as they are now."""
        for tally in tallies:
            self._tallies[tally.key] = tally

    def drop(self, keys: Iterable[str]) -> None:
        """Forgets what the store has taken over."""
        if self._tallies:
            with self._lock:
                for key in keys:
                    self._tallies.pop(key, None)
