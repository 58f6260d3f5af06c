"""What became of a text, as people compare it: by lines and blocks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 4000
"""Lines of a text that are compared: two long texts that have nothing in common take minutes."""
AROUND = 3
_BLOCK = re.compile(r"(?=<!-- /?wp:)|(?<=-->)|\n+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: "same", "added", "removed", "gap", or "rest" for what was too long to compare."""

    kind: str
    text: str


def compared(before: str, after: str) -> Iterator[Line]:
    """What became of a text, by lines and blocks; nothing where it is the same."""
    if before == after:
        return
    old, new = _lines(before), _lines(after)
    cut = max(len(old), len(new)) > LONGEST
    old, new = old[:LONGEST], new[:LONGEST]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=True)
    for number, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if number:
            yield Line("gap", "")
        for kind, a, b, c, d in group:
            if kind == "equal":
                yield from (Line("same", line) for line in old[a:b])
                continue
            yield from (Line("removed", line) for line in old[a:b])
            yield from (Line("added", line) for line in new[c:d])
    if cut:
        yield Line("rest", "")


def _lines(text: str) -> Sequence[str]:
    found = [line.strip() for line in _BLOCK.split(text)]
    return [line for line in found if line]
