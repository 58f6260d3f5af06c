"""`python -m tests.eval`: one table of how well the wire is read, on the corpora that WIREPRESS_CORPORA names.

Each figure stands beside that of a rival in the same run (trafilatura; feedparser where it reads feeds), with the
interval of the paired difference.  Folders that the classifier was learned from are named so.  The last line gives each
figure as `name=value`.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from multiprocessing import get_context
from pathlib import Path

from tests.eval import duplicates, feeds
from tests.eval.corpus import LEARNED_FROM, samples
from tests.eval.pages import RIVALS, Row, measured, warm_up
from tests.eval.scores import Pair, f1, interval, mean, mean_interval

PROCESSES = 2
"""How many work beside each other.  Times are those of a processor, not of the clock."""
STAGES = ("bytes to text", "text to tree", "facts", "article", "blocks")


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table: `low` and `high` bound ours less theirs in 95 of 100 paired bootstrap samples."""

    name: str
    of: int
    ours: float
    rival: str = ""
    theirs: float | None = None
    low: float = 0.0
    high: float = 0.0

    @property
    def key(self) -> str:
        return re.sub(r"\W+", "_", self.name).strip("_")

    def __str__(self) -> str:
        line = f"{self.name:40}{self.of:6}{self.ours:9.3f}"
        if self.theirs is None:
            return line
        return f"{line}{self.theirs:9.3f} {self.rival:22}{self.low:+8.3f} to {self.high:+.3f}"


def main() -> None:
    """Prints the table.  Ends at once where no corpora are named."""
    root = Path(os.environ.get("WIREPRESS_CORPORA", ""), "corpora")
    if not os.environ.get("WIREPRESS_CORPORA") or not root.is_dir():
        raise SystemExit("WIREPRESS_CORPORA names no folder that holds corpora/")
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    print(f"{'':40}{'of':>6}{'ours':>9}{'theirs':>9} {'whose':22}   difference (95 %, paired)")
    figures = []
    for one in all_figures(root):
        print(one, flush=True)
        figures.append(one)
    print(" ".join(_named(figures)))


def _named(figures: Sequence[Figure]) -> list[str]:
    """The figures as `name=value`, ours once however many rivals it has."""
    named: dict[str, float] = {}
    for one in figures:
        named[one.key] = one.ours
        if one.theirs is not None:
            named[f"{one.key}_{re.sub('[^a-zA-Z]+', '_', one.rival)}"] = one.theirs
    return [f"{name}={value:.4g}" for name, value in named.items()]


def all_figures(root: Path) -> Iterator[Figure]:
    """The lines of the table, in order."""
    folders = sorted(file.parent for file in root.glob("*/ground-truth.json"))
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=warm_up) as pool:
        told_again = pool.submit(_duplicates, folders)
        of_feeds = pool.submit(_feeds, root)
        rows = list(chain.from_iterable(pool.map(measured, repeat(name), found) for name, found in _listed(folders)))
        yield from page_figures(rows)
        yield from of_feeds.result()
        yield from told_again.result()
    yield from time_figures(rows)


def _listed(folders: Sequence[Path]) -> Iterator[tuple[str, Iterator[object]]]:
    return ((folder.name, iter(samples(folder))) for folder in folders)


def page_figures(rows: Sequence[Row]) -> Iterator[Figure]:
    """Text and structure by folder, then facts and pictures of all folders that tell them."""
    folders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        folders[row.folder].append(row)
    for what in ("text", "paragraphs"):
        for folder, found in folders.items():
            how = "learned from" if folder in LEARNED_FROM else "not seen"
            scored = [getattr(row, what) for row in found if row.truth]
            for rival in RIVALS if scored else ():
                yield _of_pairs(f"{what}, {folder} ({how})", scored, rival)
    yield Figure("structure: kept by parser and kses", len(rows), mean([row.is_stable for row in rows]))
    facts: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row in rows:
        for name, right in row.facts.items():
            facts[name].append(right)
    for name, pairs in facts.items():
        label = "pictures: lead picture" if name == "picture" else f"metadata: {name}"
        yield _of_numbers(label, [one for one, _ in pairs], [other for _, other in pairs], "trafilatura")


def _of_pairs(name: str, scored: Sequence[dict[str, Pair]], rival: str) -> Figure:
    ours, theirs = [one["ours"] for one in scored], [one[rival] for one in scored]
    return Figure(name, len(scored), f1(ours), f"trafilatura, {rival}", f1(theirs), *interval(ours, theirs))


def _of_numbers(name: str, ours: Sequence[float], theirs: Sequence[float], rival: str) -> Figure:
    return Figure(name, len(ours), mean(ours), rival, mean(theirs), *mean_interval(ours, theirs))


def _feeds(root: Path) -> list[Figure]:
    """Of real feeds, the share of what is there that each reader finds."""
    warnings.simplefilter("ignore")
    folder = root / "feeds" / "real"
    found = [feeds.shares(body) for _, body in feeds.bodies(folder)] if folder.is_dir() else []
    if not found:
        return []
    names = ("feeds: entries", "feeds: fields", "time: a feed, ms")
    return [
        _of_numbers(name, [one[at][0] for one in found], [one[at][1] for one in found], "feedparser")
        for at, name in enumerate(names)
    ]


def _duplicates(folders: Sequence[Path]) -> list[Figure]:
    ours, theirs, false, pairs = duplicates.found([sample.body for folder in folders for sample in samples(folder)])
    return [
        _of_numbers("duplicates: known again", ours, theirs, "trafilatura, Simhash"),
        Figure("duplicates: taken for another", pairs, false),
    ]


def time_figures(rows: Sequence[Row]) -> Iterator[Figure]:
    """Milliseconds of a processor a page, by stage and in all."""
    for stage in STAGES:
        spent = [1000 * row.seconds[stage] for row in rows if stage in row.seconds]
        yield Figure(f"time: {stage}, ms", len(spent), mean(spent))
    ours = [1000 * row.seconds["all"] for row in rows]
    for rival in RIVALS:
        name = f"trafilatura, {rival}"
        yield _of_numbers("time: all of a page, ms", ours, [1000 * row.seconds[name] for row in rows], name)
