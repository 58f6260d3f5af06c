"""`python -m tests.render.growth`: a text of 1 MB takes at most fifteen times as long as one of 100 kB.

The median of five runs counts, for every function of rendering that takes a text and for whole posts, on the texts
that make careless expressions slow.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping

from tests.fuzz.targets import TARGETS

SHORT, LONG = 100_000, 1_000_000
MOST = 15
ROUNDS = 5
UNMEASURABLE = 0.1
"""Seconds: a text of 1 MB that is done so fast says nothing about growth, and needs to say nothing."""

TEXTS: Mapping[str, Callable[[int], str]] = {
    "<<<<": lambda size: "<" * size,
    "[[[[": lambda size: "[" * size,
    '""""': lambda size: '"' * size,
    "<!--": lambda size: "<!--" * (size // 4),
    "deep elements": lambda size: "<div>" * (size // 11) + "</div>" * (size // 11),
    "deep blocks": lambda size: "<!-- wp:group -->" * (size // 35) + "<!-- /wp:group -->" * (size // 35),
}


def seconds(function: Callable[[str], object], text: str) -> float:
    """How long one call keeps the processor; what else runs on the machine does not count."""
    start = time.process_time()
    function(text)
    return time.process_time() - start


def growth(function: Callable[[str], object], short: str, long: str) -> tuple[float, float]:
    """Seconds for the long text, and how many times those of the short one they are (0 where too fast to say)."""
    took = seconds(function, long)
    if took < UNMEASURABLE:
        return took, 0.0
    took = statistics.median([took, *(seconds(function, long) for _ in range(ROUNDS - 1))])
    return took, took / statistics.median(seconds(function, short) for _ in range(ROUNDS))


def main() -> int:
    slow = 0
    for kind, make in TEXTS.items():
        short, long = make(SHORT), make(LONG)
        slowest, ratio, total = "", 0.0, 0.0
        for name, function in TARGETS.items():
            took, grown = growth(function, short, long)
            if grown > MOST:  # a busy machine deserves a second look
                took, grown = min((took, grown), growth(function, short, long), key=lambda found: found[1])
            if grown > MOST:
                slow += 1
                print(f"{name} on {kind}: {took:.3f} s for 1 MB, {grown:.1f} times that of 100 kB")
            if took > total:
                slowest, ratio, total = name, grown, took
        print(
            f"{kind}: the slowest of {len(TARGETS)} is {slowest}, {total:.3f} s for 1 MB ({ratio:.1f} times)",
            flush=True,
        )
    print(f"super-linear: {slow}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
