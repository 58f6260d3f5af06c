"""What is left to do of one source, while it is looked at: kept within its rights, so that any process may go on."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.entry import EntryState
from wirepress.model.wire import Entry, Rights, SkipReason, Source
from wirepress.store import backlog as store
from wirepress.store import sources as source_store
from wirepress.store.backlog import Waiting
from wirepress.syndicate import sandbox
from wirepress.syndicate.allowance import Wait
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.same import digest_of
from wirepress.syndicate.schedule import MOST_TRIES, next_try
from wirepress.syndicate.teasers import summary_of
from wirepress.syndicate.unreadable import Unreadable
from wirepress.syndicate.within import EXCERPT_WORDS, LONGEST_EXCERPT

AT_ONCE: Final = 50
"""Entries that are taken up, and noted as done, at a time."""
IN_A_WRITE: Final = 200
"""Entries that are kept in one write: other writers have their turns between."""
SOON: Final = -(1 << 40)
"""The place of what was tried already: before all that was not."""

_LAST: Final = 1 << 62
"""Behind every place."""


def within(rights: Rights, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with no more of their texts than may be kept under these rights, and the digests that they had."""
    return [_within(rights, replace(entry, digest=digest_of(entry))) for entry in entries]


def _within(rights: Rights, entry: Entry) -> Entry:
    if rights is Rights.FULL:
        return entry
    if rights is Rights.LINK:
        return replace(entry, summary="", content="")
    summary = _excerpt(entry.summary)
    return replace(entry, summary=summary, content="" if summary else _excerpt(entry.content))


def _excerpt(markup: str) -> str:
    """As much of a text as an excerpt shows (`decide`), as markup."""
    words = summary_of(plain(markup)).split()
    kept = " ".join(words[:EXCERPT_WORDS])[:LONGEST_EXCERPT]
    return html.escape(kept if len(words) <= EXCERPT_WORDS else f"{kept} …", quote=False)


@dataclass(slots=True)
class Backlog:
    """The backlog of one source."""

    newsroom: Newsroom
    source: Source
    handled: set[str] = field(default_factory=set)
    """The guids of what this look came to."""
    places: dict[str, int] = field(default_factory=dict)
    """The guids of what is listed now, each with its place in the list: the newest comes first."""
    _first: int = 1
    """The first place of what waits for room, before this look."""
    left: int = 0
    """How many entries it did not come to that are not known as they are."""
    _waits: dict[str, str] = field(default_factory=dict)
    """The guids that were asked for, with the digests of those that wait for room, "" for the others."""
    _done: list[str] = field(default_factory=list)
    _again: list[Waiting] = field(default_factory=list)

    def now(self) -> int:
        return int(self.newsroom.clock.now().timestamp())

    def wake_changed(self, entries: Sequence[Entry]) -> None:
        """Has entries tried anew that were given up, where their source says something else of them now."""
        with self.newsroom.database.read() as unit:
            guids = [entry.guid for entry in entries]
            dead = store.digests(unit, self.source.id, EntryState.DEAD, guids)
        said = {entry.guid: digest_of(entry) for entry in entries} if dead else {}
        changed = [key for key, (guid, digest) in dead.items() if said.get(guid, digest) != digest]
        if changed:
            with self.newsroom.database.write() as unit:
                store.retry(unit, changed)

    def due(self, *states: EntryState) -> Iterator[list[Waiting]]:
        """What of some states is due and was not handled in this look, some at a time; what was noted meanwhile is kept
        between."""
        place = (SOON - 1, 0)
        while True:
            self.flush()
            with self.newsroom.database.read() as unit:
                found = store.due(unit, self.source.id, self.now(), place, AT_ONCE, states)
            if not found:
                return
            place = found[-1].place, found[-1].id
            if waiting := [one for one in found if one.entry.guid not in self.handled]:
                yield waiting

    def settle(self, entry: Entry, tries: int = 0, tried_at: int = 0, problem: str = "", reason: str = "") -> None:
        """Notes what became of an entry: done (no tries), or to be tried again, or given up."""
        self.handled.add(entry.guid)
        if not tries:
            self._done.append(entry.guid)
            return
        state = EntryState.DEAD if tries >= MOST_TRIES else EntryState.FAILED
        due_at = tried_at + next_try(tries)
        self._again.append(Waiting(self.source.id, entry, state, SOON, due_at, self.now(), tries, problem, 0, reason))

    def put_off(self, entry: Entry, until: int, problem: str) -> None:
        """Notes that an entry is to be looked at from a moment on: it was not tried."""
        self.handled.add(entry.guid)
        self._again.append(Waiting(self.source.id, entry, EntryState.LEFT, SOON, until, self.now(), 0, problem))

    def wait(self, entry: Entry, wait: Wait) -> None:
        """Notes that an entry waits for room, in the order of the list and before all that waited already.

        One of which nothing else is said than before is not written once more.
        """
        self.handled.add(entry.guid)
        digest = digest_of(entry)
        if self._waiting_digest(entry.guid) == digest:
            return
        self._waits[entry.guid] = digest
        place = self._first + self.places.get(entry.guid, len(self.places)) - len(self.places)
        reason = wait.reason.value
        self._again.append(
            Waiting(self.source.id, entry, EntryState.WAITS, place, wait.until, self.now(), 0, wait.limit, 0, reason)
        )

    def _waiting_digest(self, guid: str) -> str:
        """The digest that an entry had when it began to wait; what is listed now is asked for at once."""
        if guid not in self._waits:
            with self.newsroom.database.read() as unit:
                if not self._waits:
                    self._first = store.first_place(unit, self.source.id, EntryState.WAITS)
                asked = [one for one in (*self.places, guid) if one not in self._waits]
                self._waits |= dict.fromkeys(asked, "")
                self._waits |= dict(store.digests(unit, self.source.id, EntryState.WAITS, asked).values())
        return self._waits[guid]

    def oldest(self) -> Iterator[list[Waiting]]:
        """What waits for room, due or not, the oldest first, some at a time; what was noted meanwhile is kept
        between."""
        place = (_LAST, 0)
        while True:
            self.flush()
            with self.newsroom.database.read() as unit:
                found = store.oldest(unit, self.source.id, EntryState.WAITS, place, AT_ONCE)
            if not found:
                return
            place = found[-1].place, found[-1].id
            yield found

    def waiting(self) -> int:
        """How many wait for room."""
        self.flush()
        with self.newsroom.database.read() as unit:
            return store.counts(unit, self.source.id).get(self.source.id, {}).get(EntryState.WAITS.value, 0)

    def defer(self, wait: Wait) -> None:
        """Has all that waits for room, and would be due, wait until there may be some."""
        self.flush()
        with self.newsroom.database.write() as unit:
            store.defer(unit, self.source.id, self.now(), wait.until, wait.reason.value, wait.limit)

    def let_in(self) -> None:
        """Has what waits for the next run be due: it has begun."""
        with self.newsroom.database.write() as unit:
            store.let_in(unit, self.source.id, SkipReason.RUN_LIMIT.value)

    def leave(self, entries: Sequence[Entry], due_at: int = 0) -> None:
        """Keeps entries that the look does not come to, before all that was left already; not those that are known
        and unchanged."""
        with self.newsroom.database.read() as unit:
            known = source_store.known_digests(unit, self.source.id, [entry.guid for entry in entries])
            first = store.first_place(unit, self.source.id)
        wanted = [entry for entry in entries if known.get(entry.guid) != digest_of(entry)]
        self.left += len(wanted)
        now = self.now()
        for place, entry in enumerate(wanted, first - len(wanted)):
            self._again.append(Waiting(self.source.id, entry, EntryState.LEFT, place, due_at, now))

    def flush(self) -> None:
        """Keeps what was noted."""
        done, self._done = self._done, []
        again, self._again = self._again, []
        for start in range(0, max(len(done), len(again)), IN_A_WRITE):
            kept = self._kept(again[start : start + IN_A_WRITE])
            with self.newsroom.database.write() as unit:
                store.drop(unit, self.source.id, done[start : start + IN_A_WRITE])
                store.keep(unit, kept)

    def _kept(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        entries = [one.entry for one in waiting]
        if not entries:
            return []
        try:
            entries = sandbox.run(sandbox.ARTICLE, within, self.source.rights, entries)
        except Unreadable:  # their texts are too much: their pages are to be had all the same
            entries = within(Rights.LINK, entries)
        return [replace(one, entry=entry) for one, entry in zip(waiting, entries, strict=True)]
