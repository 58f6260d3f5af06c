"""How much work a text may make: what takes more is kept, and shown as it was written.

A unit of work is 20 to 80 nanoseconds of one core, whatever is done in it (measured on texts of all kinds), so that the
same text takes the same budget on every machine and at every load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirepress.model.errors import Invalid

WORK: Final = 25_000_000
"""Of one text: about a second."""

WORK_IN_TURN: Final = 300_000
"""Of one text that is rendered while others wait for their turn to write: some milliseconds."""

DEPTH: Final = 80
"""How deep blocks may lie in each other, those of other posts counted."""

MOST_RENDERED: Final = 2_000_000
"""How many characters a text may become, or four times what was written, whichever is more."""

WORK_OF_ANSWER: Final = 2 * WORK
"""Of all texts that are rendered for one answer."""

_BLOCK: Final = 1_000
_DELIMITER: Final = 200
_LIST: Final = 10_000
_LISTED: Final = 1_000
_SHORTCODE: Final = 12_000
_READING: Final = 4
"""What reading a character takes: it passes some ten filters."""


class OverBudget(Exception):
    """A text takes more than it may: `reason` is `work`, `depth` or `size`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def answer_too_large() -> Invalid:
    """What is raised where an answer would take more than one answer may."""
    return Invalid("answer_too_large", "This answer would be too large: ask for fewer items at once, or fewer fields.")


def reading(text: str) -> int:
    """The work of a text's way through the filters, at the least."""
    return len(text) * _READING


@dataclass(slots=True)
class Budget:
    """What is left of the work that a text may make, and how deep in blocks it is.  Everything raises OverBudget."""

    left: int = WORK
    most: int = MOST_RENDERED
    depth: int = 0

    def spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise OverBudget("work")

    def fit(self, text: str) -> None:
        """A text that is no longer than one may become."""
        self.hold(len(text))

    def hold(self, length: int) -> None:
        """As many characters as one text may have."""
        if length > self.most:
            raise OverBudget("size")

    def read(self, text: str) -> None:
        """A text that passes the filters."""
        self.fit(text)
        self.spend(reading(text))

    def parse(self, text: str) -> None:
        """A text that is read for blocks."""
        self.spend(text.count("<!--") * _DELIMITER)

    def enter(self) -> None:
        """Goes one block deeper."""
        if self.depth >= DEPTH:
            raise OverBudget("depth")
        self.depth += 1
        self.spend(_BLOCK)

    def leave(self, html: str) -> None:
        """Comes back out of a block with what it became."""
        self.depth -= 1
        self.spend(len(html))

    def listed(self, number: int) -> None:
        """A list of so many posts, terms, comments or months that the site was asked for."""
        self.spend(_LIST + number * _LISTED)

    def shortcode(self, html: str) -> str:
        """What a shortcode became, when it is paid for."""
        self.spend(_SHORTCODE + len(html))
        return html


def for_text(raw: str, work: int = WORK) -> Budget:
    """The budget of a text that was written so."""
    return Budget(work, max(MOST_RENDERED, 4 * len(raw)))
