"""Each passage of a page in numbers: what `classifier` decides by, and `tests.eval.learn` learns from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.passages import Passage, shingles, words_of
from wirepress.syndicate.surroundings import NAMES, OUTER, Surroundings

OPINIONS: Final = ("precise", "declared", "run")
"""Texts that a passage is looked for in (`opinions`)."""
_TAGS: Final = {"p": 1, "li": 2, "h1": 3, "h2": 4, "h3": 5, "h4": 6, "h5": 6, "h6": 6, "td": 7, "th": 7, "caption": 7,
                "figcaption": 8, "figure": 8, "blockquote": 9, "pre": 10, "dd": 11, "dt": 11, "div": 12, "section": 12,
                "article": 12, "header": 13, "footer": 14, "aside": 14, "nav": 14, "address": 14}  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_END: Final = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_STOP: Final = frozenset(
    re.findall(
        r"\w+",
        "the a an of to in and that is was for it with as his her on be at by i he she we they you have had not "
        "this but are or from which their been who has were will der die das und ist von zu den mit des im ein "
        "eine nicht sich auf für dem als auch es er sie le la les de et en un une du que dans il est pour qui au "
        "sur par el los del y se las con no una su lo di che è per non gli o os da em um uma é não het een van "
        "dat op te zijn och att som på är av för ",
    )
)
_PATTERNS: Final = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "copyright": r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|todos los derechos|direitos"
        r"|may not be (?:published|reproduced)|terms of (?:use|service)|privacy policy",
        "invites": r"\b(?:sign up|subscribe|newsletter|follow us|click here|read more|read also|also read|related"
        r"|see also|download|join us|join our|register|log ?in|share this|contact us|get in touch|learn more|leave a"
        r"|comments?\b|abonn|anmelden|mehr zum thema|lesen sie|lire aussi|leia (?:também|mais)|lee también|leggi anche"
        r"|book a|free trial|shop now|buy now|view (?:more|all)|advertis|sponsor|affiliate|commission|cookie)",
        "byline": r"^(?:by|von|por|par|written by|posted|published|updated|last updated|photo|foto|image|source|credit"
        r"|via|tags?|filed under|topics?|categor|reviewed by|veröffentlicht|stand|reporting by|editing by|about the"
        r"|minutes? read)\b|\bmin(?:ute)?s? read\b",
        "date": r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b",
        "contact": r"@\w|https?://|www\.|\+?\d[\d ()-]{8,}\d",
    }.items()
}
_LOW: Final = -1.0


def _names() -> tuple[str, ...]:
    own = ("tag", "words", "linked", "ends", "commas", "stops", "capitals", "digits", "quotes", "depth", "index",
           "left", "repeats", "headed", "lines", *(f"says {name}" for name in _PATTERNS))  # fmt: skip
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
    return (*own, *named, *(f"within {tag}" for tag in OUTER), *around, *said)


FEATURES: Final = _names()
_BITS: Final = tuple(1 << at for at in range(len(NAMES)))
_FAR: Final = 20
_NEAR: Final = 8
_LINE: Final = 8
_LONG_LABEL: Final = 20


def measure(found: Sequence[Passage], opinions: Mapping[str, str]) -> list[list[float] | None]:
    """A row of numbers for each passage, in the order of `FEATURES`; None for one that nothing speaks for."""
    if not found:
        return []
    total = len(found)
    shares = {name: _shares(found, opinions.get(name, "")) for name in OPINIONS}
    wanted = _worth_a_look(found, shares)
    kin = _kin(found)
    repeats = Counter(passage.words for passage in found)
    bylines = [len(passage.words) < _LONG_LABEL and _is_byline(passage.text) for passage in found]
    page = _Page(found, kin, bylines)
    said = [_said(found, opinions.get(name, ""), shares[name], kin, wanted) for name in OPINIONS]
    surroundings = Surroundings()
    rows: list[list[float] | None] = [None] * total
    for at in wanted:
        passage = found[at]
        place = surroundings.of(passage.element, passage.above)
        row = _own(passage, repeats[passage.words])
        row[9:12] = [float(place.depth), at / total, float(min(30, total - at))]
        own, far = place.names, place.far
        close = place.near | own
        for bit in _BITS:
            row.append(2.0 if own & bit else float(close & bit > 0))
            row.append(float(far & bit > 0))
        row.extend(float(place.tags >> bit & 1) for bit in range(len(OUTER)))
        row.extend(page.row(at))
        for opinion in said:
            row.extend(opinion[at])
        rows[at] = row
    return rows


def _worth_a_look(found: Sequence[Passage], shares: Mapping[str, Sequence[float]]) -> list[int]:
    """The places of passages that have a line's worth of words which are no links, or stand near what an opinion
    holds; the others are furniture."""
    near = [0] * (len(found) + 1)
    for values in shares.values():
        for at, value in enumerate(values):
            if value > 0.5 and len(found[at].words) >= 4:
                near[max(0, at - _NEAR)] += 1
                near[min(len(found), at + _NEAR + 1)] -= 1
    wanted = []
    open_now = 0
    for at, passage in enumerate(found):
        open_now += near[at]
        if open_now > 0 or len(passage.words) - passage.linked >= _LINE:
            wanted.append(at)
    return wanted


def _is_byline(text: str) -> bool:
    return bool(_PATTERNS["byline"].search(text[:400]) or _PATTERNS["date"].search(text[:400]))


def _own(passage: Passage, repeats: int) -> list[float]:
    text, words = passage.text, passage.words
    count = len(words)
    head = text[:400]
    bare = head.split()
    return [
        float(_TAGS.get(str(passage.element.tag), 0)),
        float(count),
        passage.linked / count,
        float(bool(_END.search(text[-12:]))),
        min(9.0, float(text.count(",") + text.count("，") + text.count("、"))),
        sum(1 for word in words[:60] if word in _STOP) / min(60, count),
        sum(1 for word in bare if word[:1].isupper()) / max(1, len(bare)),
        len(_DIGIT.findall(head)) / max(1, len(head)),
        float(text[:1] in "\"“„«‘'»"),
        0.0,
        0.0,
        0.0,
        float(min(5, repeats)),
        float(text.endswith(":")),
        float(min(9, text.count("\n"))),
        *(float(bool(pattern.search(head))) for pattern in _PATTERNS.values()),
    ]


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
        one, two = self.found[at].element, self.found[other].element
        return float((one.tag, one.get("class", "")) == (two.tag, two.get("class", "")))


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
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + min(value, 80.0))
    found = []
    for at, value in enumerate(values):
        low, high = max(0, at - reach), min(len(values), at + reach + 1)
        found.append((sums[high] - sums[low] - min(value, 80.0)) / (2 * reach))
    return found


def _kin(found: Sequence[Passage]) -> list[int]:
    """Numbers of groups: passages of one tag, class and holder's class."""
    numbers: dict[tuple[object, ...], int] = {}
    groups = []
    for passage in found:
        holder = passage.above[0] if passage.above else passage.element
        named = (passage.element.tag, passage.element.get("class"), holder.tag, holder.get("class"))
        groups.append(numbers.setdefault(named, len(numbers)))
    return groups


def _shares(found: Sequence[Passage], text: str) -> list[float]:
    """How much of each passage is in a text; nothing at all where there is none."""
    if not text.strip():
        return []
    grams = shingles(words_of(text))
    lines = {words_of(line) for line in text.split("\n")}
    values = []
    for passage in found:
        words = passage.words
        if len(words) < 4:
            values.append(1.0 if words in lines else 0.0)
        else:
            runs = [words[at : at + 4] for at in range(len(words) - 3)]
            values.append(sum(1 for run in runs if run in grams) / len(runs))
    return values


def _said(
    found: Sequence[Passage], text: str, values: Sequence[float], kin: Sequence[int], wanted: Sequence[int]
) -> dict[int, list[float]]:
    """How far passages, their neighbours and their kin are in a text; -1 where there is none."""
    if not values:
        return {at: [_LOW] * 7 for at in wanted}
    long = [value if len(passage.words) >= 4 else 0.5 * value for value, passage in zip(values, found, strict=True)]
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
