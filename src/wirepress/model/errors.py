"""What can go wrong, by kind.  A wire (wp, site, cli) maps each kind once to its own statuses and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class WirepressError(Exception):
    """A failure that whoever asked hears of.

    `code` is the stable name of the failure (for WordPress's own, WordPress's code), `message` one line for a
    person, `data` what a client may want besides.  What differs from time to time stands in the message as
    `%(name)s` and is given as `words`, so that `text` can be looked up in another language.
    """

    def __init__(
        self,
        code: str,
        message: str,
        data: Mapping[str, Any] | None = None,
        *,
        words: Mapping[str, object] | None = None,
    ) -> None:
        self.code = code
        self.text = message
        self.words = dict(words or {})
        self.message = message % self.words if self.words else message
        self.data = dict(data or {})
        super().__init__(self.message)


class NotFound(WirepressError):
    """There is no such thing, or none that may be known of."""


class Invalid(WirepressError):
    """What was given cannot be used."""


class Forbidden(WirepressError):
    """Whoever asked may not do that."""


class Conflict(WirepressError):
    """Something of that name or state is there already."""


class Unavailable(WirepressError):
    """Something outside (a database, another server) does not answer as it should.

    After `wait` seconds it may be worth to ask again; 0: that is not known.
    """

    wait: int = 0

    def __init__(
        self,
        code: str,
        message: str,
        data: Mapping[str, Any] | None = None,
        *,
        words: Mapping[str, object] | None = None,
        wait: int = 0,
    ) -> None:
        super().__init__(code, message, data, words=words)
        self.wait = wait


class CannotWrite(Unavailable):
    """Nothing can be written for now; what is there can be read.  Nothing of this write was kept."""


class NoRoom(CannotWrite):
    """There is no room to write in: a disk, a quota or a limit is full.  Nothing of this write was kept."""


class ConnectionLost(Unavailable):
    """The connection to the database ended before anything of this unit was kept; another one may do."""


class OutcomeUnknown(Unavailable):
    """The connection or the disk failed while a write was being kept: nobody knows yet whether it was."""


class TooLarge(WirepressError):
    """More was sent than is taken."""


class TooMany(WirepressError):
    """More was asked for than is done at a time; after `wait` seconds it can be asked for again."""

    def __init__(self, code: str, message: str, wait: int) -> None:
        super().__init__(code, message)
        self.wait = wait
