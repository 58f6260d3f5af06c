"""`python -m tests.eval.extraction FOLDER...`: how well the text of articles is found on pages of the wide web.

A folder has the corpora's shape (`tests.eval.corpus`).  The table names each way of reading with precision, recall and
F1; what is published is compared with trafilatura in the same run.  The last line gives each figure as `name=value`.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import trafilatura
from lxml.html import HtmlElement

from tests.eval.corpus import Sample, folders_named, samples
from tests.eval.scores import Pair, f1, interval, of_page, pair
from wirepress.syndicate.article import read_article
from wirepress.syndicate.clean import clean
from wirepress.syndicate.extract import extract, extract_tree, plain_tree
from wirepress.syndicate.opinions import ask_all, declared
from wirepress.syndicate.parse.page import read_facts
from wirepress.syndicate.parse.text import page_text, page_tree
from wirepress.syndicate.passages import Passage, passages
from wirepress.syndicate.unreadable import Unreadable

T = TypeVar("T")
Times = dict[str, float]


def body_text(body: HtmlElement) -> str:
    """The text of an article's body; captions belong to their pictures and are left out."""
    return "\n".join(passage.text for passage in passages(body) if not is_caption(passage))


def is_caption(passage: Passage) -> bool:
    """Whether a passage belongs to a picture."""
    return passage.element.tag == "figcaption" or any(
        _is_picture(above) for above in passage.element.iterancestors("figcaption", "figure")
    )


def _is_picture(element: HtmlElement) -> bool:
    """Whether it is a caption or a figure that holds no table: a block of a table is a figure, too."""
    return element.tag == "figcaption" or element.find(".//table") is None


def published(sample: Sample) -> str:
    """The blocks that would be published."""
    return read_article(sample.raw, sample.url, "text/html").body


def extracted(sample: Sample) -> str:
    """The text of what is kept of the page's tree, before it becomes blocks."""
    return body_text(extract(sample.text))


def opinions_of(sample: Sample) -> dict[str, str]:
    """What each opinion says."""
    tree = page_tree(sample.text)
    said = declared(tree)
    plain_tree(tree)
    return ask_all(tree, list(passages(tree)), said)


def theirs(sample: Sample, *, precise: bool) -> str:
    """What trafilatura says by itself."""
    return trafilatura.extract(sample.raw, include_comments=False, favor_precision=precise) or ""


def ways(sample: Sample, times: Times) -> dict[str, str]:
    """The text by each way of reading; a way that finds nothing costs the others nothing."""
    found = {
        "trafilatura precise": timed(times, "trafilatura precise", lambda: theirs(sample, precise=True)),
        "trafilatura default": timed(times, "trafilatura default", lambda: theirs(sample, precise=False)),
    }

    def shown() -> str:
        markup = timed(times, "all", lambda: published(sample))
        return body_text(page_tree(f"<div>{markup}</div>"))

    ours: dict[str, Callable[[], str]] = {"published": shown, "extracted": lambda: extracted(sample)}
    for name, read in ours.items():
        try:
            found[name] = read()
        except Unreadable as error:
            print(f"  {name}: {sample.key[:20]} {sample.url[:60]}: {error.message}")
    opinions = opinions_of(sample)
    best = max(opinions.values(), key=lambda text: of_page(pair(text, sample.body)))
    return found | {f"opinion {name}": text for name, text in opinions.items()} | {"best opinion": best}


def stages(sample: Sample, times: Times) -> None:
    """Processor time by what is done."""
    text = timed(times, "bytes to text", lambda: page_text(sample.raw))
    tree = timed(times, "text to tree", lambda: page_tree(text))
    timed(times, "facts", lambda: read_facts(tree, sample.url))
    found = timed(times, "article", lambda: extract_tree(tree))
    timed(times, "blocks", lambda: clean(found, sample.url))


def timed(times: Times, name: str, work: Callable[[], T]) -> T:
    begun = time.process_time()
    try:
        return work()
    finally:
        times[name] += time.process_time() - begun


def score(*folders: Path) -> dict[str, float]:
    """The figures of all pages of these folders, by name; prints the table."""
    logging.disable(logging.CRITICAL)
    found = [sample for folder in folders for sample in samples(folder) if sample.body]
    scored: dict[str, list[Pair]] = defaultdict(list)
    times: Times = defaultdict(float)
    lost: list[tuple[float, str]] = []
    timed(Times(), "warm", lambda: None) if not found else ways(found[0], defaultdict(float))
    for sample in found:
        with contextlib.suppress(Unreadable):  # `ways` tells of it
            stages(sample, times)
        texts = ways(sample, times)
        for name in WAYS:
            scored[name].append(pair(texts.get(name, ""), sample.body))
        lost.append((of_page(scored["published"][-1]), f"{sample.key[:12]} {sample.url[:70]}"))
    return report(scored, times, lost)


WAYS = ("published", "extracted", "best opinion", "opinion precise", "opinion run",
        "trafilatura precise", "trafilatura default")  # fmt: skip


def report(scored: dict[str, list[Pair]], times: Times, lost: list[tuple[float, str]]) -> dict[str, float]:
    figures: dict[str, float] = {"pages": len(lost)}
    print(f"{'':24}precision  recall     F1")
    for name, pairs in scored.items():
        precision, recall = (sum(one[at] for one in pairs) / len(pairs) for at in (0, 1))
        print(f"{name:24}{precision:9.4f}{recall:8.4f}{f1(pairs):7.4f}")
        figures[f"{name.replace(' ', '_')}_f1"] = f1(pairs)
    for rival in ("trafilatura precise", "trafilatura default"):
        low, high = interval(scored["published"], scored[rival])
        print(f"published less {rival}: {low:+.4f} to {high:+.4f} (95 %, paired)")
    print("The pages that cost most:")
    for value, name in sorted(lost)[:12]:
        print(f"  {value:.3f} {name}")
    print("Processor time a page, ms:")
    for name, seconds in times.items():
        print(f"  {name:22}{1000 * seconds / len(lost):7.1f}")
        figures[f"{name.replace(' ', '_')}_ms"] = 1000 * seconds / len(lost)
    return figures


def main() -> None:
    """Prints the score of the folders that are named."""
    named = score(*folders_named("extraction", sys.argv[1:]))
    print(" ".join(f"{name}={value:.4f}".rstrip("0").rstrip(".") for name, value in named.items()))


if __name__ == "__main__":
    main()
