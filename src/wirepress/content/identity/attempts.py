"""Wrong passwords and codes, counted in the store: for all processes of a site together, across restarts.

A guess is counted before it is verified, in a short write, and a right one is given back; so any number of guesses at
the same moment finds no more than is allowed.  What is refused is neither verified nor written.

- For an account from one network: 5, then pauses that grow to an hour.  For an account in all: 150 a day.  So nobody
  learns of more than 300 passwords whether they are an account's, in any 24 hours and from however many networks.
- From one network, whatever the account: 30 an hour.  Everywhere: from 300 in ten minutes on one in two seconds.
- A device that is known (`devices`) has a count of its own and none of these, so no stranger can lock its owner out.

While the store takes nothing (a full disk), each process goes on counting in its memory, under the same bounds and from
what the store has.

Names of nobody share a fixed number of tallies, and networks get new ones while there is room, so no flood of them
makes the table grow or drives out what is counted for an account.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from wirepress.content import beforehand
from wirepress.content.identity.nonces import signed
from wirepress.content.identity.remembered import Remembered
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import CannotWrite, TooMany
from wirepress.model.user import User
from wirepress.store import attempts as store
from wirepress.store.attempts import Tally
from wirepress.store.unit import Unit

T = TypeVar("T")
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Bound:
    """`most` in a window of seconds, which begins with the first.  Then none until its end; or, where there are
    `pauses`, one after each of them, the last again and again."""

    most: int
    window: int
    pauses: tuple[int, ...] = ()

    def wait(self, tally: Tally | None, now: int) -> int:
        """Seconds until another one is taken; 0: it is."""
        if tally is None or not self.holds(tally, now) or tally.number < self.most:
            return 0
        over = tally.since + self.window - now
        if not self.pauses:
            return over
        pause = self.pauses[min(tally.number - self.most, len(self.pauses) - 1)]
        return min(over, max(0, tally.last + pause - now))

    def holds(self, tally: Tally, now: int) -> bool:
        """Whether the window of a tally is still open."""
        return 0 <= now - tally.since < self.window


FROM_A_NETWORK = Bound(5, DAY, (60, 300, 900, 3600))
OF_AN_ACCOUNT = Bound(150, DAY)
OF_A_NETWORK = Bound(30, 3600)
OF_THE_SITE = Bound(300, 600, (2,))
OF_A_DEVICE = FROM_A_NETWORK
CODES = Bound(5, DAY, (300, 900, 3600))
"""Codes of a second factor, and what else is asked of who is known already.  There are a million codes only."""
MAILS = Bound(20, 300)
CONFIRMATIONS = Bound(5, DAY)
"""Mails to one address that ask it to confirm a request for its personal data."""
PINGBACKS = Bound(30, 3600)
"""Pages of other sites that a network may have us look at."""
COMMENTS = Bound(20, 3600)
"""Comments from one network, or of one user."""
OF_READERS = Bound(600, 600, (1,))
"""Comments of all that are no users: a wave of them ends here, wherever it comes from."""
CAUGHT = Bound(100, 3600)
"""Comments of all that have fallen into a trap: what is kept of a wave can still be looked through."""
NAMES, PAIRS = 1024, 4096
"""How many tallies the names of nobody share, and these with networks."""
NETWORKS = 8192
"""How many tallies there are at most that are no account's; networks get none beyond."""
FULL = 60
"""Seconds until a guess is looked at again that there is no memory to count."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Something that is counted.  `cleared`: a right one makes the wrong ones before it forgotten."""

    key: str
    bound: Bound
    user: int = 0
    cleared: bool = False
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """Under what a guess is counted, and behind whom it waits."""

    counters: tuple[Counter, ...]
    lane: beforehand.Lane = "strangers"

    @property
    def keys(self) -> list[str]:
        """The keys of its counters."""
        return [counter.key for counter in self.counters]


class Refused(TooMany):
    """A guess that is not looked at.  `lasting`: for longer than a pause, wherever it comes from."""

    def __init__(self, wait: int, *, lasting: bool) -> None:
        super().__init__("too_many_failed_logins", f"Too many wrong passwords; try again in {wait} seconds.", wait)
        self.lasting = lasting


class Attempts:
    """Counts the guesses at a newsroom's passwords.  Safe to be asked by many threads."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.remembered = Remembered()

    def tried(
        self,
        view: View,
        guess: Guess,
        key: Hashable,
        verify: Callable[[], T],
        right: Callable[[Unit, T], None] | None = None,
    ) -> T:
        """What `verify` says of a guess, something false for a wrong one.  Raises Refused where it is one too many.

        It is a costly piece of work (`beforehand`); `key` names it.  `right` is done with a right one.
        """
        if not beforehand.is_done(key):
            check(view, guess, self.remembered)
        return beforehand.done(key, lambda: self._counted(guess, verify, right), guess.lane)

    def take(self, guess: Guess) -> None:
        """Counts something that nobody verifies.  Raises Refused where it is one too many."""
        try:
            with self.newsroom.database.write() as unit:
                count(unit, guess, self._now(), self.remembered)
        except CannotWrite:
            self._remember(guess)
        else:
            self.remembered.drop(guess.keys)

    def forgive(self, guess: Guess) -> None:
        """Uncounts a guess that was right."""
        self._give_back(guess, lambda _: None)

    def _give_back(self, guess: Guess, then: Callable[[Unit], None]) -> None:
        try:
            with self.newsroom.database.write() as unit:
                give_back(unit, guess)
                then(unit)
        except CannotWrite:
            found = self._stored(guess)
            with self.remembered.alone():
                found = self.remembered.over(found, guess.keys)
                self.remembered.put(_one_less(counter, found.get(counter.key)) for counter in guess.counters)

    def _remember(self, guess: Guess) -> None:
        """Counts a guess in memory."""
        now, found = self._now(), self._stored(guess)
        with self.remembered.alone():
            found = self.remembered.over(found, guess.keys)
            if (refusal := _refused(guess, found, now)) is not None:
                raise refusal
            if not self.remembered.has_room(guess.keys, now - DAY):
                raise Refused(FULL, lasting=False)
            self.remembered.put(_one_more(counter, found.get(counter.key), now) for counter in guess.counters)

    def _stored(self, guess: Guess) -> dict[str, Tally]:
        with self.newsroom.database.read() as unit:
            return store.read(unit, guess.keys)

    def _counted(self, guess: Guess, verify: Callable[[], T], right: Callable[[Unit, T], None] | None) -> T:
        self.take(guess)
        result = verify()
        if result:
            self._give_back(guess, lambda unit: right(unit, result) if right is not None else None)
        return result

    def _now(self) -> int:
        return int(self.newsroom.clock.now().timestamp())


# ---- what is counted


def at_login(view: View, user: User | None, login: str, remote: str, device: str = "") -> Guess:
    """A guess at an account's password, or at an application password; `user` None: at the name of nobody.

    `device` is the account's known one that it comes from.
    """
    if user is not None and device:
        own = Counter(_key(view, "device", user.id, device), OF_A_DEVICE, user.id, cleared=True)
        return Guess((own,), "devices")
    network = network_of(remote)
    if user is not None:
        account = Counter(_key(view, "account", user.id), OF_AN_ACCOUNT, user.id)
        pair = Counter(_key(view, "pair", user.id, network), FROM_A_NETWORK, user.id, cleared=True)
    else:
        name = login.strip().lower()
        account = Counter(f"name {_slot(view, NAMES, name)}", OF_AN_ACCOUNT)
        pair = Counter(f"pair {_slot(view, PAIRS, name, network)}", FROM_A_NETWORK, cleared=True)
    of_network = Counter(_key(view, "network", network), OF_A_NETWORK, spare=True)
    return Guess((account, pair, of_network, Counter("site", OF_THE_SITE)))


def at_code(view: View, user_id: int, place: str = "") -> Guess:
    """A guess at a code, or at what else proves that a user who is known already is who they were.

    `place` is the known device or the login that it comes from: who has found out the password keeps nobody waiting
    there.
    """
    return Guess((Counter(_key(view, "code", user_id, place), CODES, user_id, cleared=True),), "users")


def of_mail(view: View, user: User | None, login: str, remote: str) -> Guess:
    """A mail that a stranger asks for."""
    name = login.strip().lower()
    key = _key(view, "mail", user.id) if user is not None else f"mail {_slot(view, NAMES, name)}"
    network = Counter(_key(view, "mail network", network_of(remote)), MAILS, spare=True)
    return Guess((Counter(key, MAILS, user.id if user is not None else 0), network))


def of_confirmation(view: View, address: str) -> Guess:
    """A mail that has an address confirm what somebody asks for it."""
    return Guess((Counter(_key(view, "confirmation", address.lower()), CONFIRMATIONS),))


def of_link(view: View, remote: str) -> Guess:
    """A guess at a link that was mailed to somebody."""
    return Guess((Counter(_key(view, "link network", network_of(remote)), OF_A_NETWORK, spare=True),))


def of_pingback(view: View, remote: str) -> Guess:
    """A page of another site that a stranger has us look at."""
    return Guess((Counter(_key(view, "pingback network", network_of(remote)), PINGBACKS, spare=True),))


def of_comment(view: View, user: int, remote: str, *, caught: bool) -> Guess:
    """A comment from a form, of a user or of a reader, which may have been `caught` in a trap."""
    if user:
        return Guess((Counter(_key(view, "comments", user), COMMENTS, user),))
    network = Counter(_key(view, "comments network", network_of(remote)), COMMENTS, spare=True)
    return Guess((network, Counter("comments caught", CAUGHT) if caught else Counter("comments", OF_READERS)))


def network_of(ip: str) -> str:
    """The network of an address: whoever has one of its addresses may have others (/24 of IPv4, /64 of IPv6)."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    length = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{type(address)(int(address))}/{length}", strict=False))


def _key(view: View, *words: object) -> str:
    """Nobody can read an address or a login in it."""
    return signed(view, "attempts", *words)[:32]


def _slot(view: View, slots: int, *words: object) -> int:
    return int(signed(view, "attempts of nobody", *words)[:12], 16) % slots


# ---- counting


def waiting(view: View, guess: Guess) -> int:
    """Seconds until such a guess is looked at; 0: it is."""
    refusal = _refused(guess, store.read(view.unit, guess.keys), _now(view))
    return refusal.wait if refusal is not None else 0


def check(view: View, guess: Guess, remembered: Remembered) -> None:
    """Raises Refused for a guess that is one too many; counts nothing."""
    found = remembered.over(store.read(view.unit, guess.keys), guess.keys)
    refusal = _refused(guess, found, _now(view))
    if refusal is not None:
        raise refusal


def take(view: View, guess: Guess) -> None:
    """Counts something that nobody verifies, in a view that writes.  Raises Refused where it is one too many."""
    count(view.unit, guess, _now(view))


def count(unit: Unit, guess: Guess, now: int, remembered: Remembered | None = None) -> None:
    """Counts a guess, in a unit that writes.  Raises Refused where it is one too many, and counts nothing then.

    What is `remembered` of its keys is taken over into the store.
    """
    found = store.read(unit, guess.keys)
    if remembered is not None:
        found = remembered.over(found, guess.keys)
    if (refusal := _refused(guess, found, now)) is not None:
        raise refusal
    counters = guess.counters
    if any(counter.spare and counter.key not in found for counter in counters) and store.of_nobody(unit) >= NETWORKS:
        counters = tuple(counter for counter in counters if not counter.spare or counter.key in found)
    store.prune(unit, now - DAY)
    store.put(unit, [_one_more(counter, found.get(counter.key), now) for counter in counters])


def give_back(unit: Unit, guess: Guess) -> None:
    """Uncounts a guess that was right."""
    store.remove(unit, [counter.key for counter in guess.counters if counter.cleared])
    if kept := [counter.key for counter in guess.counters if not counter.cleared]:
        store.give_back(unit, kept)


def unlock(view: View, user_id: int) -> int:
    """Forgets all that was counted for an account; how many tallies there were."""
    return store.remove_user(view.unit, user_id)


def _refused(guess: Guess, found: dict[str, Tally], now: int) -> Refused | None:
    waits = {counter.key: counter.bound.wait(found.get(counter.key), now) for counter in guess.counters}
    if not any(waits.values()):
        return None
    lasting = any(waits[counter.key] for counter in guess.counters if counter.bound is OF_AN_ACCOUNT)
    return Refused(max(waits.values()), lasting=lasting)


def _one_more(counter: Counter, tally: Tally | None, now: int) -> Tally:
    if tally is None or not counter.bound.holds(tally, now):
        return Tally(counter.key, counter.user, 1, now, now)
    return tally._replace(number=tally.number + 1, last=now)


def _one_less(counter: Counter, tally: Tally | None) -> Tally:
    if tally is None or counter.cleared:
        return Tally(counter.key, counter.user, 0, 0, 0)
    return tally._replace(number=max(0, tally.number - 1))


def _now(view: View) -> int:
    return int(view.now().timestamp())
