"""What is said of a document that cannot be read."""

from __future__ import annotations

from wirepress.model.errors import Invalid


class Unreadable(Invalid):
    """A document that is not what it should be; `message` is one line for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__("wire_unreadable", reason)


class TooCostly(Unreadable):
    """A document that costs too much to read, whatever it is: more time, memory or words than there are for it."""
