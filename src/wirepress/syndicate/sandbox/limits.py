"""What reading may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one thing may cost."""

    what: str
    """The thing, as the words for a person name it."""
    processor: int
    """Seconds of processor time.  The system counts them, so the limit holds inside of any library."""
    wall: float
    """Seconds by the clock: the worker runs at the lowest priority and may be kept waiting, but not for ever."""


FEED: Final = Limits("the feed", 10, 60.0)
"""An honest feed of 9 MB with 4,500 entries takes one; what is not XML at all is read by feedparser, which takes up to
eight (`parse.feed.MOST_BROKEN_TAGS`)."""
PAGE: Final = Limits("the page", 5, 30.0)
"""An article's page takes 10 to 50 milliseconds, one of 5,000 paragraphs half a second."""
ARTICLE: Final = Limits("the article", 5, 30.0)
"""What is done with an entry after its page was read: deciding, cleaning, comparing."""
ANSWER: Final = Limits("the answer", 2, 15.0)
"""A small document: oEmbed's JSON."""

MEMORY: Final = 300_000_000
"""Bytes that a child may take beside what the libraries occupy."""
ANSWER_BYTES: Final = 24_000_000
"""Of what a child answers: bodies are fetched up to 10 MB."""
FILES: Final = 16
"""Files that a child may have open: four are, and a module is loaded now and then."""
TASKS: Final = 500
"""After so many tasks a child is replaced ..."""
GROWN: Final = 64_000_000
"""... or when it keeps so many bytes more than at its beginning."""
CHILDREN: Final = 4
"""Children at once: the schedule, and the orders that are carried out beside it."""
