"""Numbers that are counted through a whole answer, while a text is still in the making.

WordPress numbers galleries, players, captions and some blocks through a response.  A rendering that is kept does not
know the numbers before it, so what it writes is a mark: two characters that are no characters (Unicode's
noncharacters) around the counter's name and the place.  Marks pass through the text functions like a word, and
`Numbers.text` cuts the finished string at them into a `Text` with holes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from wirepress.model.rendering import Hole, HoleKind, Piece, Text

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_PLACE = re.compile(r"[0-9]{1,9}(?=[:-])")
_STRAY = str.maketrans({_OPEN: "", _CLOSE: ""})

UNIQUE = "unique"
"""WordPress's one counter for block ids (`wp_unique_id`)."""


class Numbers:
    """Hands out marks for one text and remembers how many numbers of each counter were taken."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, counter: str = UNIQUE) -> str:
        """The mark of the next number; it may be written any number of times."""
        place = self._taken.get(counter, 0)
        self._taken[counter] = place + 1
        return f"{_OPEN}{place}:{counter}{_CLOSE}"

    def take_suffix(self, counter: str) -> str:
        """The mark of what tells the second and later ones of a name apart: nothing, then `-2`, `-3`."""
        place = self._taken.get(counter, 0)
        self._taken[counter] = place + 1
        return f"{_OPEN}{place}-{counter}{_CLOSE}"

    @property
    def taken(self) -> tuple[tuple[str, int], ...]:
        return tuple(self._taken.items())

    def text(self, html: str) -> Text:
        """The finished text, cut at its marks."""
        return Text(tuple(_pieces(html)) or ("",), self.taken)


def clean(text: str) -> str:
    """A raw text without stray marks."""
    return text.translate(_STRAY) if _OPEN in text or _CLOSE in text else text


def _pieces(html: str) -> Iterable[Piece]:
    if _OPEN not in html:
        yield html
        return
    at = 0
    for mark in _MARK.finditer(html):
        if mark.start() > at:
            yield html[at : mark.start()]
        digits = _PLACE.match(mark[1])
        if digits:
            rest = mark[1][digits.end() :]
            yield Hole(HoleKind.NUMBER, rest[1:], [int(digits[0]), rest[:1]])
        at = mark.end()
    if at < len(html):
        yield html[at:]
