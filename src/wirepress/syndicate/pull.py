"""One look at a source: fetch, parse, decide, take.

Nothing is held open over the network: what is known is read before, what is decided is written after, each article in
a write of its own, so a kill at any moment loses nothing that was taken and doubles nothing on the next look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Conflict, NotFound, Unavailable
from wirepress.model.wire import Entry, Feed, Memory, SkipReason, Source, SourceKind
from wirepress.net.port import Conditions, Fault, Fetched, Fetcher, FetchError
from wirepress.store import sources as store
from wirepress.store.sweep import sweep
from wirepress.store.unit import Unit
from wirepress.syndicate import sandbox
from wirepress.syndicate.answer import read_answer
from wirepress.syndicate.ingest import Ingest
from wirepress.syndicate.lease import is_dead, own_name
from wirepress.syndicate.narrow import mark_of, narrow
from wirepress.syndicate.schedule import LEASE, next_look
from wirepress.syndicate.take import Outcome
from wirepress.syndicate.unreadable import TooCostly, Unreadable
from wirepress.url.parse import open_address

GONE = 410
"""The status of what is gone and will not come back (RFC 9110, section 15.5.11)."""
MOST_NOTES = 20
"""Lines of a report, and of what is kept of a run."""
MOST_ENTRIES = 60
"""Entries that are named in it; those of which nothing was new are only counted."""
MOST_COSTLY = 5
"""Articles that cost too much to read before a look ends: other sources wait for their turn meanwhile."""
NOTHING_NEW = frozenset({SkipReason.UNCHANGED.value, SkipReason.SKIPPED_BEFORE.value, SkipReason.WAITING.value})


@dataclass(slots=True)
class Report:
    """How a look went."""

    source: str
    found: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    error: str = ""
    notes: list[str] = field(default_factory=list)
    unchanged: bool = False
    cut: bool = False
    moved: str = ""
    """The address that the source says is its own from now on."""
    gone: bool = False
    """The source says that it is gone for good."""
    done: int = 0
    """How many of the entries found were gone through."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why entries were skipped (SkipReason)."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """What became of single entries, as JSON holds it: title, link, result, detail, post."""

    def note_entry(self, entry: Entry, outcomes: list[Outcome]) -> None:
        """Counts the outcomes of an entry, and names it where anything was new."""
        self.note(outcomes)
        last = next((outcome for outcome in reversed(outcomes) if outcome.result != "kept"), None)
        if last is None:
            return
        reason = last.detail.partition(":")[0] if last.result == "skipped" else ""
        if reason:
            self.reasons[reason] += 1
        if reason not in NOTHING_NEW and len(self.entries) < MOST_ENTRIES:
            self.entries.append(
                {
                    "title": entry.title[:200],
                    "link": entry.link[:500],
                    "result": last.result,
                    "detail": last.detail[:300],
                    "post": last.post,
                }
            )

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """Counts outcomes; what failed or is not whole gets a line."""
        for outcome in outcomes:
            self.counts[outcome.result] += 1
            if outcome.detail and (outcome.result == "failed" or outcome.flawed) and len(self.notes) < MOST_NOTES:
                self.notes.append(outcome.detail)

    def result(self) -> str:
        """One line for a person."""
        if self.error:
            return self.error
        words = [f"{self.counts[name]} {name}" for name in ("created", "revised", "failed") if self.counts[name]]
        if self.cut:
            words.append("stopped before the end")
        if not words:
            words = ["nothing new (not modified)" if self.unchanged else "nothing new"]
        if self.moved:
            words.append(f"moved to {self.moved}")
        return ", ".join(words) + (f"; {self.notes[0]}" if self.notes else "")

    def row(self) -> dict[str, Any]:
        """The report as a table or JSON shows it."""
        counts = {name: self.counts[name] for name in ("created", "revised", "skipped", "failed")}
        return {"source": self.source, "found": self.found, **counts, "result": self.result(), "notes": self.notes}

    def facts(self) -> dict[str, Any]:
        """What is kept of it with the run."""
        facts: dict[str, Any] = {"found": self.found, **self.counts}
        kept = {"notes": self.notes, "reasons": dict(self.reasons), "entries": self.entries, "error": self.error}
        return facts | {name: value for name, value in kept.items() if value}


Step = Callable[[Report], None]


def pull_source(
    newsroom: Newsroom,
    source_id: int,
    fetcher: Fetcher,
    *,
    step: Step = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    work: str = "",
) -> Report:
    """Looks at one source now.  Failures of the source are in the report; only our own raise.

    A lease that cannot be given back, since nothing can be written, is known by its holder's name: whoever has that
    name may look at the source at once.

    `step` is called before each entry, `work` names the thread of a process where several look at sources.  Raises
    Conflict when somebody else is looking at it, NotFound when there is no such source.
    """
    name = own_name(work)
    source, attempts, run = claimed(newsroom, source_id, name)
    report = Report(source.name or open_address(source.url))
    memory, retry_after = source.memory, 0
    failed = True
    try:
        if source.memory.within != mark_of(source):
            report.counts["revised"] += narrow(newsroom, source)
        memory = replace(source.memory, within=mark_of(source))
        memory = look(newsroom, replace(source, memory=memory), fetcher, report, step, stop)
        failed = False
    except FetchError as error:
        failed = error.fault is not Fault.STOPPED
        if failed:
            report.gone = error.status == GONE
            report.error, retry_after = error.message, error.retry_after
            if report.gone:
                report.error += ": gone for good; it is asked no more"
            memory = replace(memory, error=report.error, status=error.status)
        else:
            report.cut, memory = True, replace(memory, etag="", last_modified="")
    except Unreadable as error:
        report.error = error.message
        memory = replace(memory, etag="", last_modified="", error=report.error)
    except (Unavailable, KeyboardInterrupt):  # ours: it says nothing of the source, which is due as it was
        report.cut, failed = True, False
        memory = replace(memory, etag="", last_modified="")
        raise
    finally:
        now = int(newsroom.clock.now().timestamp())
        at = now if report.cut else next_look(now, source.interval, attempts if failed else 0, retry_after)
        with newsroom.database.write() as unit:
            store.release(unit, source.id, name, at, memory, failed=failed)
            end(unit, source, run, report, now)
    return report


def end(unit: Unit, source: Source, run: int, report: Report, now: int) -> None:
    """Keeps what a look has found out about its source, and how it went."""
    if report.gone:
        store.stop(unit, source.id)
    if report.moved and (report.error or not store.move(unit, source.id, report.moved)):
        report.moved = ""
    store.end_run(unit, run, now, report.result(), report.facts())
    store.prune_runs(unit, source.id)


def claimed(newsroom: Newsroom, source_id: int, name: str) -> tuple[Source, int, int]:
    """The source with its lease taken, the failures in a row including this try, and the run begun.

    Raises NotFound when there is no such source, Conflict when another process has the lease.
    """
    now = int(newsroom.clock.now().timestamp())
    with newsroom.database.write() as unit:
        source = store.get(unit, source_id)
        if source is None:
            raise NotFound("no_source", "there is no source %(id)s", words={"id": source_id})
        holder = store.holder(unit, source_id)
        if holder and is_dead(holder):
            store.break_lease(unit, source_id)
            sweep(unit, newsroom.files, now)  # it was killed in the middle of something
        if not store.claim(unit, source_id, name, now, now + LEASE):
            words = {"source": source.name or open_address(source.url)}
            raise Conflict("source_busy", "%(source)s is being looked at already", words=words)
        standing = store.standing(unit, source_id)
        assert standing is not None, source_id
        return source, standing.attempts, store.begin_run(unit, source_id, now)


def look(
    newsroom: Newsroom, source: Source, fetcher: Fetcher, report: Report, step: Step, stop: Callable[[], bool]
) -> Memory:
    """Fetches the source and takes what is new, the oldest first; gives what to remember of the answer."""
    known = Conditions(source.memory.etag, source.memory.last_modified)
    fetched = fetcher.get(source.url, known, robots=False)
    report.unchanged = fetched.not_modified
    report.moved = fetched.moved_to
    feed = Feed() if fetched.not_modified else parsed(source, fetched)
    entries = feed.entries
    if feed.warning and not entries:
        report.notes.append(feed.warning)
    report.found = len(entries)
    ingest = Ingest(newsroom, source, fetcher, (entry.guid for entry in entries))
    try:
        for done, entry in enumerate(reversed(entries)):
            report.done = done
            step(report)
            if stop():
                report.cut = True
                break
            report.note_entry(entry, ingest.handle(entry))
            if ingest.costly >= MOST_COSTLY:
                raise TooCostly(f"{ingest.costly} of its articles cost too much to read; the others wait")
        if not report.cut and source.kind is SourceKind.LISTING and source.rules.page:
            report.note(ingest.look_again(stop))
    finally:
        ingest.close()
    if not report.cut:
        report.done = len(entries)
    step(report)
    if fetched.not_modified:
        return replace(source.memory, status=304, error="")
    if report.cut or ingest.soon:
        # Without validators the next look reads the whole answer again.
        return Memory(status=fetched.status, within=source.memory.within)
    named = fetched.conditions
    return Memory(named.etag, named.last_modified, fetched.status, "", source.memory.within)


def parsed(source: Source, fetched: Fetched) -> Feed:
    """What the source's answer lists (`answer`), read in a process of its own.  Raises Unreadable."""
    limits = sandbox.PAGE if source.kind is SourceKind.LISTING else sandbox.FEED
    links = source.rules.links
    return sandbox.run(limits, read_answer, source.kind, links, fetched.body, fetched.url, fetched.content_type)
