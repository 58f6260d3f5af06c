"""What changes while a hub is answered: between the look for its subscription and what is written of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest

from tests.syndicate.hub import Round, subscribing
from tests.syndicate.site import Clock, Site
from wirepress.model.subscription import Subscription, SubscriptionState
from wirepress.store import subscriptions
from wirepress.syndicate.websub.keeping import new


class Interrupted(Clock):
    """A clock at whose next look something else happens: a hub's question is looked up just before that."""

    def __init__(self, moment: datetime, event: Callable[[], object]) -> None:
        super().__init__()
        self.moment = moment
        self.events = [event]

    def now(self) -> datetime:
        with suppress(IndexError):
            self.events.pop()()
        return self.moment


def all_of(hub: Round) -> list[tuple[str, str, int]]:
    with hub.site.newsroom.database.read() as unit:
        return unit.rows("SELECT token, state, lease_until FROM subscriptions ORDER BY id")


def ends_and_begins_anew(hub: Round) -> None:
    """The worker ends the subscription, and begins another one for its source."""
    known = hub.known
    with hub.site.newsroom.database.write() as unit:
        subscriptions.end(unit, known, int(hub.site.clock.moment.timestamp()))
        assert subscriptions.begin(unit, replace(known, token="t2"))


def turns(hub: Round) -> None:
    """The worker turns to another hub."""
    with hub.site.newsroom.database.write() as unit:
        assert subscriptions.turn_to(unit, hub.known, another(hub))


def another(hub: Round) -> Subscription:
    return new(hub.site.source(hub.number), "https://news.example.com/-/websub/", 0, "https://other.example/")


def interrupted(hub: Round, event: Callable[[Round], None]) -> list[list[tuple[str, str, int]]]:
    """Has something happen at the next look at the clock; what was kept after that is in the list."""
    after: list[list[tuple[str, str, int]]] = []

    def happens() -> None:
        event(hub)
        after.append(all_of(hub))

    hub.site.newsroom.clock = Interrupted(hub.site.clock.moment, happens)
    return after


def test_a_renewal_of_what_ends_meanwhile_is_not_confirmed(hub: Round) -> None:
    after = interrupted(hub, ends_and_begins_anew)
    assert hub.ask_back(hub.asked[-1]).status == 404
    assert after == [all_of(hub)]
    assert [state for _, state, _ in all_of(hub)] == ["ending", "pending"]


@pytest.mark.parametrize("mode", ["subscribe", "denied"])
def test_a_hub_says_nothing_about_what_another_one_is_asked_for_meanwhile(site: Site, mode: str) -> None:
    with subscribing(site) as made:
        after = interrupted(made, turns)
        made.ask_back(made.asked[-1], mode=mode)
        assert after == [all_of(made)]
        assert made.known.hub == "https://other.example/"
        assert made.known.state is SubscriptionState.PENDING
