"""How likely each passage of a page is part of its article, by small trees that were learned from real pages.

The trees lie in `classifier.json` as numbers, written by `tests.eval.learn` (docs/evaluation.md): a node is a feature,
a threshold, and what to go to where the value is no greater and where it is; what is no node is a leaf's worth.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from wirepress.syndicate.features import FEATURES

LIKELY: Final = 0.55
"""From here on a passage is taken."""

Tree = float | tuple[int, float, "Tree", "Tree"]


def chances(rows: Sequence[Sequence[float] | None]) -> list[float]:
    """The chance of each row of `features.measure` to be part of the article."""
    trees = _trees()
    return [0.0 if row is None else _chance(trees, row) for row in rows]


def _chance(trees: Sequence[Tree], row: Sequence[float]) -> float:
    total = 0.0
    for tree in trees:
        node = tree
        while type(node) is tuple:
            node = node[2] if row[node[0]] <= node[1] else node[3]
        total += node  # type: ignore[operator] # a leaf, by the loop above
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _trees() -> tuple[Tree, ...]:
    """The trees, read once.  Raises ValueError for some that were learned from other features."""
    learned = json.loads(files("wirepress.syndicate").joinpath("classifier.json").read_text("utf-8"))
    if tuple(learned["features"]) != FEATURES:
        raise ValueError("classifier.json was learned from other features: run tests.eval.learn again")
    return tuple(_read(tree) for tree in learned["trees"])


def _read(tree: float | list[object]) -> Tree:
    if not isinstance(tree, list):
        return float(tree)
    feature, threshold, low, high = tree
    return (int(feature), float(threshold), _read(low), _read(high))  # type: ignore[call-overload,arg-type] # JSON
