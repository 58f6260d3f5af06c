"""What can go wrong, by kind.  A wire (wp, site, cli) maps each kind once to its own statuses and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class WirepressError(Exception):
    """A failure that whoever asked hears of.

    `code` is the stable name of the failure (for WordPress's own, WordPress's code), `message` one line for a
    person, `data` what a client may want besides.
    """

    def __init__(self, code: str, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = dict(data or {})


class NotFound(WirepressError):
    """There is no such thing, or none that may be known of."""


class Invalid(WirepressError):
    """What was given cannot be used."""


class Forbidden(WirepressError):
    """Whoever asked may not do that."""


class Conflict(WirepressError):
    """Something of that name or state is there already."""


class Unavailable(WirepressError):
    """Something outside (a database, another server) does not answer as it should."""
