"""Units of work: reads that see one moment, writes that happen whole or not at all."""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

from sqlalchemy import Connection, CursorResult, Executable, inspect
from sqlalchemy.exc import DBAPIError

from wirepress.model.audit import Actor
from wirepress.model.errors import CannotWrite, ConnectionLost, Invalid, Unavailable, WirepressError
from wirepress.model.post import Post
from wirepress.store import tags
from wirepress.store.changes import Change, Listed
from wirepress.store.connections import Lent, Watch
from wirepress.store.faults import of_file
from wirepress.store.places import Places

Params = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Row = tuple[Any, ...]
Touched = Literal["post", "rendering", "term", "user", "option"]
"""What a write touches; a rendering goes by the id of its post."""
Ids = Collection[Any] | None
"""The ids (of options the names) of what a write touches; None: all there is."""


def encode(value: Any) -> str:
    """A value as the JSON that columns hold."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Keeper(Protocol):
    """Writes down the changes of units (`store.audit`)."""

    def keep(self, unit: Unit) -> None:
        """Called before the commit of a unit."""

    def kept(self, unit: Unit) -> None:
        """Called after it."""


class Unit:
    """One read or one write; it lives as long as its context.  Not for sharing between threads.

    `actor` is who changes, None for the process itself; `changes` is what was changed (`note`), `revised` the revision
    that a post got in this unit, by its id, and `person` what `store.audit` keeps of the actor.  `spoiled` are the
    posts whose renderings its writes have made stale and nobody has made anew yet.  `wrote`: a plain statement has
    changed something.  `published` are the posts that were or are published and that its writes change, by their ids,
    with what they were listed by before.  `last_post` is the post that was read last (`store.posts.get`), until a
    statement writes: one write asks for its post again and again.  `tags` is what a read was made of, or what a write
    has touched (`store.tags`).
    """

    __slots__ = (
        "_counters", "_database", "_lent", "_raw", "_watchers", "actor", "changes", "dialect", "last_post", "person",
        "published", "raised", "revised", "spoiled", "statements", "tags", "writing", "wrote",
    )  # fmt: skip

    def __init__(
        self, database: Database, lent: Lent, *, writing: bool, collected: set[str] | None = None
    ) -> None:  # fmt: skip
        self._database = database
        self._lent = lent
        self._raw: Any = lent.raw
        self._counters: set[str] = set()
        self._watchers: list[Callable[[Touched, Ids], None]] = []
        self.actor: Actor | None = None
        self.changes: dict[tuple[str, str, str], Change] = {}
        self.revised: dict[str, int] = {}
        self.person: tuple[Actor, int] | None = None
        self.dialect = database.dialect
        self.last_post: Post | None = None
        self.published: dict[int, list[Listed]] = {}
        self.raised = False
        self.spoiled: dict[int, None] = {}
        self.statements = 0
        self.tags: set[str] = set() if collected is None else collected
        self.writing = writing
        self.wrote = False

    @property
    def places(self) -> Places:
        """Places in long lists, which all units of a process share."""
        return self._database.places

    def execute(
        self, statement: Executable, params: Params | None = None, *, lent: Iterable[str] | None = None
    ) -> CursorResult[Any]:
        """Runs a SQLAlchemy statement.  `lent` as with `rows`."""
        self.statements += 1
        self.last_post = None
        self.tags.update(tags.of_expression(statement) if lent is None or self.writing else lent)
        return self.connection.execute(statement, params)

    def rows(self, sql: str, params: Sequence[Any] = (), *, lent: Iterable[str] | None = None) -> list[Row]:
        """The rows of a plain statement with `?` for each value: for reads that are asked often.

        It goes straight to the driver; building a SQLAlchemy statement would cost more than running it.  `lent` are
        the tags of what lends to these rows, where that is less than all rows of the tables that they stand in.
        """
        if self.writing:
            refuse_nul(params)
            if not sql.startswith(("SELECT", "WITH")):  # what writes and tells (RETURNING)
                self.last_post = None
                self.tags |= tags.of_statement(sql)
        else:
            self.tags.update(tags.of_statement(sql) if lent is None else lent)
        self.statements += 1
        return self._database.fetch(self._raw, sql, params)

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Runs a plain statement that writes and gives the number of rows it touched."""
        refuse_nul(params)
        self.statements += 1
        self.last_post = None
        touched = self._database.run(self._raw, sql, params)
        self.tags |= tags.of_statement(sql)
        self.wrote = self.wrote or touched > 0
        return touched

    def run_many(self, sql: str, params: Sequence[Sequence[Any]]) -> None:
        """Runs a plain statement once for each row of values."""
        if params:
            for row in params:
                refuse_nul(row)
            self.statements += 1
            self.last_post = None
            self._database.run_many(self._raw, sql, params)
            self.tags |= tags.of_statement(sql)
            self.wrote = True

    @property
    def connection(self) -> Connection:
        """The connection itself, for what knows only those (Alembic)."""
        return self._lent.opened()

    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name."""
        return bool(inspect(self.connection).has_table(name))

    def watch(self, watcher: Callable[[Touched, Ids], None]) -> None:
        """Tells a holder of rows, as long as the unit lasts, what each write touches: it holds them no longer."""
        if self.writing:  # a unit that reads should not come to be in a circle of references
            self._watchers.append(watcher)

    def touched(self, what: Touched, ids: Ids = None) -> None:
        """Notes what a write changes, before or after it is done."""
        if ids is None:
            self.tags.add(tags.ALL)
        elif what in ("post", "rendering"):
            self.tags.update(tags.of_posts(ids))
        elif what == "term":
            self.tags.update(tags.of_terms(ids))
        for watcher in self._watchers:
            watcher(what, ids)

    def note(self, action: str, what: str, key: Any, **details: Any) -> None:
        """Notes a change for the audit log: what was done (`post.update`), to what kind of thing and which one.

        What a unit does to a thing that it has made belongs to the making; the same done twice is one change.
        """
        room = action.partition(".")[0]
        created = (f"{room}.create", what, str(key))
        if created in self.changes and not action.endswith((".delete", ".create")):
            return
        found = self.changes.setdefault((action, what, str(key)), Change(action, what, str(key)))
        fields = {*found.details.get("fields", ()), *details.pop("fields", ())}
        if "before" in found.details:
            details.pop("before", None)
        found.details |= details
        if fields:
            found.details["fields"] = sorted(fields)

    def raise_epoch(self) -> None:
        """Notes that a reader can see this write: the epoch grows by one at its commit."""
        self._counters.add("epoch")

    @property
    def raises_epoch(self) -> bool:
        return "epoch" in self._counters

    def raise_shared_version(self) -> None:
        """Notes that this write changes what rows lend to other items: epoch and shared version grow at its commit."""
        self._counters.update(("epoch", "shape"))

    def settle(self) -> None:
        """Raises the counters that were noted and writes down what was changed; called once, before the commit."""
        if self.changes and self._database.audit is not None:
            self._database.audit.keep(self)
        if not self._counters:
            return
        self.raised = True
        if "shape" in self._counters:
            self.tags.add(tags.ALL)
            self.run("UPDATE state SET number = number + 1 WHERE name = 'shape'")
        self._counters.clear()
        raised = "UPDATE state SET number = number + 1 WHERE name = 'epoch' RETURNING number"
        for row in self.rows(raised):
            self._write_down(int(row[0]))
        self._database.announce(self)

    def _write_down(self, epoch: int) -> None:
        """Writes down what was touched, and forgets what was touched long ago."""
        for table, one in tags.SINGLE.items():
            if table in self.tags and not any(tag.startswith(one) for tag in self.tags):
                self.tags.add(tags.ALL)  # nobody said which
        self.run(
            "INSERT INTO journal (epoch, tags) VALUES (?, ?) ON CONFLICT (epoch) DO UPDATE SET tags = excluded.tags",
            (epoch, tags.kept_as(self.tags)),
        )
        if epoch % tags.SWEPT == 0:
            self.run("DELETE FROM journal WHERE epoch <= ?", (epoch - tags.KEPT,))

    def depends(self, lent: Iterable[str]) -> None:
        """Notes what is made of rows that this unit has read before; a unit that writes depends on nothing."""
        if not self.writing:
            self.tags.update(lent)

    @contextmanager
    def lends(self, *only: str) -> Iterator[None]:
        """Says that what is read in its context lends no more than these tags to what is made of it."""
        around, self.tags = self.tags, set()
        try:
            yield
        finally:
            self.tags = around
            around.update(only)

    @contextmanager
    def collecting(self) -> Iterator[set[str]]:
        """Gives the tags of what is read in its context, for who keeps that for other units."""
        around, self.tags = self.tags, set()
        try:
            yield self.tags
        finally:
            around |= self.tags
            self.tags = around


class Database(ABC):
    """What the units of both engines share."""

    dialect: ClassVar[str]

    def __init__(self) -> None:
        self.folder: Path | None = None
        """Where its files lie on this machine; None where that is a server's."""
        self.statements = 0
        self.audit: Keeper | None = None
        self.places = Places()
        self.recent = tags.Recent()
        self._count = threading.Lock()
        self._watched = threading.local()
        self.refused: CannotWrite | None = None
        """Why the last write of this process was refused, until one is kept again."""

    @property
    def writes_waiting(self) -> int:
        """How many writes of this process wait for their turn; 0 where the server does the waiting."""
        return 0

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        """Watches the units of this thread, so that what was lost before anything was kept can be done once more."""
        watch = self._watched.now = Watch()
        try:
            yield watch
        finally:
            self._watched.now = None

    @contextmanager
    def _faults(self, *, writing: bool) -> Iterator[None]:
        """Raises Unavailable of the kind that an error of the driver, or of a file, means."""
        try:
            yield
        except WirepressError as error:
            self._note(error, writing=writing)
            raise
        except Exception as error:
            raised = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
            meaning = of_file(raised) or self.meaning(raised, writing=writing)
            if meaning is None:
                raise
            self._note(meaning, writing=writing)
            raise meaning from error

    def _note(self, error: WirepressError, *, writing: bool) -> None:
        if writing and isinstance(error, CannotWrite):
            self.refused = error
        watch: Watch | None = getattr(self._watched, "now", None)
        if watch is not None and isinstance(error, ConnectionLost):
            watch.lost = True

    def _note_commit(self) -> None:
        watch: Watch | None = getattr(self._watched, "now", None)
        if watch is not None:
            watch.written = True

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A unit that sees one moment of the database, whatever is written meanwhile.

        Raises Unavailable, by kind, where the database does not answer as it should.
        """
        with self._faults(writing=False), self._reading() as lent:
            watch: Watch | None = getattr(self._watched, "now", None)
            unit = Unit(self, lent, writing=False, collected=None if watch is None else watch.tags)
            try:
                yield unit
            finally:
                self._tally(unit)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit whose changes are kept together when its context ends well, and dropped when it raises.

        Writes happen one after the other, so what a write has read still holds when it writes.  A write that has
        waited too long for its turn raises Unavailable; so do, each by its kind, one that there is no room for
        (NoRoom), that nothing takes now (CannotWrite), whose connection ended (ConnectionLost) and whose commit nobody
        has answered (OutcomeUnknown).
        """
        with self._faults(writing=True), self._writing() as lent:
            unit = Unit(self, lent, writing=True)
            try:
                yield unit
                unit.settle()
            finally:
                self._tally(unit)
            self._note_commit()
        if unit.wrote:
            self.refused = None
        if self.audit is not None:
            self.audit.kept(unit)

    @abstractmethod
    def meaning(self, error: BaseException, *, writing: bool) -> Unavailable | None:
        """What an error of the driver means; None for a fault of ours."""

    @abstractmethod
    def announce(self, unit: Unit) -> None:
        """Tells other processes, with the commit of this unit, that the epoch has been raised."""

    def _tally(self, unit: Unit) -> None:
        with self._count:
            self.statements += unit.statements

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Lent]:
        """A context manager that gives a connection inside a read transaction."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Lent]:
        """A context manager that gives a connection inside a write transaction and commits or rolls it back."""

    @abstractmethod
    def fetch(self, raw: Any, sql: str, params: Sequence[Any]) -> list[Row]: ...

    @abstractmethod
    def run(self, raw: Any, sql: str, params: Sequence[Any]) -> int: ...

    @abstractmethod
    def run_many(self, raw: Any, sql: str, params: Sequence[Sequence[Any]]) -> None: ...

    @abstractmethod
    def hint(self) -> int | None:
        """A number that changes as soon as anybody has committed; None where there is no such number and the epoch
        must be read."""

    @abstractmethod
    def heard(self) -> int | None:
        """The epoch under which whole anonymous answers may be kept and given, without asking the database anew.

        It is never older than the last write of this process and never older than a second; None while that cannot
        be said, and nothing that was kept may be given then.  It never waits: the event loop asks it.
        """

    @abstractmethod
    def scrub(self) -> None:
        """Makes sure, as far as this database can, that nothing can be read in its files of what was deleted."""

    @abstractmethod
    def close(self) -> None: ...


def refuse_nul(values: Iterable[Any]) -> None:
    """Raises Invalid for a text with a NUL: PostgreSQL can hold none, so no site may come to hold one."""
    for value in values:
        if isinstance(value, str) and "\0" in value:
            raise Invalid("invalid_text", "A text cannot hold the character NUL.")
