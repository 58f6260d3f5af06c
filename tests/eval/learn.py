"""`python -m tests.eval.learn FOLDER...`: learns `classifier.json` from pages with known articles.

It needs lightgbm and numpy, which the project does not: `pip install --target SOMEWHERE lightgbm` and name the place in
PYTHONPATH.  Prints what was reached on pages that were not learned from (five parts, no publisher in two of them, three
times divided: mean and spread), then learns from all pages and writes the trees; `--try` leaves the file as it is.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

from tests.eval.corpus import Sample, samples
from tests.eval.extraction import is_caption
from tests.eval.scores import Pair, f1, pair
from wirepress.syndicate import classifier
from wirepress.syndicate.extract import chosen, plain_tree
from wirepress.syndicate.features import FEATURES, measure
from wirepress.syndicate.opinions import ask_all, declared
from wirepress.syndicate.parse.text import page_tree
from wirepress.syndicate.passages import Passage, passages, shingles, words_of

PARTS = 5
DIVISIONS = 3
"""Into how many other five parts the publishers are divided, one after the other: how much a figure owes to chance."""
TREES = 64
SETTINGS = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.125, "min_data_in_leaf": 40, "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 2.0, "min_sum_hessian_in_leaf": 0.001, "seed": 3,
    "verbose": -1, "num_threads": 2, "deterministic": True,
}  # fmt: skip
IMPORTANCE = {"articles": 4.0, "metadata": 2.0}
"""How much a page counts by its folder: what is published here is news, as the pages of these folders are."""
_FEWEST = 4


@dataclass
class Page:
    """A page to learn from."""

    sample: Sample
    folder: str
    found: list[Passage]
    looked: list[int]
    """The places of the passages that have a row."""
    rows: list[list[float]]
    wanted: list[bool]
    weights: list[float]
    missed: float
    """How much of the true text was not looked at."""

    def text(self, chances: Sequence[float], likely: float) -> str:
        """What would be taken by the chances of the rows, captions left out."""
        spread = [0.0] * len(self.found)
        for at, chance in zip(self.looked, chances, strict=True):
            spread[at] = float(chance)
        return "\n".join(passage.text for passage in chosen(self.found, spread, likely) if not is_caption(passage))


def page_of(sample: Sample, folder: str) -> Page | None:
    """A page with what is known of its passages; None where there are none."""
    tree = page_tree(sample.text)
    said = declared(tree)
    plain_tree(tree)
    found = list(passages(tree))
    if not found:
        return None
    truth = truth_of(found, sample.body)
    heads = [at for at, passage in enumerate(found) if passage.element.tag == "h1"]
    captions = [_is_of_picture(passage) or heads == [at] for at, passage in enumerate(found)]
    wanted = [share >= 0.5 for share in truth]
    whole = max(80, sum(len(passage.words) for passage, yes in zip(found, wanted, strict=True) if yes))
    weights = [(len(passage.words) + 3 * len(passage.words) ** 0.5) / whole for passage in found]
    weights = [0.1 * weight if caption else weight for weight, caption in zip(weights, captions, strict=True)]
    rows = measure(found, ask_all(tree, found, said))
    looked = [at for at, row in enumerate(rows) if row is not None]
    missed = sum(weight for weight, yes, row in zip(weights, wanted, rows, strict=True) if yes and row is None)
    return Page(
        sample,
        folder,
        found,
        looked,
        [row for row in rows if row is not None],
        [wanted[at] for at in looked],
        [weights[at] for at in looked],
        missed,
    )


def _is_of_picture(passage: Passage) -> bool:
    return passage.element.tag == "figcaption" or any(above.tag in ("figcaption", "figure") for above in passage.above)


def truth_of(found: Sequence[Passage], truth: str) -> list[float]:
    """How much of each passage is in the true text; of what is there more often, what is nearest to its middle."""
    words = words_of(truth)
    grams = shingles(words)
    whole = f" {' '.join(words)} "
    shares = [
        len(own & grams) / len(own) if len(passage.words) >= _FEWEST else 0.0
        for passage in found
        for own in [shingles(passage.words)]
    ]
    result = list(shares)
    for at, passage in enumerate(found):
        near = shares[max(0, at - 3) : at + 4]
        if len(passage.words) < _FEWEST and f" {' '.join(passage.words)} " in whole and max(near) > 0.6:
            result[at] = 1.0
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, (passage, share) in enumerate(zip(found, result, strict=True)):
        if share > 0.6:
            places[passage.words].append(at)
    once = sorted(where[0] for where in places.values() if len(where) == 1)
    middle = once[len(once) // 2] if once else 0
    for text, where in places.items():
        times = max(1, whole.count(f" {' '.join(text)} "))
        for at in sorted(where, key=lambda place: abs(place - middle))[times:]:
            result[at] = 0.0
    return result


def part_of(page: Page, division: int) -> int:
    """The part of a division that a page is in: all of one publisher are in the same."""
    return int(sha256(f"{division}:{page.sample.publisher}".encode()).hexdigest(), 16) % PARTS


def learned(pages: Sequence[Page]) -> Any:
    """A model of these pages."""
    import lightgbm  # type: ignore[import-not-found] # only who learns has it (see above)
    import numpy as np  # type: ignore[import-not-found] # the same

    rows = np.array([row for page in pages for row in page.rows], dtype=np.float32)
    wanted = np.array([yes for page in pages for yes in page.wanted], dtype=int)
    weights = np.array([100 * IMPORTANCE.get(page.folder, 0.7) * w for page in pages for w in page.weights])
    return lightgbm.train(SETTINGS, lightgbm.Dataset(rows, wanted, weight=weights), TREES)


def not_learned_from(pages: Sequence[Page], division: int) -> list[list[float]]:
    """The chances of the rows of each page by a model of the other parts of a division."""
    models = [learned([page for page in pages if part_of(page, division) != part]) for part in range(PARTS)]
    return [list(models[part_of(page, division)].predict(page.rows)) if page.rows else [] for page in pages]


def scores(pages: Sequence[Page], chances: Sequence[Sequence[float]], least: float) -> dict[str, float]:
    """F1 by folder of what is taken from a chance on."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for page, row in zip(pages, chances, strict=True):
        pairs[page.folder].append(pair(page.text(row, least), page.sample.body))
    return {folder: f1(found) for folder, found in pairs.items()}


def tree_of(node: dict[str, Any]) -> Any:
    """A tree as `classifier.json` holds it."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    low, high = tree_of(node["left_child"]), tree_of(node["right_child"])
    return [node["split_feature"], float(f"{node['threshold']:.6g}"), low, high]


def main(folders: list[Path], *, write: bool) -> int:
    logging.disable(logging.CRITICAL)
    pages = [
        page
        for folder in folders
        for sample in samples(folder)
        if sample.body and (page := page_of(sample, folder.name)) is not None
    ]
    print(f"{len(pages)} pages, {sum(len(page.rows) for page in pages)} passages, {len(FEATURES)} features")
    print(f"not looked at: {sum(page.missed for page in pages) / len(pages):.4f} of the true text")
    divided = [not_learned_from(pages, division) for division in range(DIVISIONS)]
    for least in (0.5, classifier.LIKELY, 0.6):
        found = [scores(pages, chances, least) for chances in divided]
        figures = {name: [one[name] for one in found] for name in found[0]}
        told = (f"{name} {mean(each):.4f} +- {pstdev(each):.4f}" for name, each in figures.items())
        print(f"not learned from, from {least}: {', '.join(told)}")
    if write:
        model = learned(pages)
        trees = [tree_of(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
        place = Path(classifier.__file__).with_name("classifier.json")
        place.write_text(json.dumps({"features": FEATURES, "trees": trees}, separators=(",", ":")) + "\n", "utf-8")
        print(f"{place}: {len(trees)} trees, {place.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    named = [name for name in sys.argv[1:] if name != "--try"]
    sys.exit(main([Path(name) for name in named], write="--try" not in sys.argv))
