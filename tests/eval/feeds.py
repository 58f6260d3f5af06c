"""How much of real feeds is found, and how fast: `python -m tests.eval.feeds FOLDER`.

FOLDER holds feeds, packed (`.gz`) or not, in folders of any depth.  What there is to be found in a feed is what any
reader finds: ours, feedparser, fastfeedparser where it is installed (`pip install fastfeedparser`), and the tags
themselves.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib
import importlib.util
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from wirepress.model.wire import Entry, Feed
from wirepress.syndicate.parse.broken import read_broken
from wirepress.syndicate.parse.charsets import feed_text
from wirepress.syndicate.parse.feed import MOST_ENTRIES, read_feed
from wirepress.syndicate.reading.declaration import Document
from wirepress.syndicate.reading.feed import read_answer
from wirepress.syndicate.unreadable import Unreadable

URL: Final = "https://wire.example/feeds/world.xml"
FIELDS: Final = ("guid", "link", "title", "summary", "content", "authors", "published", "updated", "categories",
                 "media", "publisher", "licence")  # fmt: skip
_ENTRY: Final = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry)[\s>]")
_ASIDE: Final = re.compile(rb"(?s)<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)")
_SKIPPED: Final = frozenset((".md", ".txt", ".html", ".py", ""))


def bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The feeds of a folder, by their names."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in _SKIPPED:
            body = file.read_bytes()
            yield file.name, gzip.decompress(body) if file.suffix == ".gz" else body


def own(body: bytes) -> Feed:
    """A feed by our own reader; an empty one where it cannot be read."""
    try:
        return read_feed(body, URL)
    except Unreadable:
        return Feed()


def by_feedparser(body: bytes) -> Feed:
    """A feed by feedparser alone."""
    try:
        return read_broken(feed_text(body), URL, MOST_ENTRIES)
    except Unreadable:
        return Feed()


def by_fastfeedparser(body: bytes) -> int:
    """How many entries fastfeedparser finds."""
    try:
        return len(importlib.import_module("fastfeedparser").parse(body).entries)
    except (ValueError, TypeError, LookupError, AttributeError):
        return 0


def tags(body: bytes) -> int:
    """How many elements look like entries."""
    return len(_ENTRY.findall(_ASIDE.sub(b"", body))) or body.count(b'"date_published"')


def _answer(body: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_answer(Document(body, URL))


def shares(body: bytes) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Of one feed: the share of its entries, and of the fields that any reader fills, that we and feedparser find, and
    the milliseconds of a processor that each takes."""
    begun = time.process_time()
    mine = own(body)
    between = time.process_time()
    other = by_feedparser(body)
    ended = time.process_time()
    there = max(len(mine.entries), len(other.entries), min(tags(body), MOST_ENTRIES), 1)
    filled = [sum(bool(getattr(entry, name)) for entry in feed.entries for name in FIELDS) for feed in (mine, other)]
    most = max(*filled, 1)
    return (
        (len(mine.entries) / there, len(other.entries) / there),
        (filled[0] / most, filled[1] / most),
        (1000 * (between - begun), 1000 * (ended - between)),
    )


def rate(read: Callable[[bytes], object], feeds: list[bytes]) -> float:
    """Feeds a second of one core's time, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for body in feeds:
            read(body)
        best = min(best, time.process_time() - begun)
    return len(feeds) / best if best else 0.0


def score(folder: Path) -> dict[str, float]:
    """The numbers of a folder of feeds."""
    warnings.simplefilter("ignore")
    feeds = list(bodies(folder))
    has_fast = importlib.util.find_spec("fastfeedparser") is not None
    numbers: dict[str, float] = {"feeds": len(feeds), "entries": 0, "there": 0, "feedparser": 0}
    found = dict.fromkeys(FIELDS, 0)
    lost = dict.fromkeys(FIELDS, 0)
    for name, body in feeds:
        mine, other = own(body), by_feedparser(body)
        fast = by_fastfeedparser(body) if has_fast else 0
        there = max(len(mine.entries), len(other.entries), fast, min(tags(body), MOST_ENTRIES))
        numbers["entries"] += len(mine.entries)
        numbers["there"] += there
        numbers["feedparser"] += len(other.entries)
        if has_fast:
            numbers["fastfeedparser"] = numbers.get("fastfeedparser", 0) + fast
        if len(mine.entries) < there:
            print(f"{name}: {len(mine.entries)} of {there} entries")
        _count(mine.entries, other.entries, found, lost)
    for field in FIELDS:
        print(f"{field:12} {found[field]:6} found, {lost[field]} that feedparser has beside")
    numbers["fields"] = sum(found.values())
    numbers["fields_lost"] = sum(lost.values())
    plain = [body for _, body in feeds]
    numbers["feeds_per_second"] = round(rate(own, plain), 1)
    numbers["answers_per_second"] = round(rate(_answer, plain), 1)
    return numbers


def _count(mine: tuple[Entry, ...], others: tuple[Entry, ...], found: dict[str, int], lost: dict[str, int]) -> None:
    """Counts the fields that are filled, and those that are only in the other reading of the same entries."""
    same = len(mine) == len(others)
    for at, entry in enumerate(mine):
        for field in FIELDS:
            if getattr(entry, field):
                found[field] += 1
            elif same and getattr(others[at], field):
                lost[field] += 1


def main() -> None:
    """Prints the score of the folder that is named."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: python -m tests.eval.feeds FOLDER")
    print(" ".join(f"{name}={number}" for name, number in score(Path(sys.argv[1])).items()))


if __name__ == "__main__":
    main()
