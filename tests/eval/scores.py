"""Precision and recall over 4-gram shingles and over paragraphs, and how sure a difference is."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar
from unicodedata import normalize

T = TypeVar("T")

Pair = tuple[float, float]
"""Precision and recall of one page."""
_ROUNDS = 2_000


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, as the public article-extraction benchmark counts them."""
    words = re.findall(r"\w+", normalize("NFC", text))
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def pair(found: str, true: str) -> Pair:
    """How much of what was found is true, and how much of the truth was found."""
    return _shares(shingles(found), shingles(true))


def paragraphs(text: str) -> Counter[tuple[str, ...]]:
    """The lines of a text, each as its words."""
    lines = (tuple(re.findall(r"\w+", line)) for line in normalize("NFC", text).splitlines())
    return Counter(line for line in lines if line)


def paragraph_pair(found: str, true: str) -> Pair:
    """How many paragraphs of what was found are true ones from end to end, and how many true ones were found so."""
    return _shares(paragraphs(found), paragraphs(true))


def _shares(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> Pair:
    both = (one & other).total()
    return (both / one.total() if one else 0.0, both / other.total() if other else float(not one))


def f1(pairs: Sequence[Pair]) -> float:
    """F1 of mean precision and mean recall."""
    precision = sum(one for one, _ in pairs) / len(pairs)
    recall = sum(other for _, other in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def of_page(one: Pair) -> float:
    """F1 of one page."""
    return 2 * one[0] * one[1] / (one[0] + one[1]) if sum(one) else 0.0


def interval(ours: Sequence[Pair], theirs: Sequence[Pair]) -> tuple[float, float]:
    """95 of 100 paired bootstrap samples differ in F1 by between so much and so much (ours less theirs)."""
    return _bootstrap(ours, theirs, f1)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def mean_interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """The same for the mean of numbers, or of what is right."""
    differences = [one - other for one, other in zip(ours, theirs, strict=True)]
    return _bootstrap(differences, [0.0] * len(differences), mean)


def _bootstrap(ours: Sequence[T], theirs: Sequence[T], figure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    chance = random.Random(7)
    places = range(len(ours))
    differences = sorted(
        figure([ours[at] for at in drawn]) - figure([theirs[at] for at in drawn])
        for drawn in (chance.choices(places, k=len(ours)) for _ in range(_ROUNDS))
    )
    return differences[int(0.025 * _ROUNDS)], differences[int(0.975 * _ROUNDS)]
