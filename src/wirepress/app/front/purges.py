"""Purges: telling a front cache what was written, in the order of the epochs, until it has heard.

The journal, which each visible write fills in its own transaction, is what is still to be told; the front itself knows
up to which epoch it was told (`position`), and takes nothing that would leave a gap.  So nothing needs to be kept here,
any number of processes may tell the same front, and one that was restarted, and has lost what it kept, says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from wirepress.app.front.headers import with_coarser
from wirepress.model.errors import Unavailable
from wirepress.store import journal, state
from wirepress.store.tags import ALL
from wirepress.store.unit import Database

MOST: Final = 6_000
"""Bytes of tags in one purge; the write of one epoch that has touched more drops everything."""
TRIES: Final = 4
"""How often a front may contradict in a row what it has said before."""
_EPOCH: Final = re.compile(r"[0-9]{1,15}")
_PLAIN: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Purge:
    """What was touched after one epoch up to another.  `tags` of None: everything; an empty set: nothing, and this is
    a sign of life.  `anew`: the epochs are others than those that the front knows (another database stands in the
    place of the site's), and what it was told does not count any more."""

    after: int
    epoch: int
    tags: frozenset[str] | None
    anew: bool = False


class Port(Protocol):
    """A way to one front."""

    name: str

    def position(self) -> int | None:
        """The epoch up to which it was told; None: it knows of none, and has kept nothing."""

    def purge(self, purge: Purge) -> int | None:
        """Has the front drop what a purge names, which it does before this ends, or refuses since it would leave a
        gap; its position then.  Raises Unavailable where it is away."""

    def close(self) -> None:
        """Ends the connection; the next question opens it anew."""


class Journal(Protocol):
    """What was written."""

    def read(self, after: int | None) -> tuple[int, list[tuple[int, frozenset[str]]]]:
        """The epoch of now, and what was touched in those after one, as far as that is still known."""


class DatabaseJournal:
    """The journal of a site."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, after: int | None) -> tuple[int, list[tuple[int, frozenset[str]]]]:
        with self._database.read() as unit:
            now = state.epoch(unit)
            return now, journal.after(unit, after) if after is not None and after < now else []


class Telling:
    """Tells one front.  For one thread."""

    def __init__(self, port: Port, journal: Journal) -> None:
        self.port = port
        self._journal = journal
        self._position: int | None = None
        self._asked = False

    def tell(self) -> int:
        """Tells the front all that was written before this was called, and gives its position then.  Raises
        Unavailable where it cannot be told."""
        try:
            return self._tell()
        except Unavailable:
            self._asked = False  # it may be another when it comes back
            raise

    def _tell(self) -> int:
        if not self._asked:
            self._position, self._asked = self.port.position(), True
        for _ in range(TRIES):
            now, rows = self._journal.read(self._position)
            # Others may have told it of what was not yet to be seen here a moment ago, but not of what never was.
            is_ahead = self._position is not None and self._position > now
            if self._position is None or is_ahead:
                self._position = self.port.purge(Purge(now, now, None, anew=is_ahead))
                if self._position is not None and self._position >= now:
                    return self._position
                continue
            if self._told(now, rows):
                return now
        raise Unavailable("front", f"the front cache at {self.port.name} contradicts itself")

    def _told(self, now: int, rows: list[tuple[int, frozenset[str]]]) -> bool:
        """Whether the front has taken all purges up to an epoch."""
        assert self._position is not None
        for purge in purges_of(self._position, now, rows):
            said = self.port.purge(purge)
            self._position = said
            if said is None or said < purge.epoch:
                return False
        return True


def purges_of(position: int, now: int, rows: list[tuple[int, frozenset[str]]]) -> Iterator[Purge]:
    """The purges that bring a front from its position to now; one that drops everything where nobody knows any more
    what was touched.  There is always one: it is a sign of life, too."""
    known = {epoch: tags for epoch, tags in rows if epoch <= now}
    if len(known) != now - position or any(_is_all(tags) for tags in known.values()):
        yield Purge(now, now, None)
        return
    start, until, touched = position, position, set[str]()
    for epoch, tags in sorted(known.items()):
        more = touched | tags
        if touched and _size(more) > MOST:
            yield Purge(start, until, frozenset(with_coarser(touched)))
            start, more = until, set(tags)
        touched, until = more, epoch
    yield Purge(start, now, frozenset(with_coarser(touched)) if now > position else frozenset())


def _is_all(tags: frozenset[str]) -> bool:
    return ALL in tags or _size(tags) > MOST or not all(_PLAIN.fullmatch(tag) for tag in tags)


def _size(tags: set[str] | frozenset[str]) -> int:
    return sum(len(tag) + 1 for tag in tags)


def position_of(headers: Mapping[str, str]) -> int | None:
    """The position that the headers of a front's answer tell."""
    said = headers.get("x-wirepress-epoch", "")
    return int(said) if _EPOCH.fullmatch(said) else None
