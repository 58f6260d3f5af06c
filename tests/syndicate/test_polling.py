"""Sources are looked at side by side, none starves another, and what a look does not come to is done in the next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import BOUNDS, Site, polled, site_in
from tests.syndicate.test_bad_input import feed, page
from wirepress.app.polling import Places, Polling
from wirepress.app.worker import forget
from wirepress.model.entry import EntryState
from wirepress.model.errors import Conflict
from wirepress.model.wire import Entry, Rights, Rules
from wirepress.net.fetch import WebFetcher
from wirepress.store import backlog, leases, runs
from wirepress.syndicate.budget import Budget
from wirepress.syndicate.look import MOST_HELD_OFF, Beat
from wirepress.syndicate.pull import pull_source
from wirepress.syndicate.schedule import BEAT, HOUR, LEASE

LINK = Rights.LINK
BARE = Rules(page=False)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site whose fetcher finds every name of `.example` on loopback."""

    async def look_up(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with site_in(tmp_path / "site") as made, WebFetcher(BOUNDS, look_up) as fetcher:
        made.fetcher = fetcher
        yield made


def listing(*names: str) -> Callable[[str, dict[str, str]], bytes]:
    """A press with a feed, whose articles are all there."""

    def answer(path: str, headers: dict[str, str]) -> bytes:
        if path == "/robots.txt":
            return reply(404)
        if path == "/feed":
            return reply(304) if headers.get("if-none-match") else reply(body=feed(*names), ETag='"1"')
        return reply(body=page(path[1:]), Content_Type="text/html")

    return answer


def left_of(site: Site, number: int) -> list[backlog.Waiting]:
    with site.newsroom.database.read() as unit:
        return backlog.listed(unit, number, limit=1000)


def titles(site: Site) -> list[str]:
    return [post.title.removeprefix("Story ") for post in site.posts()]


def test_others_are_looked_at_while_one_does_not_answer(site: Site) -> None:
    others, end = 20, threading.Event()
    asked: set[str] = set()

    def answer(path: str, headers: dict[str, str]) -> bytes:
        if path.startswith("/slow"):
            assert end.wait(60)
        asked.add(path)
        return reply(body=feed(path[1:]))

    with Loopback(answer) as press:
        for number in range(3):
            site.add(f"http://slow{number}.example:{press.port}/slow{number}", LINK, rules=BARE)
        for number in range(others):
            site.add(f"http://p{number}.example:{press.port}/{number}", LINK, rules=BARE)
        polling = Polling(site.newsroom, site.fetcher)

        def watch() -> None:
            while len(site.posts()) < others and not end.wait(0.02):
                pass
            end.set()  # it hangs here, where the slow ones starve the others

        watching = threading.Thread(target=watch)
        watching.start()
        assert polled(site, polling) == others + 3
        watching.join()
    assert all(title.startswith("slow") for title in titles(site)[-3:])


def test_a_huge_source_goes_on_where_it_stopped_and_others_have_their_turns_between(site: Site) -> None:
    names = [f"huge{number}" for number in range(25)]
    with Loopback(listing(*names)) as press, Loopback(listing("small")) as other:
        huge = site.add(f"{press.url}/feed")
        polling = Polling(site.newsroom, site.fetcher, Places(1), Budget(pages=11))
        site.clock.later(seconds=1)
        site.add(f"{other.url}/feed")
        assert polled(site, polling) == 4
        # The feed and ten articles, then the other source, then what was left, without asking for the feed again.
        assert titles(site).index("small") == 10
        assert press.paths().count("/feed") == 1
        assert len(press.paths()) == len(set(press.paths()))
        assert sorted(titles(site)) == sorted([*names, "small"])
        # The newest ones, which a feed lists first, came first; of each part the oldest.
        assert titles(site)[:10] == names[:11][::-1][:10]
        assert left_of(site, huge) == []
        site.clock.later(hours=12)
        assert polled(site, polling) == 2
    assert press.paths().count("/feed") == 2


def test_what_is_left_waits_on_rows_for_any_process(site: Site) -> None:
    with Loopback(listing("a", "b", "c", "d")) as press:
        number = site.add(f"{press.url}/feed")
        report = pull_source(site.newsroom, number, site.fetcher, budget=Budget(pages=3), scheduled=True)
        assert (report.left, report.pages, report.result()) == (2, 3, "2 created, 2 left for later")
        assert [(one.entry.link[-1], one.state) for one in left_of(site, number)] == [
            ("a", EntryState.LEFT),
            ("d", EntryState.LEFT),
        ]
        with site.newsroom.database.read() as unit:
            assert [due.heavy for due in leases.due(unit, 2**40)] == [True]
        assert polled(site) == 1
        assert sorted(titles(site)) == ["a", "b", "c", "d"]
        assert press.paths().count("/feed") == 1


@pytest.mark.parametrize("budget", [Budget(seconds=100), Budget(size=700)], ids=["time", "bytes"])
def test_a_look_ends_when_its_time_or_its_bytes_are_used_up(site: Site, budget: Budget) -> None:
    press = listing(*(f"a{number}" for number in range(9)))

    def slow(path: str, headers: dict[str, str]) -> bytes:
        site.clock.later(seconds=30)
        return press(path, headers)

    with Loopback(slow) as server:
        number = site.add(f"{server.url}/feed")
        report = pull_source(site.newsroom, number, site.fetcher, budget=budget, scheduled=True)
        assert 0 < report.left < 9
        assert site.source(number).memory.slow is (budget.seconds == 100)
        assert polled(site, Polling(site.newsroom, site.fetcher, budget=Budget(seconds=1e9))) == 1
    assert len(site.posts()) == 9


def test_slow_and_huge_ones_leave_places_to_the_others(site: Site) -> None:
    numbers = [site.add(f"http://p{number}.example/feed") for number in range(6)]
    for number in numbers[:4]:
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, slow=True)))
    polling = Polling(site.newsroom, site.fetcher, Places(4))
    assert [due.id for due in polling.chosen()] == [*numbers[:2], *numbers[4:]]


def test_few_sources_of_a_host_are_looked_at_at_once_by_all_processes_together(site: Site) -> None:
    same = [site.add(f"http://same.example/{number}") for number in range(4)]
    other = site.add("http://other.example/feed")
    polling = Polling(site.newsroom, site.fetcher)
    assert [due.id for due in polling.chosen()] == [*same[:2], other]
    with site.newsroom.database.write() as unit:
        now = int(site.clock.now().timestamp())
        assert leases.claim(unit, same[0], "elsewhere:1:1", now, now + LEASE)
    assert [due.id for due in polling.chosen()] == [same[1], other]


def test_a_long_look_keeps_its_lease_and_one_that_has_lost_it_ends(site: Site) -> None:
    names = [f"a{number}" for number in range(12)]
    with Loopback(listing(*names)) as press:
        number = site.add(f"{press.url}/feed", LINK, rules=BARE)

        def until() -> int:
            with site.newsroom.database.read() as unit:
                return int(unit.rows("SELECT lease_until FROM sources")[0][0])

        kept: list[bool] = []
        stolen = False

        def step(_: object) -> None:
            kept.append(until() > site.clock.now().timestamp())
            site.clock.later(seconds=BEAT)
            if stolen:
                with site.newsroom.database.write() as unit:
                    unit.run("UPDATE sources SET lease_by = 'another:1:1'")

        assert pull_source(site.newsroom, number, site.fetcher, step=step).counts["created"] == len(names)
        assert kept == [True] * len(kept)
        assert BEAT * len(names) > LEASE
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        stolen = True
        with pytest.raises(Conflict, match="another process"):
            pull_source(site.newsroom, number, site.fetcher, step=step)
        with site.newsroom.database.read() as unit:
            assert unit.rows("SELECT lease_by FROM sources") == [("another:1:1",)]


def test_a_beat_says_nothing_before_its_time(site: Site) -> None:
    number = site.add("http://p.example/feed")
    beat = Beat(site.newsroom, number, "nobody")
    beat()
    site.clock.later(seconds=BEAT)
    with pytest.raises(Conflict):
        beat()


def test_articles_whose_server_asks_to_wait_are_left_until_then_and_did_not_fail(site: Site) -> None:
    names = [f"a{number}" for number in range(30)]
    press, waits = listing(*names), True

    def answer(path: str, headers: dict[str, str]) -> bytes:
        busy = waits and path not in ("/feed", "/robots.txt")
        return reply(429, Retry_After="3600") if busy else press(path, headers)

    with Loopback(answer) as server:
        number = site.add(f"{server.url}/feed")
        report = pull_source(site.newsroom, number, site.fetcher, scheduled=True)
        assert (report.error, report.counts["failed"], report.left) == ("", 0, 30)
        # Once one was told, the others are not even asked for.
        assert len([path for path in server.paths() if path.startswith("/a")]) == 1
        assert {one.tries for one in left_of(site, number)} == {0}
        assert len(left_of(site, number)) == 30 > MOST_HELD_OFF
        assert polled(site) == 0
        waits = False
        site.clock.later(seconds=HOUR)
    with Loopback(press) as server:  # another address is not held any more
        source = site.source(number)
        site.change(replace(source, url=f"{server.url}/feed", memory=replace(source.memory, etag="", ask_at=0)))
        assert polled(site) == 1
    assert len(site.posts()) == 30


def test_a_source_that_asks_to_wait_is_left_alone_for_so_long(site: Site) -> None:
    with Loopback(lambda path, headers: reply(503, Retry_After="7200")) as press:
        site.add(f"{press.url}/feed")
        assert polled(site) == 1
        site.clock.later(seconds=7100)
        assert polled(site) == 0
        site.clock.later(hours=1)
        assert polled(site) == 1
        assert press.paths() == ["/feed"]  # the turns at the host know it as well


def test_a_run_says_what_became_of_all_that_was_fetched(site: Site) -> None:
    press = listing("a", "gone", "b")

    def answer(path: str, headers: dict[str, str]) -> bytes:
        return reply(404) if path == "/gone" else press(path, headers)

    with Loopback(answer) as server:
        number = site.add(f"{server.url}/feed")
        row = site.pull(number).row()
        assert (row["found"], row["new"], row["updated"], row["duplicate"], row["rejected"]) == (3, 2, 0, 0, {})
        assert row["failures"] == {"the server answered with status 404": 1}
        assert row["pages"] == 4
        with site.newsroom.database.read() as unit:
            facts = runs.last_runs(unit)[number].facts
    assert (facts["found"], facts["created"], facts["failed"], facts["pages"]) == (3, 2, 1, 4)
    assert facts["causes"] == row["failures"]


def test_what_was_given_up_is_forgotten_after_a_while(site: Site) -> None:
    number = site.add("http://p.example/feed")
    now = int(site.clock.now().timestamp())
    with site.newsroom.database.write() as unit:
        for guid, state in (("a", EntryState.DEAD), ("b", EntryState.FAILED)):
            backlog.keep(unit, [backlog.Waiting(number, Entry(guid), state, since=now)])
    forget(site.newsroom)
    assert len(left_of(site, number)) == 2
    site.clock.later(days=91)
    forget(site.newsroom)
    assert [one.entry.guid for one in left_of(site, number)] == ["b"]
