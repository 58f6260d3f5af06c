"""Each passage of a page in numbers: what `classifier` decides by, and `tests.eval.learn` learns from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.passages import Passage, shingles, words_of
from wirepress.syndicate.surroundings import NAMES, OUTER, Surroundings
from wirepress.syndicate.wording import WORDING, is_byline, wording

OPINIONS: Final = ("precise", "declared", "run")
"""Texts that a passage is looked for in (`opinions`)."""
_LOW: Final = -1.0


def _names() -> tuple[str, ...]:
    named = (f"{where} {name}" for name in NAMES for where in ("named", "in"))
    around = ("holder", "holder linked", "best holder", "above best", "block share", "kin", "kin words", "before",
              "after", "flow", "page words", "wider flow", "same kind before", "same kind after",
              "since heading", "words so far", "best share", "kin share", "kin count", "since title", "since byline",
              "until byline", "into best", "to end of best")  # fmt: skip
    said = [
        f"{opinion}{what}"
        for opinion in OPINIONS
        for what in ("", " before", " after", " flow", " kin", " edge", " size")
    ]
    return (*WORDING, *named, *(f"within {tag}" for tag in OUTER), *around, *said)


FEATURES: Final = _names()
_BITS: Final = tuple(1 << at for at in range(len(NAMES)))
_FAR: Final = 20
_NEAR: Final = 8
_LINE: Final = 8
_GRAM: Final = 4
_LONG_LABEL: Final = 20


def measure(found: Sequence[Passage], opinions: Mapping[str, str]) -> list[list[float] | None]:
    """A row of numbers for each passage, in the order of `FEATURES`; None for one that nothing speaks for."""
    if not found:
        return []
    total = len(found)
    known = {passage.text: passage.words for passage in found}
    shares = {name: _shares(found, opinions.get(name, ""), known) for name in OPINIONS}
    wanted = _worth_a_look(found, shares)
    kin = _kin(found)
    repeats = Counter(passage.words for passage in found)
    bylines = [len(passage.words) < _LONG_LABEL and is_byline(passage.text) for passage in found]
    page = _Page(found, kin, bylines)
    said = [_said(found, opinions.get(name, ""), shares[name], kin, wanted) for name in OPINIONS]
    surroundings = Surroundings()
    rows: list[list[float] | None] = [None] * total
    for at in wanted:
        passage = found[at]
        place = surroundings.of(passage.element, passage.above)
        row = wording(passage, place.depth, at / total, total - at, repeats[passage.words])
        row += _kinds(place.names, place.near, place.far, place.tags)
        row += page.row(at)
        for opinion in said:
            row += opinion[at]
        rows[at] = row
    return rows


@lru_cache(maxsize=2_000)
def _kinds(names: int, near: int, far: int, tags: int) -> tuple[float, ...]:
    """What is known of a place (`Place`) as numbers; on one page, most passages lie in a few kinds of places."""
    row = []
    for bit in _BITS:
        row.append(2.0 if names & bit else float(near & bit > 0))
        row.append(float(far & bit > 0))
    return (*row, *(float(tags >> bit & 1) for bit in range(len(OUTER))))


def _worth_a_look(found: Sequence[Passage], shares: Mapping[str, Sequence[float]]) -> list[int]:
    """The places of passages that have a line's worth of words which are no links, or stand near what an opinion
    holds; the others are furniture."""
    near = [0] * (len(found) + 1)
    for values in shares.values():
        for at, value in enumerate(values):
            if value > 0.5 and len(found[at].words) >= _GRAM:
                near[max(0, at - _NEAR)] += 1
                near[min(len(found), at + _NEAR + 1)] -= 1
    wanted = []
    open_now = 0
    for at, passage in enumerate(found):
        open_now += near[at]
        if open_now > 0 or len(passage.words) - passage.linked >= _LINE:
            wanted.append(at)
    return wanted


def _weight(passage: Passage) -> float:
    """How much a passage speaks for what holds it: words that are no links, of more than a label."""
    free = len(passage.words) - passage.linked
    return float(free) if free >= 8 else 0.0


def _since(marks: Sequence[object]) -> list[float]:
    """How many passages ago the last mark was, up to so many."""
    found = []
    ago = _FAR
    for mark in marks:
        ago = 0 if mark else min(_FAR, ago + 1)
        found.append(float(ago))
    return found


def _holders(
    found: Sequence[Passage], weights: Sequence[float]
) -> tuple[dict[HtmlElement, float], Counter[HtmlElement], Counter[HtmlElement], dict[HtmlElement, float]]:
    """What the elements around passages hold: weight, words, linked words, and a score that favours the nearest."""
    held: dict[HtmlElement, float] = defaultdict(float)
    words: Counter[HtmlElement] = Counter()
    linked: Counter[HtmlElement] = Counter()
    score: dict[HtmlElement, float] = defaultdict(float)
    for passage, weight in zip(found, weights, strict=True):
        share = 1.0
        for holder in passage.above[:6]:
            held[holder] += weight
            words[holder] += len(passage.words)
            linked[holder] += passage.linked
            score[holder] += weight * share
            share *= 0.6
    return held, words, linked, score


class _Page:
    """What the passages of a page are among each other: their neighbours, their holders, their kin."""

    def __init__(self, found: Sequence[Passage], kin: Sequence[int], bylines: Sequence[object]) -> None:
        self.found = found
        self.kin = kin
        self.kinds = [(passage.element.tag, passage.element.get("class", "")) for passage in found]
        weights = [_weight(passage) for passage in found]
        self.held, self.words, self.linked, score = _holders(found, weights)
        self.best = max(score, key=lambda holder: score[holder], default=None)
        self.path = set() if self.best is None else {self.best, *self.best.iterancestors()}
        self.all_words = sum(len(passage.words) for passage in found)
        self.all_weight = sum(weights) or 1.0
        self.before = [0.0, *accumulate(weights)]
        self.flows, self.wide = _flow(weights, 2), _flow(weights, 6)
        self.kin_count = Counter(kin)
        self.kin_words: Counter[int] = Counter()
        for group, passage in zip(kin, found, strict=True):
            self.kin_words[group] += len(passage.words)
        self.under = _under_headings(found)
        self.title = _since([passage.element.tag == "h1" for passage in found])
        self.since = _since(bylines)
        self.until = _since(list(reversed(bylines)))[::-1]
        ours = [at for at, passage in enumerate(found) if weights[at] and self.best in passage.above]
        self.first, self.last = (ours[0], ours[-1]) if ours else (0, len(found))

    def row(self, at: int) -> list[float]:
        """What a passage is among the others, in the order of `FEATURES`."""
        passage, kin = self.found[at], self.kin[at]
        holder, *outer = passage.above or (passage.element,)
        second = outer[0] if outer else holder
        steps = next((step for step, one in enumerate(passage.above) if one in self.path), 30)
        return [
            self.held[holder] / self.all_weight,
            self.linked[holder] / max(1, self.words[holder]),
            float(self.best in passage.above),
            float(min(10, steps)),
            self.held[second] / self.all_weight,
            float(min(50, len(holder))) if passage.above else 0.0,
            self.words[holder] / max(1, self.all_words),
            self._length(at - 1),
            self._length(at + 1),
            self.flows[at],
            float(min(5000, self.all_words)),
            self.wide[at],
            self._is_like(at, at - 1),
            self._is_like(at, at + 1),
            float(min(20, self.under[at])),
            self.before[at] / self.all_weight,
            self.held[self.best] / self.all_weight if self.best is not None else 0.0,
            self.kin_words[kin] / max(1, self.all_words),
            float(min(50, self.kin_count[kin])),
            self.title[at],
            self.since[at],
            self.until[at],
            float(max(-20, min(20, at - self.first))),
            float(max(-20, min(20, self.last - at))),
        ]

    def _length(self, at: int) -> float:
        """The words of a passage, up to so many; 0 beyond the page's ends."""
        return float(min(100, len(self.found[at].words))) if 0 <= at < len(self.found) else 0.0

    def _is_like(self, at: int, other: int) -> float:
        """Whether two passages are of one tag and class; not, where there is no other."""
        if not 0 <= other < len(self.found):
            return 0.0
        return float(self.kinds[at] == self.kinds[other])


def _under_headings(found: Sequence[Passage]) -> list[int]:
    """How many passages ago the last heading was; from 100 on before the first."""
    ago = []
    under = 99
    for passage in found:
        under = 0 if passage.element.tag in ("h1", "h2", "h3", "h4") else under + 1
        ago.append(under)
    return ago


def _flow(values: Sequence[float], reach: int) -> list[float]:
    """The mean of the values around each, itself left out."""
    values = [min(80.0, value) for value in values]
    sums = [0.0, *accumulate(values)]
    # Beyond its ends a page has nothing.
    sums = [0.0] * reach + sums + [sums[-1]] * reach
    width = 2 * reach + 1
    return [(sums[at + width] - sums[at] - value) / (2 * reach) for at, value in enumerate(values)]


def _kin(found: Sequence[Passage]) -> list[int]:
    """Numbers of groups: passages of one tag, class and holder's class."""
    numbers: dict[tuple[object, ...], int] = {}
    groups = []
    for passage in found:
        holder = passage.above[0] if passage.above else passage.element
        named = (passage.element.tag, passage.element.get("class"), holder.tag, holder.get("class"))
        groups.append(numbers.setdefault(named, len(numbers)))
    return groups


def _shares(found: Sequence[Passage], text: str, known: Mapping[str, tuple[str, ...]]) -> list[float]:
    """How much of each passage is in a text; nothing at all where there is none.

    `known` are the words of lines that have been taken apart already.
    """
    if not text.strip():
        return []
    lines = [known.get(line) or words_of(line) for line in text.split("\n")]
    grams = shingles(tuple(chain.from_iterable(lines)))
    short = {line for line in lines if len(line) < _GRAM}
    values = []
    for passage in found:
        words = passage.words
        if len(words) < _GRAM:
            values.append(float(words in short))
        else:
            runs = zip(words, words[1:], words[2:], words[3:], strict=False)
            values.append(sum(map(grams.__contains__, runs)) / (len(words) - _GRAM + 1))
    return values


def _said(
    found: Sequence[Passage], text: str, values: Sequence[float], kin: Sequence[int], wanted: Sequence[int]
) -> dict[int, list[float]]:
    """How far passages, their neighbours and their kin are in a text; -1 where there is none."""
    if not values:
        return {at: [_LOW] * 7 for at in wanted}
    long = [value if len(passage.words) >= _GRAM else 0.5 * value for value, passage in zip(values, found, strict=True)]
    flows = _flow(long, 3)
    inside: Counter[int] = Counter()
    sizes: Counter[int] = Counter()
    for group, value, passage in zip(kin, values, found, strict=True):
        inside[group] += int(1000 * value * len(passage.words))
        sizes[group] += 1000 * len(passage.words)
    yes = [at for at, value in enumerate(long) if value > 0.6]
    first, last = (yes[0], yes[-1]) if yes else (0, len(found))
    size = float(min(3000, text.count(" ")))
    rows = {}
    for at in wanted:
        if at < first:
            edge = -1.0 - min(5, first - at)
        elif at > last:
            edge = -10.0 - min(9, at - last)
        else:
            edge = float(min(5, at - first, last - at))
        rows[at] = [
            values[at],
            long[at - 1] if at else 0.0,
            long[at + 1] if at + 1 < len(found) else 0.0,
            flows[at],
            inside[kin[at]] / sizes[kin[at]],
            edge,
            size,
        ]
    return rows
