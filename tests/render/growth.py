"""`python -m tests.render.growth [KIND ...]`: a text of 1 MB takes at most fifteen times as long as one of 100 kB.

Every function of rendering that takes a text, whole posts among them, and every way in which a text is saved, gets the
texts that make careless expressions slow: what is repeated, one in the other, long, or many of a kind.  The median of
five runs of the long text is held against fifteen times the median of five of the short one; it
is known as soon as three of the runs are on the same side, so that no more are made.  For the kinds of `FURTHER` one
run that is below the bound is enough, since other work can only make a run longer.

Judged is what takes `FLOOR` or more for 1 MB.  Below that the caches of the processor and the noise of the machine
decide the ratio; and a function that stays below it needs less than a second for 10 MB even if its time grows with the
square of the text.  How many were judged is printed.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from tests.fuzz.targets import TARGETS
from tests.render.saves import SAVES
from wirepress.render.budget import OverBudget

SHORT, LONG = 100_000, 1_000_000
MOST = 15
ROUNDS = 5
FLOOR = 0.003
"""Seconds of the processor."""

ENOUGH = 60
"""Seconds after which a call is not made again."""


def _repeated(unit: str) -> Callable[[int], str]:
    """More of the same."""
    return lambda size: unit * (size // len(unit))


def _nested(opener: str, closer: str) -> Callable[[int], str]:
    """One in the other."""
    return lambda size: opener * (size // len(opener + closer)) + closer * (size // len(opener + closer))


def _long(before: str, unit: str, after: str = "") -> Callable[[int], str]:
    """One thing that is long."""
    return lambda size: before + unit * ((size - len(before + after)) // len(unit)) + after


def _counted(unit: str) -> Callable[[int], str]:
    """More of the same kind, no two of them alike."""
    return lambda size: "".join(unit.replace("9", str(n)) for n in range(size // (len(unit) + 4)))


KINDS: Mapping[str, Callable[[int], str]] = {
    **{unit: _repeated(unit) for unit in ("<<<<", "[[[[", '""""', "<!--")},
    "deep elements": _nested("<div>", "</div>"),
    "deep blocks": _nested("<!-- wp:group -->", "<!-- /wp:group -->"),
}
REPEATED = (
    "&",
    " ",
    "x\n\n",
    "<a b=",
    "<b><i>",
    "<!-- wp:x {",
    "[caption]",
    "[gallery a=",
    "http://a.b ",
    "a@b.c ",
    "a:url(",
)
FURTHER: Mapping[str, Callable[[int], str]] = {
    **{unit: _repeated(unit) for unit in REPEATED},
    "deep lists": _nested("<ul><li>", "</li></ul>"),
    "deep shortcodes": _nested("[caption]", "[/caption]"),
    "deep quotes": _nested('"(', ')"'),
    "deep tables": _nested("<table><tr><td>", "</td></tr></table>"),
    "deep attributes": lambda size: '<!-- wp:x {"a":' + "[" * (size // 2) + "]" * (size // 2) + "} /-->",
    "one long tag": _long("<a", " b=c", ">"),
    "one long word": _long("", "x"),
    "one long value": _long('<a href="', "x/", '">x</a>'),
    "one long style": _long('<p style="', "color:red;", '">x</p>'),
    "one long comment": _long("<!-- ", "x ", "-->"),
    "one long attribute": _long('<!-- wp:x {"a":"', "x ", '"} /-->'),
    "one long shortcode": _long("[gallery", " a=b", "]"),
    "one long line of words": _long("", "words of the day, "),
    "words": _counted("w9 "),
    "names": _counted('<p id="a9" class="b9">x</p>'),
    "blocks": _counted('<!-- wp:paragraph {"a":9} --><p>x</p><!-- /wp:paragraph -->'),
    "addresses": _counted("https://a9.example/\n\n"),
    "footnotes": _counted('<sup data-fn="a9" class="fn"><a href="#a9" id="b9">1</a></sup>'),
}
TEXTS: Mapping[str, Callable[[int], str]] = {**KINDS, **FURTHER}
ALL: Mapping[str, Callable[[str], object]] = {**TARGETS, **SAVES}
TWICE = ("kses: posts", "kses: comments", "kses: titles")
"""Targets that do what others do, two times."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How long the long text took, and how many times that of the short one (None: too fast to say)."""

    name: str
    took: float
    times: float | None

    def __str__(self) -> str:
        times = "too fast to judge" if self.times is None else f"{self.times:.1f} times that of 100 kB"
        return f"{self.name}, {self.took:.3f} s for 1 MB, {times}"


def seconds(function: Callable[[str], object], text: str) -> float:
    """How long one call keeps the processor, until it is done or the text is too large for it; what else runs on the
    machine does not count."""
    start = time.process_time()
    with suppress(OverBudget):
        function(text)
    return time.process_time() - start


def growth(name: str, short: str, long: str, *, once: bool = False) -> Growth:
    """The medians of five compared, as far as they decide."""
    function = ALL[name]
    took = [seconds(function, long)]
    if took[0] < FLOOR:
        return Growth(name, took[0], None)
    before = statistics.median(seconds(function, short) for _ in range(ROUNDS))
    if once and took[0] <= MOST * before:
        return Growth(name, took[0], took[0] / before)
    while took[0] < ENOUGH and not _decided(took, MOST * before):
        took.append(seconds(function, long))
    middle = statistics.median_high(took)
    return Growth(name, middle, middle / before)


def _decided(took: list[float], bound: float) -> bool:
    """Whether further runs, up to five, could not bring their median to the other side of the bound."""
    over = sum(one > bound for one in took)
    return max(over, len(took) - over) > ROUNDS // 2


def of_kind(kind: str) -> list[Growth]:
    """What every function makes of a kind of text."""
    short, long = TEXTS[kind](SHORT), TEXTS[kind](LONG)
    found = []
    for name in ALL:
        if name in TWICE:
            continue
        one = growth(name, short, long, once=kind in FURTHER)
        if one.times is not None and one.times > MOST:  # a busy machine deserves a second look
            one = min(one, growth(name, short, long), key=lambda found: found.times or 0.0)
        found.append(one)
    return found


def main(kinds: Sequence[str] = ()) -> int:
    """Tries texts of these kinds, or of all."""
    kinds = kinds or list(TEXTS)
    judged = slow = 0
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        for kind, found in zip(kinds, processes.map(of_kind, kinds), strict=True):
            known = [one for one in found if one.times is not None]
            over = [one for one in known if one.times is not None and one.times > MOST]
            judged, slow = judged + len(known), slow + len(over)
            slowest = max(found, key=lambda one: one.took)
            print(f"{kind!r}: {len(known)} of {len(found)} judged; the slowest: {slowest}", flush=True)
            for one in over:
                print(f"  super-linear: {one}", flush=True)
    print(f"judged: {judged}, super-linear: {slow}")
    return 1 if slow or not judged else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
