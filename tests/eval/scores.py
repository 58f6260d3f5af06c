"""Precision and recall over 4-gram shingles, and how sure a difference is."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

Pair = tuple[float, float]
"""Precision and recall of one page."""
_ROUNDS = 2_000


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, as the public article-extraction benchmark counts them."""
    words = re.findall(r"\w+", normalize("NFC", text))
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def pair(found: str, true: str) -> Pair:
    """How much of what was found is true, and how much of the truth was found."""
    one, other = shingles(found), shingles(true)
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
    """95 of 100 paired bootstrap samples differ by between so much and so much (ours less theirs)."""
    chance = random.Random(7)
    pages = range(len(ours))
    differences = sorted(
        f1([ours[at] for at in drawn]) - f1([theirs[at] for at in drawn])
        for drawn in (chance.choices(pages, k=len(ours)) for _ in range(_ROUNDS))
    )
    return differences[int(0.025 * _ROUNDS)], differences[int(0.975 * _ROUNDS)]
