"""Hubs tell of news: subscribing, confirming, delivering, renewing, ending, and what hubs do that are none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.syndicate.hub import DAY, Round, path_of, subscribing
from tests.syndicate.site import Site
from wirepress.model.subscription import Subscription, SubscriptionState
from wirepress.model.wire import Memory, Source
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Fault, FetchError
from wirepress.store import sources, subscriptions
from wirepress.syndicate.schedule import STRETCH
from wirepress.syndicate.sources import change
from wirepress.syndicate.websub.callback import LONGEST_CHALLENGE
from wirepress.syndicate.websub.keeping import Keeping, is_reachable
from wirepress.syndicate.websub.lease import ASKED_FOR, LEAST_PAUSE, LONGEST, lease_of, next_try, renewal

PENDING, ACTIVE, DISTRUSTED, DENIED, ENDING = SubscriptionState
HALF_HOUR = 1800


def test_a_hub_is_asked_and_confirmed_and_tells_of_news(site: Site) -> None:
    with subscribing(site) as made:
        (form,) = made.asked
        assert made.hubs == ["/hub"]
        assert form["hub.mode"] == "subscribe"
        assert form["hub.topic"] == f"{made.paper.url}/feed"
        assert form["hub.lease_seconds"] == str(ASKED_FOR)
        assert re.fullmatch(r"/-/websub/[\w-]{43}", path_of(form))
        assert len(form["hub.secret"]) < 200  # WebSub, section 5.1
        assert made.known.state is PENDING

        answer = made.ask_back(form)
        assert (answer.status, answer.body) == (200, "c-1 &é".encode())
        assert dict(answer.headers)["content-type"].startswith("text/plain")
        assert made.known.state is ACTIVE

        made.publish("b")
        asked = made.paper.answered
        site.clock.later(minutes=10)
        made.work()
        assert made.titles() == ["a"]
        assert made.deliver().status == 202
        made.work()
        assert made.titles() == ["a", "b"]
        assert made.paper.answered == asked + 1
        assert made.asked == [form]


def test_it_is_polled_slowly_beside_a_hub_that_is_trusted(hub: Round) -> None:
    assert hub.next_in() <= HALF_HOUR * 1.1
    hub.site.clock.later(hours=1)
    hub.work()
    assert STRETCH * HALF_HOUR <= hub.next_in() <= STRETCH * HALF_HOUR * 1.1


def test_what_was_not_asked_of_it_is_not_confirmed(site: Site) -> None:
    changes: list[dict[str, str]] = [
        {"mode": "unsubscribe"}, {"mode": "x"}, {"mode": ""}, {"topic": "https://other.example/"}, {"topic": ""},
        {"challenge": ""}, {"challenge": "x" * (LONGEST_CHALLENGE + 1)}, {"mode": "denied", "topic": "x"},
    ]  # fmt: skip
    with subscribing(site) as made:
        for changed in changes:
            assert made.ask_back(made.asked[-1], **changed).status == 404, changed
        assert made.known.state is PENDING


def test_nobody_is_answered_at_an_address_that_never_was(hub: Round) -> None:
    path = path_of(hub.asked[-1])
    for wrong in (
        path[:-1] + ("A" if path[-1] != "A" else "B"),
        "/-/websub/",
        f"{path}/",
        f"{path}%00",
        "/-/websub/%2e",
    ):
        assert hub.callback("GET", wrong, "hub.mode=subscribe").status == 404
        assert hub.callback("POST", wrong).status == 410
    assert hub.callback("GET", path).status == 404
    assert hub.callback("GET", path, "&".join("hub.mode=subscribe" for _ in range(500))).status == 404
    assert hub.callback("PUT", path).status == 405
    assert hub.callback("HEAD", path).status == 405


def test_a_question_that_is_asked_again_is_answered_again(hub: Round) -> None:
    since = hub.known.active_since
    hub.site.clock.later(minutes=1)
    hub.confirm()
    assert hub.known.active_since == since
    assert hub.ask_back(hub.asked[-1], mode="unsubscribe").status == 404


def test_a_hub_is_not_confirmed_before_it_was_asked(site: Site) -> None:
    with subscribing(site) as made:
        with site.newsroom.database.write() as unit:
            unit.run("UPDATE subscriptions SET tries = 0")
        assert made.ask_back(made.asked[-1]).status == 404


def test_a_lease_is_renewed_before_it_ends(hub: Round) -> None:
    first = hub.known
    assert ASKED_FOR * 0.7 <= first.next_at - first.active_since <= ASKED_FOR * 0.8
    hub.site.clock.later(seconds=ASKED_FOR * 0.8)
    hub.work()
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe"] * 2
    assert hub.asked[0] == hub.asked[1]  # the same callback: it is a renewal
    assert hub.known.state is ACTIVE
    hub.confirm(lease_seconds=str(DAY))
    assert (hub.known.active_since, hub.known.tries) == (first.active_since, 0)
    assert hub.known.lease_until == int(hub.site.clock.now().timestamp()) + DAY


def test_where_a_lease_runs_out_the_source_is_asked_as_before(hub: Round) -> None:
    hub.paper.status = 500
    hub.site.clock.later(seconds=ASKED_FOR * 0.8)
    hub.work()
    assert (hub.known.state, hub.known.reason) == (ACTIVE, "the server answered with status 500")
    hub.site.clock.later(seconds=ASKED_FOR * 0.2 - 60)
    hub.work()
    asked, forms = hub.paper.answered, len(hub.asked)
    hub.site.clock.later(minutes=2)
    hub.work()
    assert (hub.known.state, hub.known.lease_until) == (PENDING, 0)
    assert hub.paper.answered == asked + 1
    assert hub.next_in() <= HALF_HOUR * 1.1
    assert len(hub.asked) == forms  # not at once
    hub.paper.status = 202
    hub.site.clock.later(seconds=LEAST_PAUSE)
    hub.work()
    hub.confirm()
    assert hub.known.state is ACTIVE


def test_a_hub_that_is_away_is_asked_ever_more_rarely(site: Site) -> None:
    with subscribing(site) as made:
        made.paper.status = 503
        moments = []
        for _ in range(40):
            forms = len(made.asked)
            site.clock.later(hours=1)
            made.work()
            moments += [len(made.asked) - forms]
        assert moments[0] == 1
        assert sum(moments) < 12
        assert made.known.state is PENDING
        assert made.known.reason == "the server answered with status 503"


def test_of_several_hubs_the_next_one_is_asked_under_another_callback(site: Site) -> None:
    with subscribing(site) as made:
        made.paper.hubs = ["/hub", "/hub2"]
        made.publish("b")
        site.clock.later(hours=1)
        made.work()
        assert made.hubs == ["/hub", "/hub2"]
        assert made.asked[-1]["hub.callback"] != made.asked[0]["hub.callback"]
        assert made.ask_back(made.asked[0]).status == 404
        made.confirm()
        assert made.known.state is ACTIVE


def test_a_hub_that_denies_is_told_of_and_asked_again_after_a_day(hub: Round) -> None:
    asked = hub.paper.answered
    hub.site.clock.later(hours=1)
    assert (
        hub.ask_back(hub.asked[-1], mode="denied", challenge="", reason="no\r\n more \x1b[31m" + "x" * 500).status
        == 200
    )
    assert hub.known.state is DENIED
    assert hub.known.reason.startswith("no more [31mxxx")
    assert len(hub.known.reason) == 200
    hub.work()
    assert hub.paper.answered == asked + 1
    assert hub.next_in() <= HALF_HOUR * 1.1
    assert len(hub.asked) == 1
    assert hub.deliver().status == 202
    hub.site.clock.later(days=1)
    hub.work()
    assert len(hub.asked) == 2
    hub.confirm()
    assert (hub.known.state, hub.known.reason) == (ACTIVE, "")


def test_nobody_is_denied_anything_that_was_not_asked(site: Site) -> None:
    with subscribing(site) as made:
        with site.newsroom.database.write() as unit:
            unit.run("UPDATE subscriptions SET tries = 0")
        assert made.ask_back(made.asked[-1], mode="denied").status == 404


def test_a_hub_that_is_silent_about_news_twice_is_distrusted(hub: Round) -> None:
    for name in "bcd":
        hub.publish(name)
        hub.site.clock.later(hours=6)
        hub.work()
    assert hub.known.state is DISTRUSTED
    assert hub.next_in() <= HALF_HOUR * 1.1
    for name in "efg":  # it tells of news now, three times in a row
        hub.publish(name)
        hub.site.clock.later(minutes=20)
        hub.deliver()
        hub.work()
    assert hub.known.state is ACTIVE
    assert hub.next_in() >= STRETCH * HALF_HOUR
    assert hub.titles() == list("abcdefg")


def test_where_nothing_is_new_no_hub_is_distrusted(hub: Round) -> None:
    # Nothing is kept of an entry without a title, so that it looks new each time.
    hub.paper.more = "<item><guid>x</guid><link>/x</link><pubDate>Sat, 14 Jun 2025 12:00:00 GMT</pubDate></item>"
    for _ in range(5):
        hub.paper.edition += 1
        hub.site.clock.later(hours=6)
        hub.work()
    assert hub.paper.answered >= 5
    assert (hub.known.state, hub.known.doubted_at, hub.known.missed) == (ACTIVE, 0, 0)


def test_another_hub_and_another_topic_are_another_subscription(hub: Round) -> None:
    hub.paper.hubs = ["/hub3"]
    hub.publish("b")
    hub.site.clock.later(days=1)
    hub.work()
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe", "unsubscribe", "subscribe"]
    assert hub.hubs == ["/hub", "/hub", "/hub3"]
    assert hub.known.state is PENDING


def test_a_site_that_is_without_asks_nobody(site: Site) -> None:
    with subscribing(site, websub=False) as made:
        with site.newsroom.write() as view:
            change(view, replace(site.source(made.number), rules=replace(site.source(made.number).rules, websub=True)))
        assert Keeping(site.newsroom, site.fetcher, on=False).compare() == 0
        assert Keeping(site.newsroom, site.fetcher).compare() == 1


@pytest.mark.parametrize(
    ("home", "reachable"),
    [
        ("https://news.example.com", True), ("http://news.example.com/paper", True), ("https://8.8.8.8", True),
        ("http://localhost:8080", False), ("http://127.0.0.1:8080", False), ("http://192.168.1.5", False),
        ("http://[::1]", False), ("http://intranet", False), ("https://desk.local", False), ("https://a.test", False),
        ("https://a.localhost", False), ("", False), ("ftp://news.example.com", False), ("http://10.1", False),
    ],
)  # fmt: skip
def test_which_sites_hubs_can_find(home: str, reachable: bool) -> None:
    assert is_reachable(home) is reachable


def test_a_hub_at_a_private_address_is_not_asked(site: Site) -> None:
    private = ("http://127.0.0.1:9/hub", "http://localhost/hub", "http://169.254.169.254/x", "http://[fd00::1]/")
    with site.newsroom.database.write() as unit:
        for number, hub in enumerate(private):
            memory = Memory(hubs=(hub,), topic="https://paper.example/feed")
            sources.add(unit, Source(0, f"https://paper.example/{number}", memory=memory))
    with WebFetcher() as fetcher:
        keeping = Keeping(site.newsroom, fetcher)
        keeping.compare()
        keeping.ask()
    with site.newsroom.database.read() as unit:
        found = subscriptions.living(unit)
    assert len(found) == len(private)
    assert all("is not a public" in one.reason and one.tries == 1 for one in found)


class Down:
    """A way out on which everything fails in one way."""

    def __init__(self, error: FetchError) -> None:
        self.error = error
        self.asked = 0

    def post(self, url: str, form: object) -> None:
        self.asked += 1
        raise self.error


def five_at_one_hub(site: Site, down: Down) -> Keeping:
    with site.newsroom.database.write() as unit:
        for number in range(5):
            memory = Memory(hubs=("https://hub.example/",), topic=f"https://p.example/{number}")
            sources.add(unit, Source(0, f"https://p.example/{number}", memory=memory))
    keeping = Keeping(site.newsroom, down)
    assert keeping.compare() == 5
    return keeping


def living(site: Site) -> list[Subscription]:
    with site.newsroom.database.read() as unit:
        return subscriptions.living(unit)


def test_a_hub_that_cannot_be_reached_costs_a_round_one_try(site: Site) -> None:
    down = Down(FetchError(Fault.TIME, "hub.example did not answer in time"))
    keeping = five_at_one_hub(site, down)
    assert keeping.ask() == 5
    assert down.asked == 1
    assert {(one.reason, one.tries) for one in living(site)} == {("hub.example did not answer in time", 1)}
    site.clock.later(hours=1)
    keeping.ask()
    assert down.asked == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_hub_that_asks_to_wait_is_left_alone_by_all(site: Site, status: int) -> None:
    down = Down(FetchError(Fault.STATUS, "later", status=status, retry_after=7200))
    keeping = five_at_one_hub(site, down)
    begun = int(site.clock.now().timestamp())
    assert keeping.ask() == 5
    assert down.asked == 1
    assert sorted(one.tries for one in living(site)) == [0, 0, 0, 0, 1]  # those that were not asked have not failed
    assert {one.reason for one in living(site)} == {"later"}
    assert all(begun + 7200 <= one.next_at <= begun + 7200 + LEAST_PAUSE for one in living(site))
    with site.newsroom.database.write() as unit:
        unit.run("UPDATE subscriptions SET next_at = 0")
    site.clock.later(hours=1)
    assert keeping.ask() == 5
    assert down.asked == 1
    assert all(begun + 7200 <= one.next_at <= begun + 7200 + LEAST_PAUSE for one in living(site))
    site.clock.later(hours=1, seconds=LEAST_PAUSE)
    assert keeping.ask() == 5
    assert down.asked == 2


def test_a_worker_that_is_stopped_notes_nothing_of_the_hub(site: Site) -> None:
    keeping = five_at_one_hub(site, Down(FetchError(Fault.STOPPED, "stopped before the answer came")))
    before = living(site)
    keeping.ask()
    assert living(site) == before


def test_the_arithmetic_of_leases() -> None:
    assert lease_of("") == lease_of("-5") == lease_of("ten") == lease_of("9" * 30) == ASKED_FOR
    assert lease_of("99999999") == LONGEST
    assert lease_of("60") == 60
    assert renewal(1000, 60, 0.0) == 1000 + LEAST_PAUSE
    tries = [next_try(0, number, 0.0) for number in range(1, 40)]
    assert tries == sorted(tries)
    assert (tries[0], tries[-1]) == (LEAST_PAUSE, DAY)
    assert next_try(0, 1, 0.0, 3600) == 3600
    assert next_try(0, 1, 0.0, 10**9) == DAY
