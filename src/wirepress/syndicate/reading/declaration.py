"""What a kind of source declares: how it is found on a site, and how a source of it is read.

A kind neither fetches nor reads by itself: it asks by `Asking`, which holds it to the politeness and the budget of the
look that it is for, and reads in a process of its own.  Functions that are given to `read` and `read_page` are found by
their name in a module, and answer plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from wirepress.model.wire import Feed, Rules, Source, SourceKind
from wirepress.net.port import Conditions, Fault, Fetched, FetchError
from wirepress.syndicate.unreadable import TooCostly, Unreadable

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Document:
    """An answer, as what reads it needs it."""

    body: bytes
    url: str
    """Where it came from."""
    type: str = ""
    """Its Content-Type."""


Reader = Callable[Concatenate[Document, P], T]
"""A document in, plain data out.  Raises Unreadable."""


class Asking(Protocol):
    """How a kind asks and reads."""

    @property
    def now(self) -> datetime:
        """The time of the look."""

    def get(self, url: str, conditions: Conditions | None = None) -> Fetched:
        """The answer to a GET of what somebody has named as a source, or of what that names.  Raises FetchError."""

    def read(self, reader: Reader[P, T], fetched: Fetched, *given: P.args, **named: P.kwargs) -> T:
        """What a function makes of a source's answer, in a process of its own.  Raises Unreadable."""

    def read_page(self, reader: Reader[P, T], fetched: Fetched, *given: P.args, **named: P.kwargs) -> T:
        """The same of a web page, which may cost less."""

    def may_go_on(self) -> bool:
        """Whether there is time and room for one more answer; what is left then is asked for another time."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a source lists."""

    feed: Feed
    fetched: Fetched | None = None
    """The answer of its own address, None where that was not asked: what it says of moving, changing and waiting."""
    mark: str = ""
    """What `Memory.mark` is from now on."""

    @property
    def not_modified(self) -> bool:
        return self.fetched is not None and self.fetched.not_modified


@dataclass(slots=True)
class Candidate:
    """Something that could be a source."""

    kind: SourceKind
    url: str
    title: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    """Settings (`definition.SETTINGS`) that it needs besides."""
    total: int = 0
    entries: list[dict[str, str]] = field(default_factory=list)
    """The first ones: title, link, date."""
    warning: str = ""
    wordpress: bool = False

    def row(self) -> dict[str, Any]:
        """It as JSON holds it."""
        return {
            "kind": self.kind.value,
            "url": self.url,
            "title": self.title,
            "wordpress": self.wordpress,
            "settings": self.settings,
            "total": self.total,
            "entries": self.entries,
            "warning": self.warning,
        }


@dataclass(slots=True)
class Site:
    """The site that somebody has named an address of, while it is looked at what it offers."""

    url: str
    """The address, where it moved to for good, as a source would be asked for at it."""
    fetched: Fetched
    """What stands there."""
    asking: Asking

    def read(self, reader: Reader[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """What a function makes of the address's own answer; None where it is nothing of the sort.

        Raises TooCostly for what costs too much to read, whatever it is.
        """
        return _unless_unreadable(lambda: self.asking.read(reader, self.fetched, *given, **named))

    def read_page(self, reader: Reader[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """The same of the address's page."""
        return _unless_unreadable(lambda: self.asking.read_page(reader, self.fetched, *given, **named))

    def ask(self, url: str) -> Fetched | None:
        """The answer of another address; None where there is none, or enough was asked for."""
        if not url or not self.asking.may_go_on():
            return None
        try:
            return self.asking.get(url)
        except FetchError as error:
            if error.fault is Fault.STOPPED:
                raise
            return None

    def look(self, url: str, reader: Reader[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """What a function makes of the answer of another address; None where that is nothing of the sort."""
        fetched = self.ask(url)
        if fetched is None:
            return None
        try:
            return self.asking.read(reader, fetched, *given, **named)
        except Unreadable:
            return None


def _unless_unreadable(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except TooCostly:
        raise
    except Unreadable:
        return None


def nothing(_: Site) -> Iterable[Candidate]:
    """What a kind finds that nobody can find by itself."""
    return ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A kind of source."""

    label: str
    """What people call it, such as `Feed`."""
    help: str
    """The same with what may be meant by it, for a list to choose from."""
    ask: Callable[[Source, Asking], Listed]
    """What a source lists that is new since `Memory.mark`; each entry once, with its digest (`finished`).

    Raises FetchError and Unreadable where the source is to blame.
    """
    document: str = "the answer"
    """What is read of it, as a report names it: `the feed took too long to read`."""
    itself: Callable[[Site], Iterable[Candidate]] = nothing
    """What the document at the address is by itself: nobody is asked for more."""
    offered: Callable[[Site], Iterable[Candidate]] = nothing
    """What the site offers besides, where the address is that of a web page."""
    needs: tuple[str, ...] = ()
    """The rules (`Rules`) without which a source of it cannot be read."""
    in_words: bool = True
    """Whether what it says of an article is its editors' own words; else the page's come first, and without a page
    there is no article."""
    tells_changes: bool = True
    """Whether it says when an article has changed; else the articles' pages are asked again for a while."""
    marks: bool = False
    """Whether it lists only what is new since the last time (`Memory.mark`)."""
    flaws: Callable[[Rules], dict[str, str]] = lambda _: {}
    """What else is wrong with the rules of a source of it: a word for each (`sources.flaws`)."""
