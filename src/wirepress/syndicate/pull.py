"""One look at a source, with all around it: its lease, what goes wrong, when it is looked at next.

Nothing is held open over the network: what is known is read before, what is decided is written after, each article in
a write of its own, so a kill at any moment loses nothing that was taken and doubles nothing on the next look.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wirepress.content.newsroom import Newsroom
from wirepress.model.characters import whole
from wirepress.model.errors import Conflict, NotFound, Unavailable, WirepressError
from wirepress.model.wire import Memory, Source
from wirepress.net.port import Fault, Fetcher, FetchError
from wirepress.store import backlog, leases, runs, subscriptions
from wirepress.store import sources as store
from wirepress.store.sweep import sweep
from wirepress.store.unit import Unit
from wirepress.syndicate.budget import WHOLE, Budget, Metered
from wirepress.syndicate.lease import is_dead, own_name
from wirepress.syndicate.look import Beat, Look, Step, Stop
from wirepress.syndicate.narrow import mark_of, narrow
from wirepress.syndicate.report import Report
from wirepress.syndicate.schedule import LEASE, chance_of, next_look
from wirepress.syndicate.sources import name_of
from wirepress.syndicate.unreadable import Unreadable
from wirepress.syndicate.websub.hearing import Hearing, is_told, is_waiting

LONGEST_FAULT = 300
"""Characters that are kept of a fault."""
GONE = 410
"""The status of what is gone and will not come back (RFC 9110, section 15.5.11)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A source that is looked at under a name."""

    source: Source
    name: str
    run: int
    failures: int
    """Those in a row before this look."""
    ask: bool
    """Whether the source is asked, or only gone on with."""
    hearing: Hearing


def pull_source(
    newsroom: Newsroom,
    source_id: int,
    fetcher: Fetcher,
    *,
    step: Step = lambda _: None,
    stop: Stop = lambda: False,
    work: str = "",
    budget: Budget = WHOLE,
    scheduled: bool = False,
) -> Report:
    """Looks at one source now.  Failures of the source are in the report; only our own raise.  A fault of ours counts
    as a failure of the look as well: the source waits, and longer each time, before it is looked at again.

    A lease that cannot be given back, since nothing can be written, is known by its holder's name: whoever has that
    name may look at the source at once.

    `step` is called before each entry, `work` names the thread of a process where several look at sources.  A look
    that is `scheduled` asks the source when it is time, and goes on with what is left of it otherwise.  Raises Conflict
    when somebody else is looking at it, NotFound when there is no such source.
    """
    claim = claimed(newsroom, source_id, own_name(work), scheduled=scheduled)
    source, ask = claim.source, claim.ask
    report = Report(name_of(source))
    metered = Metered(fetcher, newsroom.clock, budget)
    memory, failures = source.memory, claim.failures
    try:
        beat = Beat(newsroom, source.id, claim.name)
        if source.memory.within != mark_of(source):
            report.counts["revised"] += narrow(newsroom, source, beat)
        memory = replace(source.memory, within=mark_of(source))
        source = replace(source, memory=memory)
        memory = Look(newsroom, source, metered, report, beat, step, stop, claim.hearing).run(ask=ask)
        failures = 0 if ask else failures
    except FetchError as error:
        memory, failures = failed(newsroom, claim, replace(memory, slow=metered.late), report, error)
    except Unreadable as error:
        report.error, failures = error.message, failures + 1
        ask_at = later(newsroom, source, failures)
        memory = replace(memory, etag="", last_modified="", error=report.error, ask_at=ask_at)
    except (Unavailable, Conflict, KeyboardInterrupt):  # ours: it says nothing of the source, which is due as it was
        report.cut = True
        memory = replace(memory, etag="", last_modified="", ask_at=0)
        raise
    except Exception as error:
        memory, failures = faulty(newsroom, claim, memory, report, error)
        raise
    finally:
        report.pages, report.size = metered.pages, metered.size
        keep(newsroom, claim, memory, report, failures)
    return report


def keep(newsroom: Newsroom, claim: Claim, memory: Memory, report: Report, failures: int) -> None:
    """Ends a look in a write of its own.  What it found may be what cannot be kept: then only that is raised and kept,
    and the lease is given back all the same."""
    now = int(newsroom.clock.now().timestamp())
    try:
        with newsroom.database.write() as unit:
            end(unit, claim, memory, report, now, failures)
    except (Unavailable, Conflict):
        raise
    except Exception as error:
        found_nothing = Report(report.source)
        memory, failures = faulty(newsroom, claim, claim.source.memory, found_nothing, error)
        with newsroom.database.write() as unit:
            end(unit, claim, memory, found_nothing, now, failures)
        raise


def faulty(
    newsroom: Newsroom, claim: Claim, memory: Memory, report: Report, error: Exception
) -> tuple[Memory, int]:  # fmt: skip
    """What to remember of a source whose look ended in a fault of ours, and its failures in a row."""
    if isinstance(error, WirepressError):
        line = error.message
    else:
        line = f"a fault of this program, not of the source: {type(error).__name__}: {error}"
    report.error = whole(" ".join(line.split()))[:LONGEST_FAULT]
    failures = claim.failures + 1
    ask_at = later(newsroom, claim.source, failures)
    return replace(memory, etag="", last_modified="", error=report.error, ask_at=ask_at), failures


def failed(
    newsroom: Newsroom, claim: Claim, memory: Memory, report: Report, error: FetchError
) -> tuple[Memory, int]:  # fmt: skip
    """What to remember of a source that could not be asked, or where we were to stop, and its failures in a row."""
    if error.fault is Fault.STOPPED:
        report.cut = True
        return replace(memory, etag="", last_modified="", ask_at=0), claim.failures
    report.gone = error.status == GONE
    report.error = error.message
    if report.gone:
        report.error += ": gone for good; it is asked no more"
    failures = claim.failures + 1
    ask_at = later(newsroom, claim.source, failures, error.retry_after)
    return replace(memory, error=report.error, status=error.status, moving="", ask_at=ask_at), failures


def later(newsroom: Newsroom, source: Source, failures: int, retry_after: int = 0) -> int:
    """When to ask a source again that has failed."""
    now = int(newsroom.clock.now().timestamp())
    return next_look(now, source.interval, failures, retry_after, chance_of(source.id, now))


def end(unit: Unit, claim: Claim, memory: Memory, report: Report, now: int, failures: int) -> None:
    """Gives the lease back, and keeps what a look has found out about its source and how it went."""
    source = claim.source
    left = backlog.next_at(unit, source.id)
    report.left = backlog.counts(unit, source.id).get(source.id, {}).get("left", 0)
    at = now if report.cut else memory.ask_at
    if left is not None:
        at = min(at, max(left, now))
    waits = claim.hearing.waits_until(unit, source, now)
    if waits is not None and not failures:
        at = min(at, waits)
    if leases.release(unit, source.id, claim.name, at, memory, failures):
        claim.hearing.end(unit, source, now, answered=claim.ask and not (report.error or report.cut))
        if report.gone:
            store.stop(unit, source.id)
        if report.moved and (report.error or not store.move(unit, source.id, report.moved)):
            report.moved = ""
    runs.end_run(unit, claim.run, now, report.result(), report.facts())
    runs.prune_runs(unit, source.id)


def claimed(newsroom: Newsroom, source_id: int, name: str, *, scheduled: bool) -> Claim:
    """The source with its lease taken, and the run begun; it takes what the source's hub has delivered.

    Raises NotFound when there is no such source, Conflict when another process has the lease.
    """
    now = int(newsroom.clock.now().timestamp())
    with newsroom.database.write() as unit:
        standing = store.standing(unit, source_id)
        if standing is None:
            raise NotFound("no_source", "there is no source %(id)s", words={"id": source_id})
        source = standing.source
        holder = leases.holder(unit, source_id)
        if holder and is_dead(holder):
            leases.break_lease(unit, source_id)
            sweep(unit, newsroom.files, now)  # it was killed in the middle of something
        if not leases.claim(unit, source_id, name, now, now + LEASE):
            words = {"source": name_of(source)}
            raise Conflict("source_busy", "%(source)s is being looked at already", words=words)
        subscription = subscriptions.of_source(unit, source_id)
        is_failing = bool(standing.attempts and source.memory.error)
        ask = not scheduled or now >= source.memory.ask_at or (is_told(subscription, now) and not is_failing)
        hearing = Hearing(subscription, ask and is_waiting(subscription))
        if hearing.delivered:
            subscriptions.take_delivery(unit, source_id, now)
        run = runs.begin_run(unit, source_id, now)
        return Claim(source, name, run, standing.attempts, ask, hearing)
