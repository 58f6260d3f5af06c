"""What happens in one look at a source: it is asked, what it lists is gone through, and what was left before is.

The newest comes first: where there is more than a look may take, what is left waits on rows, and another look, of
whatever process, goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.entry import EntryState
from wirepress.model.errors import Conflict
from wirepress.model.wire import Entry, Feed, Memory, Origin, Source, Tempo
from wirepress.net.port import FetchError
from wirepress.store import arrivals, leases
from wirepress.store import entries as entry_store
from wirepress.store import sources as store
from wirepress.store.backlog import TRIED
from wirepress.store.clauses import chunks
from wirepress.syndicate.age import is_too_old
from wirepress.syndicate.allowance import Allowance
from wirepress.syndicate.asking import Asked
from wirepress.syndicate.backlog import Backlog
from wirepress.syndicate.budget import Metered
from wirepress.syndicate.decide import screen
from wirepress.syndicate.ingest import Ingest
from wirepress.syndicate.moves import is_believed
from wirepress.syndicate.reading.declaration import Listed
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.report import Report
from wirepress.syndicate.schedule import BEAT, LEASE, chance_of, next_look, out_of_quiet, pause_of
from wirepress.syndicate.tempo import NEWEST, fresh_for, is_flood, with_hints, with_rhythm
from wirepress.syndicate.unreadable import TooCostly
from wirepress.syndicate.update import settle
from wirepress.syndicate.websub.hearing import Hearing

MOST_COSTLY: Final = 5
"""Articles that cost too much to read before a look ends: other sources wait for their turn meanwhile."""
MOST_HELD_OFF: Final = 5
"""Articles in a row whose servers ask us to wait, before the others wait as well."""
MOST_WAITING: Final = 1_000
"""Articles of a source that wait for room: the oldest beyond that are left out."""

Step = Callable[[Report], None]
Stop = Callable[[], bool]


@dataclass(slots=True)
class Beat:
    """Says now and then that a source is still looked at."""

    newsroom: Newsroom
    source: int
    name: str
    said: float = field(init=False)

    def __post_init__(self) -> None:
        self.said = self.newsroom.clock.monotonic()

    def __call__(self) -> None:
        """Holds the lease longer, where it is time.  Raises Conflict where it is another's by now."""
        now = self.newsroom.clock.monotonic()
        if now - self.said < BEAT:
            return
        until = int(self.newsroom.clock.now().timestamp()) + LEASE
        with self.newsroom.database.write() as unit:
            if not leases.extend(unit, self.source, self.name, until):
                raise Conflict("lease_lost", "another process looks at this source by now")
        self.said = now


LONGEST_TITLE: Final = 200
"""Characters of the title of a source that are kept."""


class Look:
    """One look."""

    def __init__(
        self,
        newsroom: Newsroom,
        source: Source,
        fetcher: Metered,
        report: Report,
        beat: Beat,
        step: Step,
        stop: Stop,
        hearing: Hearing,
    ) -> None:
        self.newsroom = newsroom
        self.source = source
        self.hearing = hearing
        self.fetcher = fetcher
        self.report = report
        self.beat = beat
        self.step = step
        self.stop = stop
        self.reading = reading_of(source.kind)
        self.backlog = Backlog(newsroom, source)
        self.allowance = Allowance(newsroom, source)
        self.held_off = 0

    def run(self, *, ask: bool) -> Memory:
        """Asks the source, or only goes on with what is left of it; gives what to remember.

        Raises FetchError and Unreadable where the source is to blame, Conflict where the lease is lost.
        """
        listed = self._asked() if ask else None
        if self.allowance.begin(ask=ask):
            self.backlog.let_in()
        feed = listed.feed if listed else Feed()
        self.report.unchanged = listed is None or listed.not_modified
        self.report.found = len(feed.entries)
        if feed.warning and (not feed.entries or self.reading.marks):  # of a feed with entries, it is no loss
            self.report.notes.append(feed.warning)
        self._take_all(feed.entries)
        memory = replace(self.source.memory, slow=self.fetcher.is_out_of_time or self.fetcher.late)
        return memory if listed is None else self._remembered(memory, listed)

    def _asked(self) -> Listed:
        asked = Asked(self.fetcher, self.newsroom.clock.now(), self._may_go_on, what=self.reading.document)
        return self.reading.ask(self.source, asked)

    def _take_all(self, entries: Sequence[Entry]) -> None:
        if entries:
            self.beat()
            self.hearing.has_news = self._is_any_new(entries)
            self.backlog.wake_changed(entries)
            self.backlog.places = {entry.guid: place for place, entry in enumerate(entries)}
        ingest = Ingest(
            self.newsroom, self.source, self.fetcher, (entry.guid for entry in entries), allowance=self.allowance
        )
        try:
            ended = self._take(ingest, self._in_turn(entries)) and self._go_on(ingest)
            ended = ended and self._end_old(ingest) and self._let_in(ingest)
            self._bound(ingest)
            if ended and not self.reading.tells_changes and self.source.rules.page:
                self._look_again(ingest)
            self.report.counts["revised"] += settle(self.newsroom, self.source)
        finally:
            ingest.close()
            self.backlog.flush()
        if not self.report.cut and not self.backlog.left:
            self.report.done = self.report.found
        self.step(self.report)

    def _is_any_new(self, entries: Sequence[Entry]) -> bool:
        """Whether there are entries that nobody has seen before; asked only where a hub should have told of them.

        Of some entries nothing is kept (such as those without a title), so that they are never known again: what is
        older than the last answer is no reason to doubt a hub.
        """
        if self.hearing.subscription is None:
            return False
        since = 0 if self.hearing.delivered else self.source.memory.asked
        fresh = [one.guid for one in entries if not one.published or one.published.timestamp() > since]
        with self.newsroom.database.read() as unit:
            seen = entry_store.seen(unit, self.source.id, fresh)
        return any(guid not in seen for guid in fresh)

    def _in_turn(self, entries: Sequence[Entry]) -> list[Entry]:
        """The oldest first, as far as one look may come, or the source may bring; of more than that the newest before
        all others.  What needs no look takes nobody's place: it comes before all of them."""
        most = min(self.fetcher.budget.pages, self.allowance.room() or len(entries))
        size = max(int(most), 1) if isfinite(most) else len(entries)
        if size >= len(entries):
            return list(reversed(entries))
        done = self._done_before(entries)
        fresh = [entry for entry in entries if entry.guid not in done]
        ordered = [entry for entry in reversed(entries) if entry.guid in done]
        for start in range(0, len(fresh), size):
            ordered += reversed(fresh[start : start + size])
        return ordered

    def _done_before(self, entries: Sequence[Entry]) -> set[str]:
        """The guids of the entries that need no look (`screen`), by what is known of them under these names."""
        known: dict[str, Origin] = {}
        with self.newsroom.database.read() as unit:
            for some in chunks([entry.guid for entry in entries]):
                known |= {one.guid: one for one in store.find_origins(unit, self.source.id, some, [])}
        now = self.newsroom.clock.now()
        return {
            entry.guid
            for entry in entries
            if entry.guid in known and screen(self.source, entry, known[entry.guid], now) is not None
        }

    def _take(self, ingest: Ingest, entries: Sequence[Entry]) -> bool:
        """Goes through entries that were not left before; whether to the end."""
        for number, entry in enumerate(entries):
            self.report.done = number
            if not self._may_go_on():
                if not self.report.cut:
                    self.backlog.leave(entries[number:])
                return False
            until = self._handle(ingest, entry)
            if until:
                self.backlog.leave(entries[number + 1 :], until)
                return False
        return True

    def _go_on(self, ingest: Ingest) -> bool:
        """Goes through what was left before; whether to the end."""
        for waiting in self.backlog.due(*TRIED):
            for one in waiting:
                if not self._may_go_on() or self._handle(ingest, one.entry):
                    return False
        return True

    def _let_in(self, ingest: Ingest) -> bool:
        """Goes through what waits for room, as far as there is some; whether to the end."""
        due = (one for waiting in self.backlog.due(EntryState.WAITS) for one in waiting)
        while (wait := self.allowance.reached()) is None:
            one = next(due, None)
            if one is None:
                return True
            if not self._may_go_on() or self._handle(ingest, one.entry):
                return False
        self.backlog.defer(wait)
        return True

    def _end_old(self, ingest: Ingest) -> bool:
        """Leaves out what has grown too old while it waits, whether there is room or not; whether to the end.

        It is looked through from its end, where the oldest are, up to some of which none has grown too old.
        """
        rules = self.source.rules
        for waiting in self.backlog.oldest() if rules.max_age else ():
            old = [one for one in waiting if is_too_old(rules, one.entry, None, self.newsroom.clock.now())]
            for one in old:
                if not self._may_go_on() or self._handle(ingest, one.entry):
                    return False
            if not old and any(one.entry.published or one.entry.updated for one in waiting):
                break
        return True

    def _bound(self, ingest: Ingest) -> None:
        """Leaves out the oldest of what waits, where more waits than may."""
        beyond = self.backlog.waiting() - MOST_WAITING
        oldest = (one for waiting in self.backlog.oldest() for one in waiting)
        while beyond > 0 and not self.stop() and (one := next(oldest, None)) is not None:
            self.beat()
            self.report.note_entry(one.entry, ingest.crowd_out(one.entry, MOST_WAITING))
            self.backlog.settle(one.entry)
            beyond -= 1

    def _may_go_on(self) -> bool:
        self.step(self.report)
        self.beat()
        self.report.cut = self.stop()
        return not self.report.cut and not self.fetcher.is_spent

    def _handle(self, ingest: Ingest, entry: Entry) -> int:
        """Does one entry; the second until which the source's servers are to be left alone, 0 for none."""
        try:
            outcomes = ingest.handle(entry)
        except FetchError as error:
            if not error.asks_to_wait:
                raise
            until = self.backlog.now() + error.retry_after
            self.backlog.put_off(entry, until, error.message)
            self.held_off += 1
            return until if self.held_off >= MOST_HELD_OFF else 0
        self.held_off = 0
        self.report.note_entry(entry, outcomes)
        if ingest.wait is not None:
            self.backlog.wait(entry, ingest.wait)
            return 0
        at = int(ingest.tried_at.timestamp())
        self.backlog.settle(entry, ingest.tries, at, ingest.problem, ingest.reason)
        if ingest.costly >= MOST_COSTLY:
            raise TooCostly(f"{ingest.costly} of its articles cost too much to read; the others wait")
        return 0

    def _look_again(self, ingest: Ingest) -> None:
        try:
            self.report.note(ingest.look_again(lambda: not self._may_go_on()))
        except FetchError as error:
            if not error.asks_to_wait:
                raise

    def _remembered(self, memory: Memory, listed: Listed) -> Memory:
        """What to remember of what was listed, and when to ask for the next."""
        source, now = self.source, self.backlog.now()
        fetched, feed = listed.fetched, listed.feed
        if not listed.not_modified:
            tempo = self._tempo(with_hints(memory.tempo, feed), feed, now)
            topic = feed.itself if feed.hubs else ""
            title = " ".join(feed.title.split())[:LONGEST_TITLE] or memory.title
            memory = replace(memory, tempo=tempo, mark=listed.mark, hubs=feed.hubs, topic=topic, title=title)
            if fetched is not None:
                named = fetched.conditions
                memory = replace(memory, etag=named.etag, last_modified=named.last_modified)
        if self.report.cut:  # without validators and mark the next look reads the whole answer again
            memory = replace(memory, etag="", last_modified="", mark=source.memory.mark)
        fresh = fresh_for(fetched.headers) if fetched else 0
        pause = pause_of(source.interval, memory.tempo, now, fresh, is_told=self.hearing.may_wait(source, now))
        at = next_look(now, pause, 0, chance=chance_of(source.id, now))
        ask_at = out_of_quiet(at, memory.tempo.quiet_hours, memory.tempo.quiet_days)
        if self.report.cut:
            ask_at = now
        moving, status = (self._moving(fetched.moved_to), fetched.status) if fetched else ("", 0)
        return replace(memory, status=status, error="", moving=moving, asked=now, ask_at=ask_at)

    def _tempo(self, tempo: Tempo, feed: Feed, now: int) -> Tempo:
        before = self.source.memory
        dates = [int(entry.published.timestamp()) for entry in feed.entries[:NEWEST] if entry.published]
        if not dates or self.reading.marks:  # what lists only the newest tells nothing of the others
            with self.newsroom.database.read() as unit:
                dates = arrivals.times(unit, self.source.id, NEWEST)
        new = self.report.counts["created"] + self.backlog.left
        if before.asked and is_flood(before.tempo, new, now - before.asked):
            tempo = replace(tempo, flooded=now)
        return with_rhythm(tempo, dates, now)

    def _moving(self, target: str) -> str:
        """Where the source says that it has moved to; where it says so for the second time, it moves (`report`)."""
        source = self.source
        if not target or target == source.url or not is_believed(source.url, target):
            return ""
        if source.memory.moving == target:
            self.report.moved = target
        return target
