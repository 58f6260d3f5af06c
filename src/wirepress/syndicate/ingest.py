"""The entries of one look at a source, taken one after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Conflict, Unavailable, WirepressError
from wirepress.model.original import UpdatePolicy
from wirepress.model.page_kind import PageKind
from wirepress.model.wire import (
    Create,
    Entry,
    Intent,
    Origin,
    Remember,
    Revise,
    Rights,
    Skip,
    SkipReason,
    Source,
)
from wirepress.net.port import Conditions, Fault, Fetched, Fetcher, FetchError
from wirepress.store import arrivals, takedowns
from wirepress.store import sources as store
from wirepress.syndicate import sandbox
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.adoption.keys import unlocated_keys
from wirepress.syndicate.allowance import Allowance, Wait, is_bound
from wirepress.syndicate.article import read_article, whole_article
from wirepress.syndicate.comparing import Comparison, Text
from wirepress.syndicate.decide import (
    crowded_out,
    doubled,
    intents,
    is_as_before,
    looked_at,
    put_off,
    screen,
    turned_away,
)
from wirepress.syndicate.examined import Examined
from wirepress.syndicate.findings import Notes, of_intents, remark_of
from wirepress.syndicate.held_original import held_original
from wirepress.syndicate.identity import aside_key, key_of, name_key, names_of
from wirepress.syndicate.narrow import take_back
from wirepress.syndicate.origin_rows import foremost, is_left_out
from wirepress.syndicate.paging import whole
from wirepress.syndicate.parse.signals import HEADERS
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.sideload import Sideload
from wirepress.syndicate.take import Beside, Outcome, apply
from wirepress.syndicate.unreadable import TooCostly, Unreadable
from wirepress.syndicate.update import Stale
from wirepress.syndicate.within import heeding

AGAIN_AFTER = timedelta(hours=6)
"""A listing says nothing of changes: the pages of its articles are asked again, no oftener than this ..."""
AGAIN_FOR = timedelta(days=7)
"""... for so long after they came ..."""
AGAIN_AT_ONCE = 20
"""... and no more of them in one look."""
TRIES_AT_ONCE = 2
"""How often an entry is decided about where somebody changes its article meanwhile."""
NO_ARTICLE = {
    PageKind.CHALLENGE: "a check for robots stood in the place of the article",
    PageKind.CONSENT: "a question for consent stood in the place of the article",
    PageKind.LOGIN: "the page wants a login",
    PageKind.ERROR: "the page tells of an error",
    PageKind.SHELL: "the page is empty without its scripts",
}
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""Mistakes of ours that the markup of one article brings to light: the others are to be had all the same."""

logger = logging.getLogger("wirepress.syndicate")


class Ingest:
    """Takes the entries of one source; `guids` are the names of all that it lists now."""

    def __init__(
        self,
        newsroom: Newsroom,
        source: Source,
        fetcher: Fetcher,
        guids: Iterable[str] = (),
        *,
        allowance: Allowance | None = None,
    ) -> None:
        self.newsroom = newsroom
        self.source = source
        self.fetcher = fetcher
        self.sideload = Sideload(newsroom, fetcher)
        self.guids = frozenset(map(name_key, guids))
        self.tells_changes = reading_of(source.kind).tells_changes
        self.handled: set[int] = set()
        self.checked: list[int] = []
        self.notes = Notes(newsroom, source.id)
        self.fetched: Fetched | None = None
        """The page of the entry that is looked at."""
        self.comparison = Comparison(newsroom, source)
        self.allowance = allowance or Allowance(newsroom, source)
        self.wait: Wait | None = None
        """What the entry that was handled last has to wait for."""
        self.costly = 0
        """Entries of this look that cost too much to read."""
        self.tries = 0
        """How often in a row the entry that was handled last could not be taken, 0 for one that is done ..."""
        self.problem = ""
        """... why ..."""
        self.reason = ""
        self.tried_at = newsroom.clock.now()
        """... and when that was."""

    def handle(self, entry: Entry) -> list[Outcome]:
        """Does whatever is to be done about one entry; a failure of one is its own.

        Raises Unavailable and Conflict where the newsroom itself cannot go on, FetchError where we are to stop or a
        server asks us to wait.
        """
        self.tries, self.problem, self.reason, self.fetched, self.wait = 0, "", "", None, None
        try:
            return self.taken(entry)
        except (Unavailable, Conflict):
            raise  # of the newsroom's own making: the next entry would fare no better
        except WirepressError as error:
            self.costly += isinstance(error, TooCostly)
            problem = error.message
        except FAULTS as error:
            logger.exception("%s could not be taken", entry.link)
            problem = f"it could not be taken ({type(error).__name__})"
        known = self.known_entry(entry)
        waiting = put_off(self.source, entry, known, self.newsroom.clock.now())
        unavailable = Skip(SkipReason.UNAVAILABLE, problem)
        return self.carry_out(Examined(entry, problem=problem), [Remember(waiting), unavailable])

    def taken(self, entry: Entry) -> list[Outcome]:
        """Takes an entry, and anew where somebody else has changed the article meanwhile.  Raises Stale at last."""
        for _ in range(TRIES_AT_ONCE):
            try:
                return self.take(entry)
            except Stale:
                continue
        return self.take(entry)

    def take(self, entry: Entry) -> list[Outcome]:
        """Takes one entry, and says what became of it."""
        known = self.known_entry(entry)
        now = self.newsroom.clock.now()
        if (skip := screen(self.source, entry, known, now)) is not None:
            self.notes.skipped(entry, skip.reason, known)
            return [self.skipped(skip.reason, known)]
        if self.is_double(entry, known):
            self.notes.skipped(entry, SkipReason.DUPLICATE, known)
            return [self.skipped(SkipReason.DUPLICATE, known)]
        if self.is_taken_down(entry):  # before its page is asked for; by page and text, `take.apply` asks once more
            return self.carry_out(Examined(entry), [Remember(put_off(self.source, entry, known, now))])
        rules = self.source.rules
        if (rules.filters or rules.max_age) and (
            away := sandbox.run(sandbox.ARTICLE, turned_away, self.source, entry, known, now)
        ):
            return self.carry_out(Examined(entry), away)
        if is_bound(known) and (wait := self.allowance.reached()) is not None:
            return self.put_on_hold(wait)
        examined = self.examine(entry)
        assert examined is not None  # it was asked for without conditions
        if known is None or not known.post:
            known = self.known_by_page(examined, known)
            if known is not None and self.is_double(entry, known):
                self.notes.skipped(entry, SkipReason.DUPLICATE, known)
                return self.carry_out(examined, doubled(self.source, examined, known, now), known)
        if known is None or not known.post:
            like = self.comparison.like(examined, known)
            adopted = self.comparison.adopted(like)
            known = adopted or known
            examined = replace(examined, like=None if adopted else like)
        wanted = sandbox.run(sandbox.ARTICLE, intents, self.source, examined, known, now)
        return self.carry_out(examined, wanted, known)

    def crowd_out(self, entry: Entry, most: int) -> list[Outcome]:
        """Leaves out an entry that waits while `most` newer ones do; not one that is here by now, or that somebody
        wants."""
        known, now = self.known_entry(entry), self.newsroom.clock.now()
        if not is_bound(known):
            return []
        return self.carry_out(Examined(entry), crowded_out(self.source, entry, known, now, most))

    def put_on_hold(self, wait: Wait) -> list[Outcome]:
        """Has an entry wait, since its source may bring no more for now: its page is not asked for."""
        self.wait = wait
        return [Outcome("skipped", 0, f"{wait.reason.value}: {wait.limit}")]

    def skipped(self, reason: SkipReason, known: Origin | None) -> Outcome:
        """What becomes of an entry whose page is not looked at."""
        if known is None:
            return Outcome("skipped", 0, reason.value)
        if reason in (SkipReason.WAITING, SkipReason.GIVEN_UP):
            self.tries, self.tried_at = known.facts.tries, known.last_checked
        if reason is SkipReason.UNCHANGED:
            self.handled.add(known.post)
            if self.tells_changes:  # else that it is listed as before says nothing
                self.checked.append(known.id)
        return Outcome("skipped", known.post, reason.value)

    def is_taken_down(self, entry: Entry) -> bool:
        """Whether the address of an entry is that of something that was taken down."""
        with self.newsroom.database.read() as unit:
            return takedowns.known(unit, "url", (key_of(entry),)) is not None

    def is_double(self, entry: Entry, known: Origin | None) -> bool:
        """Whether an entry is one that this source lists twice: by another name, or handled in this look already."""
        if known is None or known.source != self.source.id or not known.post:
            return False
        known_as = name_key(known.guid)
        return known.post in self.handled or (known_as != name_key(entry.guid) and known_as in self.guids)

    def look_again(self, stop: Callable[[], bool]) -> list[Outcome]:
        """Asks again for pages of articles that came lately, where only the page itself can say that it has changed."""
        if self.source.rules.updates is UpdatePolicy.NEVER:
            return []
        now = self.newsroom.clock.now()
        since, before = int((now - AGAIN_FOR).timestamp()), int((now - AGAIN_AFTER).timestamp())
        with self.newsroom.database.read() as unit:
            waiting = arrivals.unlooked(unit, self.source.id, since, before, AGAIN_AT_ONCE)
        outcomes: list[Outcome] = []
        for origin in waiting:
            if stop():
                break
            if not origin.is_located:
                continue
            entry = Entry(guid=origin.guid, link=origin.url, title=origin.facts.title)
            examined = self.examine(entry, Conditions(origin.facts.etag, origin.facts.last_modified))
            if examined is None:
                self.checked.append(origin.id)
                continue
            if examined.problem and not examined.gone:
                self.checked.append(origin.id)  # it is there, and will be asked again in its turn
                outcomes.append(Outcome("failed", origin.post, f"{origin.url}: {examined.problem}"))
                continue
            made = sandbox.run(sandbox.ARTICLE, looked_at, self.source, examined, origin, now)
            # What the listing said of it still holds: its digest is not that of this bare entry.
            with suppress(Stale):  # it is looked at again in its turn
                outcomes += self.carry_out(examined, [_with_hash(intent, origin.facts.entry_hash) for intent in made])
        return outcomes

    def carry_out(self, examined: Examined, wanted: Sequence[Intent], known: Origin | None = None) -> list[Outcome]:
        """Has the intents applied, with the pictures that are to be had; `known` is what it may double."""
        outcomes, finding = [], of_intents(wanted, known, examined.like)
        for intent in wanted:
            beside = Beside(
                finding,
                held_original(self.source, examined.entry, self.fetched, intent),
                self._text_for(intent, examined),
                self.allowance.quota() if isinstance(intent, Create) and is_bound(known) else None,
            )
            outcome, problem = self.applied(intent, beside)
            if isinstance(intent, Skip):
                self.reason = intent.reason.value
            if isinstance(intent, Remember):
                self.tries, self.problem = intent.origin.facts.tries, examined.problem
                self.tried_at = intent.origin.last_checked
            if outcome.result == "skipped" and examined.problem:
                outcome = Outcome("failed", outcome.post, f"{examined.entry.link}: {examined.problem}")
            if isinstance(intent, Create | Revise) and (remark := remark_of(intent)):
                outcome = replace(outcome, detail=f"{outcome.detail} {remark}".strip())
            if problem:
                outcome = replace(outcome, detail=f"{examined.entry.link}: {problem}", flawed=True)
            outcomes.append(outcome)
            if outcome.post:
                self.handled.add(outcome.post)
            if outcome.result == "created":
                self.comparison.learn(examined)
        return outcomes

    def _text_for(self, intent: Intent, examined: Examined) -> Text | None:
        """The text to be kept with what an intent makes of an entry."""
        if isinstance(intent, Revise) and "content" not in intent.changed:
            return None
        return self.comparison.text_of(examined) if isinstance(intent, Create | Revise) else None

    def applied(self, intent: Intent, beside: Beside) -> tuple[Outcome, str]:
        """What became of an intent, and which of its pictures could not be had.  Raises Stale (`take.apply`), and where
        its text had to be taken back first."""
        if not isinstance(intent, Create | Revise):
            return apply(self.newsroom, intent, beside=beside), ""
        if isinstance(intent, Revise) and take_back(
            self.newsroom, intent.origin.facts.rights, self.source, intent.before
        ):
            raise Stale
        gallery = self.sideload.gallery(intent)
        try:
            return apply(self.newsroom, intent, gallery, beside), "; ".join(gallery.problems)
        finally:
            gallery.release()

    def known_entry(self, entry: Entry) -> Origin | None:
        """What is known of an entry: by its names first, then by its address, where that is its own."""
        addresses = () if entry.is_part else (entry.link,)
        unlocated = unlocated_keys(entry.link, entry.title, entry.published)
        names, named = names_of(entry), filter(None, (key_of(entry), *addresses))
        found = self.rows_of(names, *named, keys=unlocated)
        left_out = (origin for origin in found if origin.source == self.source.id and is_left_out(origin))
        still = next((origin for origin in left_out if is_as_before(self.source, entry, origin)), None)
        return still or foremost(found, self.source.id, names)

    def rows_of(self, guids: Sequence[str], *addresses: str, keys: Sequence[str] = ()) -> list[Origin]:
        """The rows that an article may be: by the source's own names for it, by its addresses or their keys, or by
        `keys` that are no addresses."""
        named = list(filter(None, addresses))
        url_keys = list(filter(None, map(url_key, named)))
        left_out = [aside_key(key, self.source.id) for key in url_keys]
        with self.newsroom.database.read() as unit:
            return store.find_origins(unit, self.source.id, guids, [*url_keys, *left_out, *named, *keys])

    def known_by_page(self, examined: Examined, known: Origin | None) -> Origin | None:
        """What is known of an article by the addresses of its page, where that is more than by its entry."""
        if examined.article is None:
            return known
        entry, page = examined.entry, examined.page
        guids = (entry.guid,) if known is None else ()
        unlocated = unlocated_keys(page.url, page.title or entry.title, page.published or entry.published)
        other = foremost(self.rows_of(guids, page.url, page.canonical, keys=unlocated), self.source.id, guids)
        if other is None or known is None:
            return other or known
        # Whoever wants it has decided later than whoever rejected it under another address.
        is_decided = other.post or (other.is_settled and not known.facts.accepted)
        return other if is_decided else known

    def examine(self, entry: Entry, conditions: Conditions | None = None) -> Examined | None:
        """The entry with its article as the page gives it, where the source's rules send us there.

        None where the page has not changed since `conditions`.  Raises FetchError when we are to stop, or to wait.
        """
        if entry.is_whole:
            return self.whole(entry)
        if not self.source.rules.page or entry.is_part:
            return Examined(entry)
        try:
            fetched = self.fetched = self.fetcher.get(entry.link, conditions)
            if fetched.not_modified:
                return None
            wanted = self.source.rights is Rights.FULL
            rules, kind = self.source.rules, fetched.content_type
            said = {name: fetched.headers[name] for name in HEADERS if name in fetched.headers}
            article = sandbox.run(
                sandbox.PAGE, read_article, fetched.body, fetched.url, kind, rules, with_body=wanted, headers=said
            )
        except FetchError as error:
            if error.fault is Fault.STOPPED or error.asks_to_wait:
                raise
            return Examined(entry, problem=error.message, gone=error.gone)
        except Unreadable as error:
            self.costly += isinstance(error, TooCostly)
            return Examined(entry, problem=error.message)
        named = fetched.conditions
        problem = ""
        if article.kind is PageKind.PAGED and heeding(self.source, article.page).rights is Rights.FULL:
            try:
                article = whole(article, self.fetcher, self.newsroom.clock, rules)
            except Unreadable as error:
                problem, article = error.message, replace(article, body="")
        if not article.kind.has_facts:
            return Examined(entry, problem=NO_ARTICLE[article.kind], kind=article.kind)
        return Examined(
            entry, article, problem, article.kind, etag=named.etag[:500], last_modified=named.last_modified[:100]
        )

    def whole(self, entry: Entry) -> Examined:
        """An entry that holds its article as a whole, made ready like that of a page as far as the rights reach."""
        if self.source.rights is not Rights.FULL:
            return Examined(entry)
        try:
            return Examined(entry, sandbox.run(sandbox.ARTICLE, whole_article, entry, self.source.rules))
        except Unreadable as error:
            self.costly += isinstance(error, TooCostly)
            return Examined(entry, problem=error.message)

    def close(self) -> None:
        """Notes which known articles were seen again unchanged, and what entries are whose pages were not asked for: no
        reader sees that, so no epoch is raised."""
        if self.checked:
            with self.newsroom.database.write() as unit:
                arrivals.checked(unit, self.checked, int(self.newsroom.clock.now().timestamp()))
            self.checked.clear()
        self.notes.keep()


def _with_hash(intent: Intent, digest: str) -> Intent:
    if isinstance(intent, Skip):
        return intent
    facts = replace(intent.origin.facts, entry_hash=digest)
    return replace(intent, origin=replace(intent.origin, facts=facts))
