"""One look at a source: fetch, parse, decide, take.

Nothing is held open over the network: what is known is read before, what is decided is written after, each article in
a write of its own, so a kill at any moment loses nothing that was taken and doubles nothing on the next look.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from wirepress.content import media
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.query import PostQuery
from wirepress.model.wire import (
    Create,
    Entry,
    Feed,
    Medium,
    Memory,
    Origin,
    Revise,
    Rights,
    SkipReason,
    Source,
    SourceKind,
)
from wirepress.net.port import Conditions, Fetched, Fetcher, FetchError
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.article import read_article
from wirepress.syndicate.decide import Candidate, intents, screen
from wirepress.syndicate.lease import is_dead, own_name
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.listing import read_listing
from wirepress.syndicate.parse.text import Unreadable, page_text, plain
from wirepress.syndicate.same import Neighbours, fingerprint
from wirepress.syndicate.schedule import LEASE, next_look
from wirepress.syndicate.take import Outcome, Picture, apply

PICTURE_BYTES = 20_000_000
NEIGHBOURS = 300
"""How many of the newest posts a new article is compared with."""

Step = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """How a look went."""

    source: str
    found: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    error: str = ""
    notes: list[str] = field(default_factory=list)
    unchanged: bool = False

    def note(self, outcome: Outcome) -> None:
        self.counts[outcome.result] += 1
        if outcome.detail and outcome.result == "failed":
            self.notes.append(outcome.detail)

    def result(self) -> str:
        """One line for a person."""
        if self.error:
            return self.error
        if self.unchanged:
            return "nothing new (not modified)"
        words = [f"{self.counts[name]} {name}" for name in ("created", "revised", "failed") if self.counts[name]]
        return ", ".join(words) or "nothing new"

    def row(self) -> dict[str, Any]:
        counts = {name: self.counts[name] for name in ("created", "revised", "skipped", "failed")}
        return {"source": self.source, "found": self.found, **counts, "result": self.result(), "notes": self.notes}


def pull_source(
    newsroom: Newsroom,
    source_id: int,
    fetcher: Fetcher,
    *,
    step: Step | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Looks at one source now.  Failures of the source are in the report; only our own raise.

    Raises Conflict when another process is looking at it, NotFound when there is no such source.
    """
    name = own_name()
    source, attempts, run = claimed(newsroom, source_id, name)
    report = Report(source.name or source.url)
    memory, retry_after = source.memory, 0
    failed = True
    try:
        memory = look(newsroom, source, fetcher, report, step or (lambda _done, _total: None), stop)
        failed = False
    except FetchError as error:
        report.error, retry_after = error.message, error.retry_after
        memory = replace(source.memory, error=error.message, status=error.status)
    except Unreadable as error:
        report.error = str(error)
        memory = replace(source.memory, etag="", last_modified="", error=report.error)
    finally:
        now = int(time.time())
        failures = attempts if failed else 0
        at = next_look(now, source.interval, failures, retry_after)
        with newsroom.database.write() as unit:
            store.release(unit, source.id, name, at, memory, failed=failed)
            store.end_run(unit, run, now, report.result(), {"found": report.found, **report.counts})
            store.prune_runs(unit, source.id)
    return report


def claimed(newsroom: Newsroom, source_id: int, name: str) -> tuple[Source, int, int]:
    """The source with its lease taken, the failures in a row including this try, and the run begun."""
    now = int(time.time())
    with newsroom.database.write() as unit:
        source = store.get(unit, source_id)
        if source is None:
            raise NotFound("no_source", f"there is no source {source_id}")
        holder = store.holder(unit, source_id)
        if holder and is_dead(holder):
            store.break_lease(unit, source_id)
        if not store.claim(unit, source_id, name, now, now + LEASE):
            raise Conflict("source_busy", f"{source.name or source.url} is being looked at by another process")
        attempts = next(s.attempts for s in store.standings(unit) if s.source.id == source_id)
        return source, attempts, store.begin_run(unit, source_id, now)


def look(
    newsroom: Newsroom, source: Source, fetcher: Fetcher, report: Report, step: Step, stop: Callable[[], bool]
) -> Memory:
    """Fetches the source and takes what is new, the oldest first; gives what to remember of the answer."""
    known = Conditions(source.memory.etag, source.memory.last_modified)
    fetched = fetcher.get(source.url, known, robots=False)
    if fetched.not_modified:
        report.unchanged = True
        return replace(source.memory, status=304, error="")
    feed = parsed(source, fetched)
    report.found = len(feed.entries)
    desk = Desk(newsroom, source, fetcher)
    for done, entry in enumerate(reversed(feed.entries)):
        if stop():
            # Cut short: without validators the next look reads the whole answer again.
            return Memory(status=fetched.status)
        step(done, len(feed.entries))
        for outcome in desk.handle(entry):
            report.note(outcome)
    desk.close()
    step(len(feed.entries), len(feed.entries))
    if report.counts["failed"]:
        return Memory(status=fetched.status)
    said = fetched.conditions
    return Memory(said.etag, said.last_modified, fetched.status, "")


def parsed(source: Source, fetched: Fetched) -> Feed:
    """What the source's answer lists."""
    if source.kind is SourceKind.LISTING:
        feed = read_listing(page_text(fetched.body, fetched.content_type), fetched.url, source.rules.links)
        if not feed.entries:
            raise Unreadable(f"no link matches {source.rules.links!r}")
        return feed
    return read_feed(fetched.body, fetched.url, fetched.content_type)


class Desk:
    """Where the entries of one look are handled one after the other."""

    def __init__(self, newsroom: Newsroom, source: Source, fetcher: Fetcher) -> None:
        self.newsroom = newsroom
        self.source = source
        self.fetcher = fetcher
        self.checked: list[int] = []
        self.neighbours: Neighbours | None = None

    def handle(self, entry: Entry) -> list[Outcome]:
        """Whatever is to be done about one entry; a failure of one is its own."""
        known = self.known(entry.guid, entry.link)
        if (skip := screen(self.source, entry, known)) is not None:
            if known is not None and skip.reason is SkipReason.UNCHANGED:
                self.checked.append(known.id)
            return [Outcome("skipped", known.post if known else 0, skip.reason.value)]
        candidate = self.candidate(entry)
        page = candidate.article.page if candidate.article else None
        if known is None and page is not None:
            known = self.known(entry.guid, page.url, page.canonical)
        if known is None:
            candidate = replace(candidate, near=self.near(candidate))
        outcomes = []
        for intent in intents(self.source, candidate, known, self.newsroom.clock.now()):
            picture, problem = None, ""
            if isinstance(intent, Create | Revise) and intent.dispatch.picture is not None:
                picture, problem = self.picture(intent.dispatch.picture)
            outcome = apply(self.newsroom, intent, picture)
            if outcome.result == "skipped" and candidate.problem:
                outcome = Outcome("failed", outcome.post, f"{entry.link}: {candidate.problem}")
            outcomes.append(replace(outcome, detail=problem) if problem else outcome)
            if outcome.result == "created":
                self.learn(outcome.post, candidate)
        return outcomes

    def known(self, guid: str, *addresses: str) -> Origin | None:
        """What is known of an article: by the source's own name for it first, then by its addresses."""
        keys = [url_key(address) for address in addresses if address]
        with self.newsroom.database.read() as unit:
            found = store.find_origins(unit, self.source.id, [guid], [*keys, *(a for a in addresses if a)])
        own = [o for o in found if o.source == self.source.id and o.guid == guid]
        return next(iter(own or found), None)

    def candidate(self, entry: Entry) -> Candidate:
        """The entry with its article as the page gives it, where the source's rules send us there."""
        if not self.source.rules.page:
            return Candidate(entry)
        try:
            fetched = self.fetcher.get(entry.link)
            wanted = self.source.rights is Rights.FULL
            article = read_article(
                fetched.body, fetched.url, fetched.content_type, self.source.rules, with_body=wanted
            )
        except FetchError as error:
            return Candidate(entry, problem=error.message, gone=error.gone)
        except Unreadable as error:
            return Candidate(entry, problem=str(error))
        return Candidate(entry, article)

    def near(self, candidate: Candidate) -> int:
        """The post that has nearly the same text, 0 for none."""
        found = fingerprint(plain(candidate.article.body)) if candidate.article else None
        if found is None:
            return 0
        if self.neighbours is None:
            self.neighbours = Neighbours(self.recent())
        nearest = self.neighbours.nearest(found)
        return nearest[0] if nearest else 0

    def recent(self) -> list[tuple[int, Any]]:
        with self.newsroom.database.read() as unit:
            ids = post_store.find(unit, PostQuery(per_page=NEIGHBOURS, with_total=False)).ids
            texts = [(post.id, fingerprint(plain(post.content))) for post in post_store.load(unit, ids).values()]
        return [(post, found) for post, found in texts if found is not None]

    def learn(self, post: int, candidate: Candidate) -> None:
        """Remembers a new article among the neighbours of the next."""
        if self.neighbours is not None and candidate.article is not None:
            found = fingerprint(plain(candidate.article.body))
            if found is not None:
                self.neighbours.add(post, found)

    def picture(self, medium: Medium) -> tuple[Picture | None, str]:
        """The lead picture, fetched, checked and sized; why not, where it cannot be had.  The article goes on."""
        try:
            fetched = self.fetcher.get(medium.url, body_bytes=PICTURE_BYTES)
            with self.newsroom.view() as view:
                site = view.site
            name = unquote(urlsplit(fetched.url).path.rpartition("/")[2]) or "picture"
            return Picture(media.prepare(site, fetched.body, name), medium.alt, medium.caption), ""
        except FetchError as error:
            return None, f"picture left out: {error.message}"
        except Invalid as error:
            return None, f"picture left out: {error.message}"

    def close(self) -> None:
        """Notes which known articles were seen again unchanged: no reader sees that, so no epoch is raised."""
        if self.checked:
            with self.newsroom.database.write() as unit:
                store.checked(unit, self.checked, int(time.time()))
