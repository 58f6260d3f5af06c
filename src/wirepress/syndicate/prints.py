"""By what a text is known again that comes in other words around it: with another headline, cut, framed, in part.

A text is taken as its runs of four words, each a number.  Candidates are those that share some of a sample of these
numbers (scaled MinHash: the sample of a part is a part of the sample, which bands of a signature do not give); how much
of the shorter text is in the longer one decides (docs/decisions/0011).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from heapq import nsmallest
from typing import Final

from wirepress.model.story import KeptPrint, TextPrint
from wirepress.syndicate.digests import FEWEST_WORDS
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.passages import words_of

NEAR: Final = 0.7
"""The share of the shorter text's runs that must be in the longer one ..."""
NEARER: Final = 0.85
"""... and where one source brought both: it may dress all its articles alike ..."""
NEAREST: Final = 0.9
"""... and where the shorter text has fewer than `SHORT`, which one source alone never repeats."""
SHORT: Final = 100
_RUN: Final = 4
_LEAD: Final = 150
"""Runs that are the beginning of a text."""
_MOST: Final = 2_000
"""Runs of the rest that are kept, those of the lowest numbers: of a longer text an even sample."""
_LONGER: Final = 4
"""A text so many times as long as a short one may quote it: it is the same only if it begins with it."""
_BRIEF: Final = 12
"""Words of the shortest text that is known again: one under `FEWEST_WORDS` only as a whole, and from another source."""
DRESSED: Final = 20
"""Texts of a source that are looked at for what it says around all of them ..."""
_OFTEN: Final = 3
"""... which is what so many of them have."""


def print_of(text: str, title: str = "") -> TextPrint | None:
    """The print of a plain text; None where it is too short to tell from others.  A brief one tells no more than that
    it is the same as a whole, with its title."""
    words = words_of(text)
    if len(words) < _BRIEF:
        return None
    if len(words) < FEWEST_WORDS:
        return TextPrint(frozenset((_number((*words_of(title), "|", *words)),)))
    numbers = [_number(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
    lead = frozenset(numbers[:_LEAD])
    return TextPrint(lead, frozenset(nsmallest(_MOST, frozenset(numbers[_LEAD:]) - lead)))


def markup_print(markup: str, title: str = "") -> TextPrint | None:
    """The print of a text with markup."""
    return print_of(plain(markup), title)


def _number(words: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=4).digest(), "big")


def containment(one: TextPrint, other: TextPrint) -> float:
    """The share of the smaller print that is in the other; of a print that is a sample, as far as that reaches."""
    reach = min((max(found.rest) for found in (one, other) if len(found.rest) == _MOST), default=None)
    first, second = one.numbers, other.numbers
    if reach is not None:
        first, second = (frozenset(n for n in numbers if n <= reach) for numbers in (first, second))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def likeness(one: TextPrint, other: TextPrint, *, same_source: bool = False) -> float:
    """How much of one text is in the other where both are one article; 0 where they are not."""
    shorter, longer = sorted((one, other), key=lambda found: len(found.lead) + len(found.rest))
    size = len(shorter.lead) + len(shorter.rest)
    if size < SHORT and same_source:
        return 0.0  # what a source says in short it may say of many articles
    if size == 1:
        return float(one == other)
    share = containment(one, other)
    if size >= SHORT:
        return share if share >= (NEARER if same_source else NEAR) else 0.0
    is_quoted = len(longer.lead) + len(longer.rest) > _LONGER * size and not _begins_with(longer, shorter)
    return 0.0 if share < NEAREST or is_quoted else share


def _begins_with(longer: TextPrint, shorter: TextPrint) -> bool:
    return len(shorter.lead & longer.lead) >= NEAREST * len(shorter.lead)


class Dressing:
    """What a source says around many of its articles: what it is, what else there is to read, who may use it.

    Learned from its newest texts; those that are one article count once.
    """

    def __init__(self, texts: Iterable[TextPrint] = ()) -> None:
        self._texts: deque[TextPrint] = deque()
        self._said: Counter[int] = Counter()
        for text in texts:
            self.learn(text)

    def learn(self, text: TextPrint) -> None:
        """Hears one more text."""
        if any(likeness(text, other, same_source=True) for other in self._texts):
            return
        self._texts.append(text)
        self._said.update(text.numbers)
        if len(self._texts) > DRESSED:
            self._said.subtract(self._texts.popleft().numbers)

    def off(self, text: TextPrint) -> TextPrint | None:
        """A text without it; None where hardly anything is left then."""
        said = self._said
        lead = frozenset(number for number in text.lead if said[number] < _OFTEN)
        rest = frozenset(number for number in text.rest if said[number] < _OFTEN)
        if len(lead) == len(text.lead) and len(rest) == len(text.rest):
            return text
        return TextPrint(lead, rest) if len(lead) + len(rest) > FEWEST_WORDS - _RUN else None


def nearest(
    found: TextPrint, source: int, known: Iterable[KeptPrint], dressing: Dressing
) -> list[tuple[float, KeptPrint]]:
    """Those of the texts that are the same article as one of a source, the nearest first, of those that are alike the
    one that is as long.  What the source says around all of its articles does not count."""
    bare, alike = dressing.off(found), []
    if bare is None:
        return []
    for kept in known:
        is_own = kept.source == source
        other = dressing.off(kept.print) if is_own else kept.print
        share = likeness(bare, other, same_source=is_own) if other is not None else 0.0
        if share:
            alike.append((share, kept))
    size = len(bare.numbers)
    return sorted(alike, key=lambda pair: (-pair[0], abs(len(pair[1].print.numbers) - size), pair[1].id))
