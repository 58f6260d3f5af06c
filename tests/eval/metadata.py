"""`python -m tests.eval.metadata FOLDER...`: how well the facts of articles are read off pages of the wide web.

Prints what was read otherwise than it is (`--all`), a table, and one line of `name=value` at the end.  Beside ours
stands what trafilatura says in the same run, with the interval of the paired difference.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import trafilatura
from lxml.html import HtmlElement

from tests.eval.corpus import Sample, day_of, folders_named, samples
from tests.eval.scores import mean_interval
from wirepress.syndicate.parse.page import read_page
from wirepress.syndicate.parse.pictures import same_picture
from wirepress.syndicate.parse.text import page_tree, squeeze


def title_of(text: str) -> str:
    """A title as titles are compared: by its letters' case no more, and one kind of quotation marks."""
    return squeeze(re.sub("[‘’´`]", "'", re.sub("[“”„«»]", '"', text))).casefold()


def people(names: Sequence[str]) -> set[str]:
    """Names as they are compared: some truths hold several of them in one line."""
    single = (one for name in names for one in re.split(r"\s*[,;|]\s*|\s+(?:and|with)\s+", name))
    return {squeeze(name).casefold() for name in single}


def ours(sample: Sample) -> dict[str, bool]:
    """What we read right."""
    page = read_page(sample.text, sample.url)
    day = page.published.isoformat() if page.published else ""
    right = compared(sample, page.title, page.authors, day)
    if sample.pictures:
        right["picture"] = page.picture is not None and shows(page.picture.url, sample.pictures)
    notes[sample.key] = (page.title, page.authors, day, page.picture.url if page.picture else "")
    return right


def theirs(sample: Sample) -> dict[str, bool]:
    """What trafilatura reads right."""
    tree: HtmlElement = page_tree(sample.text)
    found = trafilatura.extract_metadata(tree, default_url=sample.url, extensive=True)
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    right = compared(sample, found.title or "", authors, found.date or "")
    if sample.pictures:
        right["picture"] = bool(found.image) and shows(str(found.image), sample.pictures)
    return right


def compared(sample: Sample, title: str, authors: Sequence[str], day: str) -> dict[str, bool]:
    """Which facts are as the truth says; those that it does not tell are left out."""
    right: dict[str, bool] = {}
    if sample.title:
        right["title"] = title_of(title) == title_of(sample.title)
    if sample.authors:
        found, true = people(authors), people(sample.authors)
        right["any author"] = bool(found & true)
        right["all authors"] = found == true
    if (true_day := day_of(sample.date)) is not None:
        right["day"] = bool(day) and same_day(day, true_day)
    return right


def same_day(found: str, true: datetime) -> bool:
    """Whether a date is of the true day, in the zone that the truth names."""
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is not None and true.tzinfo is not None:
        moment = moment.astimezone(true.tzinfo)
    return moment.date() == true.date()


def shows(url: str, pictures: Sequence[str]) -> bool:
    """Whether an address is one of a picture's renditions."""
    bare = url.partition("?")[0]
    return any(bare == true.partition("?")[0] or same_picture(url, true) for true in pictures)


notes: dict[str, tuple[object, ...]] = {}


def score(*folders: Path, tell: bool = False) -> dict[str, float]:
    """The figures of all pages of these folders, by name; prints the table, and with `tell` what was read wrong."""
    logging.disable(logging.CRITICAL)
    results: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    spent: dict[str, float] = defaultdict(float)
    pages = 0
    for folder in folders:
        for sample in samples(folder):
            pages += 1
            one, other = (timed(spent, reader, sample) for reader in (ours, theirs))
            for name, right in one.items():
                results[name].append((right, other[name]))
            if tell and not all(one.values()):
                wrong = [name for name, right in one.items() if not right]
                true = (sample.title, sample.authors, sample.date, sample.pictures[:1])
                print(f"{sample.key[:16]} {sample.url[:80]}: {', '.join(wrong)}")
                print(f"   is   {true}\n   read {notes[sample.key]}")
    figures: dict[str, float] = {"pages": pages}
    print(f"{'':14}pages   ours  trafilatura   ours less theirs (95 %, paired)")
    for name, pairs in results.items():
        mine, their = (sum(one[at] for one in pairs) / len(pairs) for at in (0, 1))
        low, high = mean_interval([one for one, _ in pairs], [other for _, other in pairs])
        print(f"{name:14}{len(pairs):5}{mine:7.3f}{their:13.3f}   {low:+.3f} to {high:+.3f}")
        figures[name.replace(" ", "_")] = mine
        figures[f"trafilatura_{name.replace(' ', '_')}"] = their
    for name, seconds in spent.items():
        figures[f"{name}_ms"] = 1000 * seconds / pages
    return figures


def timed(spent: dict[str, float], reader: Callable[[Sample], dict[str, bool]], sample: Sample) -> dict[str, bool]:
    begun = time.process_time()
    try:
        return reader(sample)
    finally:
        spent[reader.__name__] += time.process_time() - begun


def main() -> None:
    """Prints the score of the folders that are named."""
    folders = folders_named("metadata", [name for name in sys.argv[1:] if name != "--all"])
    named = score(*folders, tell="--all" in sys.argv)
    print(" ".join(f"{name}={value:.3f}".rstrip("0").rstrip(".") for name, value in named.items()))


if __name__ == "__main__":
    main()
