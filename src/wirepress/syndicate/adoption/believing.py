"""Which sites are believed to be where posts come from that say no more than "Source: …".

Articles of a site's own end with such a line as well, naming the report or the statistics that they rely on.  Taken for
an origin, it would hand their canonical address to somebody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from wirepress.syndicate.adoption.keys import host_of
from wirepress.syndicate.adoption.recognising import LINE, Recognised

FEWEST_LINES: Final = 2
"""Posts that say in so many words that they appeared there first; one is enough of what a plugin or a canonical address
names."""


class Believed:
    """The hosts that are known by more than such lines: `there` are those of the sources that there are."""

    def __init__(self, there: Iterable[str]) -> None:
        self._there = frozenset(there)
        self._said = Counter[str]()

    def hear(self, one: Recognised) -> None:
        """Hears of a post; it may be any number of times of all but bare lines."""
        if one.is_bare:
            return
        self._said[one.host] += 1 if one.sign == LINE else FEWEST_LINES
        if one.feed:
            self._said[host_of(one.feed)] += FEWEST_LINES

    def is_origin(self, one: Recognised) -> bool:
        """Whether a post that was recognised came from where it says; asked once all others were heard."""
        return not one.is_bare or self.has(one.host)

    def has(self, host: str) -> bool:
        """Whether a site is believed to be one that posts come from."""
        return host in self._there or self._said[host] >= FEWEST_LINES
