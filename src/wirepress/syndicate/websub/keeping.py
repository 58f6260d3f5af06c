"""Subscriptions as they should be: begun where a feed names a hub, renewed in time, ended where they are not wanted.

The worker compares what is wanted with what there is, so whatever changes a source, an option or a setting need not
know of hubs.  A hub is asked while nothing is held open; it confirms at the callback (`callback`), whenever it likes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.subscription import Subscription, SubscriptionState
from wirepress.model.wire import Source
from wirepress.net.gate import is_public
from wirepress.net.port import Fault, FetchError, Posting
from wirepress.store import sources as source_store
from wirepress.store import subscriptions as store
from wirepress.store.sources import Standing
from wirepress.store.unit import Unit
from wirepress.syndicate.schedule import chance_of
from wirepress.syndicate.websub.callback import PATH
from wirepress.syndicate.websub.hearing import due_at
from wirepress.syndicate.websub.lease import ASKED_FOR, DAY, LEAST_PAUSE, next_try
from wirepress.url.parse import parse, plain_url

AT_ONCE: Final = 20
"""Hubs that are asked in one round."""
IN_A_WRITE: Final = 100
"""Subscriptions that are begun, or ended, in one write."""
MOST_FAREWELLS: Final = 3
"""How often a hub is told that a subscription is not wanted any more; then its lease runs out by itself."""
PRIVATE_NAMES: Final = ("localhost", "local", "internal", "lan", "home.arpa", "test", "invalid", "example", "onion")
"""The ends of names that nobody finds from outside (RFC 6761, RFC 8375 and custom)."""

logger = logging.getLogger("wirepress.websub")


def is_reachable(home: str) -> bool:
    """Whether hubs may find a site at its address, as far as that can be said without asking anybody."""
    found = plain_url(home)
    if found is None:
        return False
    host = found.host.strip("[]").rstrip(".")
    try:
        return is_public(ip_address(host))
    except ValueError:
        return "." in host and not f".{host}".endswith(tuple(f".{name}" for name in PRIVATE_NAMES))


def is_wanted(one: Standing) -> bool:
    """Whether a source is to be told of by a hub."""
    source = one.source
    return bool(source.active and not one.removed_at and source.rules.websub and source.memory.hubs)


def still_fits(known: Subscription, source: Source | None, base: str) -> bool:
    """Whether a subscription is as it should be: of a source that wants it, at a hub that its feed names."""
    if source is None or not known.callback.startswith(base):
        return False
    return known.topic == source.memory.topic and known.hub in source.memory.hubs


def new(source: Source, base: str, now: int, hub: str = "") -> Subscription:
    """A subscription that its hub is still to be asked for, under a callback that nobody can guess."""
    token = token_urlsafe(32)
    hub = hub or source.memory.hubs[0]
    return Subscription(
        0, source.id, hub, source.memory.topic, f"{base}{token}", token, token_urlsafe(32), next_at=now
    )  # fmt: skip


def changes(
    known: Collection[Subscription], sources: Iterable[Source], base: str, now: int
) -> tuple[list[Subscription], list[Subscription]]:
    """The subscriptions to end and those to begin, some of them where there are many.

    `sources` are those that want one, `base` is what callbacks begin with.
    """
    wanting = {source.id: source for source in sources}
    ending = [one for one in known if not still_fits(one, wanting.get(one.source), base)][:IN_A_WRITE]
    taken = {one.source for one in known} - {one.source for one in ending}
    beginning = [source for number, source in wanting.items() if number not in taken][:IN_A_WRITE]
    return ending, [new(source, base, now) for source in beginning]


@dataclass(frozen=True, slots=True)
class Away:
    """Why the hubs of a host are left alone, and until when it has asked for that: 0 where it cannot be reached."""

    reason: str
    until: int


@dataclass(slots=True)
class Keeping:
    """Keeps the subscriptions of a site; `on`: whether there are to be any."""

    newsroom: Newsroom
    posting: Posting
    on: bool = True
    away: dict[str, Away] = field(default_factory=dict)
    """Hosts of hubs that cannot be reached in this round, or have asked to be left alone for longer: no other
    subscription waits for them."""

    def compare(self) -> int:
        """Begins and ends what has to be, some of it where that is much; how many."""
        now = self._now()
        with self.newsroom.view() as view:
            base = f"{view.site.home}{PATH}" if self.on and is_reachable(view.site.home) else ""
            sources = [one.source for one in source_store.standings(view.unit) if base and is_wanted(one)]
            ending, beginning = changes(store.living(view.unit), sources, base, now)
        if ending or beginning:
            with self.newsroom.database.write() as unit:
                for one in ending:
                    store.end(unit, one, now)
                    self._ask_soon(unit, one, now)
                for one in beginning:
                    store.begin(unit, one)
        return len(ending) + len(beginning)

    def ask(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Asks the hubs whose time has come, some at once; how many there were."""
        begun = self._now()
        self.away = {host: away for host, away in self.away.items() if away.until > begun}
        with self.newsroom.database.read() as unit:
            due = store.due(unit, begun, AT_ONCE)
        for known in due:
            if stop():
                break
            self._step(known, self._now())
        return len(due)

    def _step(self, known: Subscription, now: int) -> None:
        is_ending = known.state is SubscriptionState.ENDING
        if is_ending and (not known.is_held(now) or known.tries >= MOST_FAREWELLS):
            with self.newsroom.database.write() as unit:
                store.remove(unit, known)
        elif known.lease_until and not known.is_held(now):
            self._lapse(known, now)
        else:
            self._send(known if is_ending or known.is_held(now) else self._turned(known, now), now)

    def _lapse(self, known: Subscription, now: int) -> None:
        """Notes that a hub has forgotten a subscription: its source is asked as before, and the hub once more."""
        logger.info("the subscription to %s at %s has run out", known.topic, known.hub)
        with self.newsroom.database.write() as unit:
            if store.lose(unit, known, SubscriptionState.PENDING, known.reason, now + LEAST_PAUSE):
                store.deliver(unit, known, now, due_at(known, now))

    def _turned(self, known: Subscription, now: int) -> Subscription:
        """The subscription, turned to the next one of several hubs where one has not confirmed it."""
        if not known.tries and known.state is not SubscriptionState.DENIED:
            return known
        with self.newsroom.database.write() as unit:
            source = source_store.get(unit, known.source)
            hubs = source.memory.hubs if source else ()
            if source is None or len(hubs) < 2 or known.hub not in hubs:
                return known
            hub = hubs[(hubs.index(known.hub) + 1) % len(hubs)]
            made = new(source, known.callback.removesuffix(known.token), now, hub)
            if not store.turn_to(unit, known, made):
                return known
        return replace(known, hub=hub, topic=made.topic, callback=made.callback, token=made.token, secret=made.secret)

    def _send(self, known: Subscription, now: int) -> None:
        """Asks a hub.  It may confirm before it has answered, so what was asked is written down before."""
        chance = chance_of(known.id, now)
        with self.newsroom.database.write() as unit:
            if not store.claim(unit, known, next_try(now, known.tries + 1, chance)):
                return
        found = parse(known.hub)
        host = found.authority if found else ""
        away = self.away.get(host)
        if away is None:
            try:
                self.posting.post(known.hub, form_of(known))
            except FetchError as error:
                self._failed(known, host, error, chance)
        elif away.until:
            self._give_back(known, away.reason, next_try(now, known.tries, chance, away.until - now))
        else:
            self._note(known, away.reason, next_try(now, known.tries + 1, chance))

    def _failed(self, known: Subscription, host: str, error: FetchError, chance: float) -> None:
        """Notes why a hub could not be asked, and that its host is away, where it is."""
        if error.fault is Fault.STOPPED:  # which says nothing about the hub
            self._give_back(known, known.reason, known.next_at)
            return
        now = self._now()
        if error.asks_to_wait:
            self.away[host] = Away(error.message, now + min(error.retry_after, DAY))
        elif error.fault in (Fault.CONNECT, Fault.DNS, Fault.TIME):
            self.away[host] = Away(error.message, 0)
        self._note(known, error.message, next_try(now, known.tries + 1, chance, error.retry_after))

    def _note(self, known: Subscription, problem: str, next_at: int) -> None:
        logger.info("the hub %s was not asked for %s: %s", known.hub, known.topic, problem)
        with self.newsroom.database.write() as unit:
            store.failed(unit, known, problem, next_at)

    def _give_back(self, known: Subscription, reason: str, next_at: int) -> None:
        """Has a hub asked later that was not asked at all: that is no failure of its."""
        with self.newsroom.database.write() as unit:
            store.unasked(unit, known, reason, next_at)

    def _ask_soon(self, unit: Unit, known: Subscription, now: int) -> None:
        """Has a source asked that was asked rarely, since its hub told of its news."""
        standing = source_store.standing(unit, known.source) if known.is_trusted(now) else None
        if standing is not None and standing.source.active and not standing.attempts:
            source_store.due_now(unit, known.source)

    def _now(self) -> int:
        return int(self.newsroom.clock.now().timestamp())


def form_of(known: Subscription) -> Mapping[str, str]:
    """What a hub is asked (WebSub, section 5.1); `hub.verify` is for hubs of before WebSub, others pass it over."""
    form = {"hub.mode": "subscribe", "hub.topic": known.topic, "hub.callback": known.callback, "hub.verify": "async"}
    if known.state is SubscriptionState.ENDING:
        return form | {"hub.mode": "unsubscribe"}
    return form | {"hub.secret": known.secret, "hub.lease_seconds": str(ASKED_FOR)}
