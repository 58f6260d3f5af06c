"""Subscriptions that are not wanted any more are ended at their hubs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.syndicate.hub import Round, path_of
from wirepress.content import options
from wirepress.store import sources
from wirepress.syndicate.sources import change, pause, remove
from wirepress.syndicate.websub.keeping import MOST_FAREWELLS
from wirepress.syndicate.websub.lease import REMEMBERED_FOR

HALF_HOUR = 1800


def switched_off(hub: Round) -> None:
    source = hub.site.source(hub.number)
    with hub.site.newsroom.write() as view:
        change(view, replace(source, rules=replace(source.rules, websub=False)))


def paused(hub: Round) -> None:
    with hub.site.newsroom.write() as view:
        pause(view, hub.number)


def removed(hub: Round) -> None:
    with hub.site.newsroom.write() as view:
        remove(view, hub.number)


def deleted(hub: Round) -> None:
    with hub.site.newsroom.database.write() as unit:
        unit.run("DELETE FROM origins")
        sources.remove(unit, hub.number, 0)


def moved(hub: Round) -> None:
    with hub.site.newsroom.write() as view:
        change(view, replace(hub.site.source(hub.number), url="https://elsewhere.example/feed"))


def renamed(hub: Round) -> None:
    with hub.site.newsroom.database.write() as unit:
        options.set(unit, "home", "http://192.168.0.7")


def without_hubs(hub: Round) -> None:
    hub.paper.hubs = []
    hub.publish("b")
    hub.site.clock.later(days=1)


def off(hub: Round) -> None:
    hub.keeping.on = False


@pytest.mark.parametrize("event", [switched_off, paused, removed, deleted, moved, renamed, without_hubs, off])
def test_what_is_not_wanted_any_more_is_ended_at_the_hub(hub: Round, event: Callable[[Round], None]) -> None:
    event(hub)
    hub.keeping.compare()
    if event is without_hubs:
        hub.work()
    hub.keeping.ask()
    assert hub.found is None
    form = hub.asked[-1]
    assert form == {name: hub.asked[0][name] for name in form} | {"hub.mode": "unsubscribe"}
    assert "hub.secret" not in form
    assert hub.callback("POST", path_of(form)).status == 410
    assert hub.ask_back(hub.asked[0]).status == 404
    assert hub.ask_back(form).status == 200
    asked = len(hub.asked)
    hub.site.clock.later(seconds=REMEMBERED_FOR)
    hub.keeping.ask()
    assert len(hub.asked) == asked
    with hub.site.newsroom.database.read() as unit:
        assert unit.rows("SELECT id FROM subscriptions") == []


def test_a_hub_that_has_lost_the_answer_gets_it_again_for_some_minutes(hub: Round) -> None:
    paused(hub)
    hub.work()
    form = hub.asked[-1]
    for _ in range(3):  # however often it asks, it is remembered no longer
        assert hub.ask_back(form).status == 200
        hub.site.clock.later(seconds=REMEMBERED_FOR / 3 - 1)
        hub.work()
    assert hub.ask_back(hub.asked[0]).status == 404
    assert hub.callback("POST", path_of(form)).status == 410
    hub.site.clock.later(seconds=3)
    assert hub.ask_back(form).status == 404
    hub.work()
    assert hub.asked[-1] == form
    assert len(hub.asked) == 2


def test_a_source_that_is_switched_off_is_asked_as_before(hub: Round) -> None:
    hub.site.clock.later(hours=1)
    hub.work()
    assert hub.next_in() > HALF_HOUR * 2
    memory = hub.site.source(hub.number).memory
    switched_off(hub)
    assert hub.site.source(hub.number).memory == memory  # it need not be read anew for that
    hub.work()
    assert hub.next_in() <= HALF_HOUR * 1.1


def test_a_hub_that_does_not_take_leave_is_left(hub: Round) -> None:
    hub.paper.status = 500
    paused(hub)
    for _ in range(MOST_FAREWELLS + 3):
        hub.work()
        hub.site.clock.later(hours=5)
    assert [form["hub.mode"] for form in hub.asked[1:]] == ["unsubscribe"] * MOST_FAREWELLS
    with hub.site.newsroom.database.read() as unit:
        assert unit.rows("SELECT id FROM subscriptions") == []
