"""What looks at a source show of its hub."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wirepress.model.subscription import Subscription, SubscriptionState
from wirepress.model.wire import Tempo
from wirepress.syndicate.schedule import HOUR, LONGEST, STRETCH, pause_of
from wirepress.syndicate.websub.trust import CONFIRMED, GRACE, Looked, judged, may_wait

ACTIVE, DISTRUSTED = SubscriptionState.ACTIVE, SubscriptionState.DISTRUSTED
NOW = 1_000_000
HELD = Subscription(
    1, 1, "https://hub.example/", "t", "c", "k", "s", ACTIVE, active_since=NOW - 9 * HOUR, lease_until=NOW + 99 * HOUR
)
POLL = Looked(NOW, NOW - HOUR, delivered=False, has_news=True)
"""A look of the schedule that has found something."""


def later(seconds: int, look: Looked = POLL) -> Looked:
    return replace(look, at=look.at + seconds, before=look.at + seconds - HOUR)


def test_a_hub_that_is_silent_twice_is_distrusted() -> None:
    once = judged(HELD, POLL)
    assert (once.state, once.doubted_at, once.missed) == (ACTIVE, NOW, 0)
    assert not may_wait(HELD, POLL)
    again = judged(once, later(HOUR))
    assert (again.state, again.missed, again.doubted_at) == (ACTIVE, 1, NOW + HOUR)
    assert judged(again, later(2 * HOUR, replace(POLL, has_news=False))).state is DISTRUSTED


def test_one_that_told_is_trusted() -> None:
    look = replace(POLL, delivered=True)
    assert judged(HELD, look) == replace(HELD, confirmed=1)
    assert may_wait(HELD, look)
    assert may_wait(HELD, replace(POLL, has_news=False))


def test_what_it_told_counts_once() -> None:
    told_before = replace(HELD, delivered_at=POLL.before + 5)
    once = judged(told_before, POLL)
    assert (once.confirmed, once.delivered_at, once.doubted_at) == (1, 0, 0)
    assert judged(once, later(HOUR)).doubted_at == NOW + HOUR


def test_a_delivery_may_come_a_little_later_than_a_look_that_found_its_news() -> None:
    doubted = judged(HELD, POLL)
    in_time = replace(doubted, delivered_at=NOW + GRACE)
    assert judged(in_time, later(HOUR, replace(POLL, has_news=False))) == replace(HELD, confirmed=1)
    assert judged(replace(doubted, delivered_at=NOW + GRACE + 1), later(HOUR)).missed == 1
    assert judged(doubted, later(GRACE)).missed == 0


def test_a_delivery_that_came_before_its_news_is_looked_after_soon() -> None:
    empty = replace(POLL, delivered=True, has_news=False)
    told_early = replace(HELD, delivered_at=NOW - 1)
    assert not may_wait(told_early, empty)
    assert judged(judged(told_early, empty), later(GRACE // 2)) == replace(HELD, confirmed=1)


def test_telling_in_a_row_gives_trust_back() -> None:
    one = replace(HELD, state=DISTRUSTED, missed=2)
    look = replace(POLL, delivered=True)
    for number in range(CONFIRMED):
        assert one.state is DISTRUSTED
        assert not may_wait(one, later(number, replace(look, has_news=False)))
        one = judged(one, look)
    assert (one.state, one.missed) == (ACTIVE, 0)


def test_a_miss_between_breaks_the_row() -> None:
    one = replace(HELD, state=DISTRUSTED, missed=2, confirmed=CONFIRMED - 1, doubted_at=NOW - GRACE - 1)
    assert judged(one, replace(POLL, delivered=True)).state is DISTRUSTED


@pytest.mark.parametrize(
    ("known", "look"),
    [
        (replace(HELD, active_since=NOW - 60), POLL),
        (HELD, replace(POLL, before=0)),
        (HELD, replace(POLL, has_news=False)),
        (replace(HELD, lease_until=NOW), POLL),
        (replace(HELD, state=SubscriptionState.PENDING, lease_until=0), POLL),
        (replace(HELD, state=SubscriptionState.DENIED, lease_until=0), POLL),
    ],
    ids=["news from before it was active", "first look", "no news", "over", "pending", "denied"],
)
def test_what_says_nothing_of_a_hub(known: Subscription, look: Looked) -> None:
    assert judged(known, look) == known


@pytest.mark.parametrize("state", [state for state in SubscriptionState if state is not ACTIVE])
def test_only_for_a_hub_that_is_trusted_the_source_is_asked_rarely(state: SubscriptionState) -> None:
    quiet = replace(POLL, has_news=False)
    assert not may_wait(replace(HELD, state=state), quiet)
    assert not may_wait(replace(HELD, lease_until=NOW), quiet)
    assert not may_wait(None, quiet)


@pytest.mark.parametrize(("interval", "pause"), [(60, 480), (1800, STRETCH * 1800), (LONGEST, LONGEST)])
def test_a_source_whose_hub_tells_is_asked_rarely_within_the_bounds(interval: int, pause: int) -> None:
    busy = Tempo(gap=60, newest=NOW)
    assert pause_of(interval, busy, NOW) == interval
    assert pause_of(interval, busy, NOW, is_told=True) == pause
