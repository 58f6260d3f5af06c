"""Long texts in a process beside this one.

A Python process computes one thing at a time, and some steps over a long text cannot be interrupted: whoever asks this
process for something short would wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from wirepress.model.post import Post
from wirepress.model.rendering import Rendering
from wirepress.render.saving import Cleaning

LONG: Final = 50_000
"""A text of so many characters goes to the other process, where there is one: longer than nearly any article, so that
an ordinary newsroom never starts it."""


class Apart(Protocol):
    """The process beside this one.  None says that it cannot be had: then the work is done here."""

    def rendered(self, post: Post) -> Rendering | None:
        """The rendering of a post as it is given, with what the database holds now around it."""

    def cleaned(self, texts: Sequence[tuple[str, str]], cleaning: Cleaning) -> Mapping[tuple[str, str], str] | None:
        """What is kept of texts, each with its name (`content.posts.cleaning`)."""
