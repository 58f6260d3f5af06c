"""Subscriptions at hubs, on every database."""

from __future__ import annotations

from dataclasses import replace

from tests.store.suite_backlog import added
from wirepress.model.subscription import Delivery, Subscription, SubscriptionState
from wirepress.model.wire import Memory, Source
from wirepress.store import leases, sources, subscriptions
from wirepress.store.database import Database
from wirepress.store.unit import Unit


def new(source: int, token: str = "t1") -> Subscription:
    callback = f"https://news.example.com/-/websub/{token}"
    return Subscription(
        0, source, "https://hub.example/", "https://a.example/feed", callback, token, "secret", next_at=100
    )


def begun(unit: Unit, source: int, token: str = "t1") -> Subscription:
    assert subscriptions.begin(unit, new(source, token))
    return again(unit, token)


def again(unit: Unit, token: str = "t1") -> Subscription:
    found = subscriptions.by_token(unit, token)
    assert found is not None
    return found


def next_at(unit: Unit, source: int) -> int:
    standing = sources.standing(unit, source)
    assert standing is not None
    return standing.next_at


class Subscriptions:
    def test_a_source_has_one_that_lives(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            first = begun(unit, number)
            assert first == replace(new(number), id=first.id)
            assert not subscriptions.begin(unit, new(number, "t2"))
            assert not subscriptions.begin(unit, new(number + 1, "t2"))
            assert subscriptions.of_source(unit, number) == first == subscriptions.get(unit, first.id)
            subscriptions.confirm(unit, first, 100, 900, 700)
            subscriptions.end(unit, again(unit), 200)
            assert again(unit).state is SubscriptionState.ENDING
            second = begun(unit, number, "t2")
            assert subscriptions.of_source(unit, number) == second
            assert subscriptions.living(unit) == [second]

    def test_it_outlives_its_source_until_its_hub_is_told(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            begun(unit, number)
            sources.remove(unit, number, 100)
            assert again(unit).source == 0
            subscriptions.end(unit, again(unit), 100)  # which no hub holds: there is nothing to tell
            assert subscriptions.by_token(unit, "t1") is None

    def test_a_try_is_taken_by_one(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            assert subscriptions.due(unit, 99, 10) == []
            assert subscriptions.due(unit, 100, 10) == [one]
            assert subscriptions.claim(unit, one, 400)
            assert not subscriptions.claim(unit, one, 400)
            assert (again(unit).tries, again(unit).next_at) == (1, 400)
            subscriptions.failed(unit, one, "away", 500)
            assert (again(unit).reason, again(unit).next_at) == ("away", 500)
            subscriptions.confirm(unit, one, 200, 1200, 1000)
            subscriptions.failed(unit, one, "too late", 600)
            found = again(unit)
            assert (found.state, found.reason, found.tries) == (SubscriptionState.ACTIVE, "", 0)
            assert (found.active_since, found.lease_until, found.next_at) == (200, 1200, 1000)

    def test_a_renewal_goes_on_and_a_lease_that_is_over_begins_anew(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            subscriptions.confirm(unit, one, 200, 1200, 1000)
            subscriptions.confirm(unit, one, 1000, 2000, 5000)
            assert again(unit).active_since == 200
            assert [due.id for due in subscriptions.due(unit, 2000, 10)] == [one.id]
            held = again(unit)
            assert subscriptions.lose(unit, held, SubscriptionState.PENDING, "", 2000)
            assert not subscriptions.lose(unit, held, SubscriptionState.DENIED, "no", 2000)
            subscriptions.confirm(unit, one, 2100, 3000, 2800)
            assert again(unit).active_since == 2100

    def test_one_that_no_hub_holds_turns_to_another(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            other = replace(new(one.source, "t2"), hub="https://other.example/")
            assert subscriptions.turn_to(unit, one, other)
            assert not subscriptions.turn_to(unit, one, other)
            assert subscriptions.by_token(unit, "t1") is None
            assert (again(unit, "t2").id, again(unit, "t2").hub) == (one.id, "https://other.example/")

    def test_only_what_the_hub_was_asked_for_is_confirmed_or_denied(self, database: Database) -> None:
        with database.write() as unit:
            asked = begun(unit, added(unit))
            other = replace(new(asked.source, "t2"), hub="https://other.example/")
            assert subscriptions.turn_to(unit, asked, other)
            turned = again(unit, "t2")
            assert not subscriptions.confirm(unit, asked, 200, 1200, 1000)
            assert not subscriptions.lose(unit, asked, SubscriptionState.DENIED, "no", 5000)
            assert again(unit, "t2") == turned
            assert subscriptions.confirm(unit, turned, 200, 1200, 1000)

    def test_one_that_ends_comes_back_for_no_hub(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            first = begun(unit, number)
            subscriptions.remove(unit, first)  # it is not ending
            assert not subscriptions.leave(unit, first, 500)
            subscriptions.confirm(unit, first, 100, 900, 700)
            subscriptions.end(unit, again(unit), 200)
            second = begun(unit, number, "t2")
            ending = again(unit)
            assert not subscriptions.confirm(unit, first, 200, 1200, 1000)
            assert again(unit) == ending
            assert subscriptions.living(unit) == [second]
            assert subscriptions.claim(unit, ending, 5000)
            for until, remembered in ((1000, 900), (500, 500), (800, 500)):
                assert subscriptions.leave(unit, ending, until)
                assert again(unit) == replace(ending, lease_until=remembered, next_at=remembered)
            subscriptions.remove(unit, ending)
            assert not subscriptions.leave(unit, ending, 500)

    def test_a_hub_that_has_confirmed_meanwhile_is_told_that_it_ends(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            subscriptions.confirm(unit, one, 100, 900, 700)
            subscriptions.end(unit, one, 200)
            assert again(unit).state is SubscriptionState.ENDING

    def test_a_delivery_makes_its_source_due_and_is_lost_in_no_look(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            for at, waits in ((300, Delivery.WAITING), (310, Delivery.WAITING)):
                sources_later(unit, one.source)
                subscriptions.deliver(unit, again(unit), at, at)
                assert (again(unit).delivery, again(unit).delivered_at) == (waits, 300)
                assert next_at(unit, one.source) == at
            subscriptions.take_delivery(unit, one.source, 320)
            assert (again(unit).delivery, again(unit).looked_at) == (Delivery.TAKEN, 320)
            subscriptions.deliver(unit, again(unit), 330, 380)
            subscriptions.deliver(unit, again(unit), 340, 380)
            assert (again(unit).delivery, again(unit).delivered_at) == (Delivery.TAKEN_AND_WAITING, 330)
            subscriptions.settle_delivery(unit, one.source)
            assert again(unit).delivery is Delivery.WAITING
            subscriptions.settle_delivery(unit, one.source)  # of a look that took none
            assert again(unit).delivery is Delivery.WAITING
            subscriptions.take_delivery(unit, one.source, 400)
            subscriptions.take_delivery(unit, one.source, 410)  # after one that was killed
            subscriptions.settle_delivery(unit, one.source)
            assert again(unit).delivery is Delivery.NONE
            subscriptions.take_delivery(unit, one.source, 420)
            assert again(unit).delivery is Delivery.NONE

    def test_a_source_that_fails_keeps_its_pause(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            assert leases.claim(unit, one.source, "w", 100, 200)
            assert leases.release(unit, one.source, "w", 9000, Memory(), 3)
            subscriptions.deliver(unit, one, 300, 300)
            assert next_at(unit, one.source) == 9000
            assert again(unit).delivery is Delivery.WAITING

    def test_what_a_look_has_shown_overrides_nothing_newer(self, database: Database) -> None:
        with database.write() as unit:
            one = begun(unit, added(unit))
            subscriptions.confirm(unit, one, 200, 1200, 1000)
            before = again(unit)
            after = replace(before, state=SubscriptionState.DISTRUSTED, missed=2, doubted_at=0)
            subscriptions.keep_trust(unit, before, after)
            assert (again(unit).state, again(unit).missed) == (SubscriptionState.DISTRUSTED, 2)
            subscriptions.confirm(unit, one, 900, 1900, 1700)
            assert again(unit).state is SubscriptionState.DISTRUSTED
            assert subscriptions.lose(unit, again(unit), SubscriptionState.DENIED, "no", 5000)
            subscriptions.keep_trust(unit, before, after)
            assert again(unit).state is SubscriptionState.DENIED

    def test_what_a_source_offers_comes_back(self, database: Database) -> None:
        memory = Memory(hubs=("https://hub.example/", "https://other.example/"), topic="https://a.example/feed")
        with database.write() as unit:
            number = sources.add(unit, Source(0, "https://a.example/feed", memory=memory))
            found = sources.get(unit, number)
            assert found is not None
            assert found.memory == memory


def sources_later(unit: Unit, source: int) -> None:
    """Has a source wait for long."""
    unit.run("UPDATE sources SET next_at = 10000 WHERE id = ?", (source,))
