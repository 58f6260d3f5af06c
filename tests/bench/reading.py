"""Articles read in the worker itself and in a child of it: what it costs that hostile ones can be ended."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.bench.pulling import PAGE, sentence
from wirepress.model.wire import Article, Entry, Rights, Rules, Source
from wirepress.syndicate import sandbox
from wirepress.syndicate.article import read_article
from wirepress.syndicate.decide import intents
from wirepress.syndicate.examined import Examined
from wirepress.syndicate.prints import markup_print

ARTICLES = 50
SOURCE = Source(1, "https://press.example/feed", rights=Rights.FULL)
NOW = datetime(2025, 6, 15, tzinfo=UTC)

Do = Callable[..., object]


def pages(paragraphs: int) -> list[bytes]:
    made = []
    for number in range(ARTICLES):
        dice = random.Random(number)
        body = "".join(f"<p>{sentence(dice, 40)}</p>" for _ in range(paragraphs))
        made.append(PAGE.format(title=sentence(dice, 7), paragraphs=body).encode())
    return made


def here(_: sandbox.Limits, function: Do, *given: object) -> object:
    """What a function returns that is called in this process."""
    return function(*given)


def taken(do: Callable[..., object], body: bytes) -> None:
    """All that is read for one article of a feed that is new."""
    url = "https://press.example/1"
    article = do(sandbox.PAGE, read_article, body, url, "text/html", Rules())
    assert isinstance(article, Article)
    do(sandbox.ARTICLE, markup_print, article.body)
    do(sandbox.ARTICLE, intents, SOURCE, Examined(Entry("1", url, "A title"), article), None, NOW)


def spent(do: Callable[..., object], bodies: Sequence[bytes]) -> tuple[float, float]:
    """Milliseconds for an article: by the clock, and of processor time, the children's included."""
    readers: list[int] | None = None
    begun = used = 0.0
    while readers != sandbox.children():  # one that was replaced takes its figures with it
        readers = sandbox.children()
        begun, used = time.perf_counter(), processor()
        for body in bodies:
            taken(do, body)
    return 1000 * (time.perf_counter() - begun) / len(bodies), 1000 * (processor() - used) / len(bodies)


def processor() -> float:
    """Seconds of processor time that this process and what reads for it have used."""
    total = time.process_time()
    for pid in sandbox.children():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def run(rounds: int, told: Callable[[str], None] = print) -> None:
    """Measures in turns, and tells the fastest round of each: the machine has other work, too."""
    told(f"{'reading an article':34}{'articles/s':>12}{'ms of processor time':>24}")
    for paragraphs in (12, 120):
        bodies = pages(paragraphs)
        ways: dict[str, Callable[..., object]] = {"in the worker": here, "in a child": sandbox.run}
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(max(3, rounds)):
            for name, do in ways.items():
                taken(do, bodies[0])
                found[name].append(spent(do, bodies))
        for name, figures in found.items():
            wall, used = (min(column) for column in zip(*figures, strict=True))
            told(f"{f'{paragraphs} paragraphs, {name}':34}{1000 / wall:12.0f}{used:24.1f}")
    nothing = partial(sandbox.run, sandbox.ANSWER, len, "")
    told(f"{'nothing at all, there and back':34}{statistics.median(timed(nothing) for _ in range(500)):33.2f} ms")


def timed(do: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    begun = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begun)
