"""How much of a source comes in: how old it may be, how much in a run, how much on a day; the rest waits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site, polled, site_in
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.model.entry import EntryQuery, EntryRecord, EntryState
from wirepress.model.wire import Entry, Page, Rights, Rules
from wirepress.store import quotas
from wirepress.store.quotas import Quota
from wirepress.syndicate import backlog, entries, look
from wirepress.syndicate.age import is_too_old
from wirepress.syndicate.preview import preview
from wirepress.syndicate.pull import pull_source

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
BARE = Rules(page=False)


class Wire:
    """A feed whose articles a test names, the newest first, and their ages in days."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.ages: dict[str, float] = {}
        self.asked: list[str] = []
        self.broken = False

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        self.asked.append(path)
        if self.broken:
            return reply(503)
        items = "".join(
            f"<item><guid>{name}</guid><link>http://wire.example/{name}</link><title>{name}</title>{self.date(name)}"
            f"<description>About {name}.</description></item>"
            for name in self.names
        )
        return reply(body=f'<rss version="2.0"><channel><title>W</title>{items}</channel></rss>'.encode())

    def date(self, name: str) -> str:
        moment = NOW - timedelta(days=self.ages.get(name, 0))
        return f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if name in self.ages else ""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as made:
        yield made


def records(site: Site, *states: EntryState) -> dict[str, EntryRecord]:
    with site.newsroom.view() as view:
        found, _ = entries.browse(view, EntryQuery(per_page=100, states=states))
    return {one.title: one for one in found}


def waits(site: Site) -> set[str]:
    return set(records(site, EntryState.WAITS))


def titles(site: Site) -> list[str]:
    return [post.title for post in site.posts()]


def decided(site: Site, title: str, verb: Callable[[View, Any, EntryRecord], EntryRecord]) -> EntryRecord:
    with site.newsroom.write() as view:
        return verb(view, NEWSROOM, records(site)[title])


def test_of_a_run_come_the_newest_and_the_rest_comes_with_the_next_ones(site: Site) -> None:
    wire = Wire("e", "d", "c", "b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_run=2))
        assert site.pull(number).result() == "2 created, 3 wait for the next run or day"
        assert titles(site) == ["d", "e"]
        waiting = records(site, EntryState.WAITS)
        assert {(one.reason, one.detail) for one in waiting.values()} == {("run-limit", "2 a run")}
        assert set(waiting) == {"a", "b", "c"}
        wire.names = ["f"]  # the others are not listed any more
        site.clock.later(minutes=31)
        site.pull(number)
        assert titles(site) == ["d", "e", "f", "c"]
        site.clock.later(minutes=31)
        site.pull(number)
        assert (titles(site)[4:], waits(site)) == (["b", "a"], set())


def test_what_is_known_takes_nobodys_place_among_the_newest(site: Site) -> None:
    wire = Wire("b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_run=2))
        site.pull(number)
        wire.names = ["f", "b", "e", "a", "d", "c"]
        site.clock.later(minutes=31)
        site.pull(number)
        assert titles(site) == ["a", "b", "e", "f"]
        assert waits(site) == {"c", "d"}


def test_looks_that_go_on_with_a_run_bring_no_more_and_the_worker_waits(site: Site) -> None:
    wire = Wire(*(f"s{number:02}" for number in range(9)))
    with Loopback(wire) as press:
        site.add(f"{press.url}/feed", rules=replace(BARE, max_per_run=4))
        assert polled(site) == 1
        assert len(titles(site)) == 4
        wire.broken = True  # what waits needs no answer of its source
        site.clock.later(minutes=40)
        polled(site)
        assert len(titles(site)) == 8
        site.clock.later(minutes=31)
        polled(site)
        assert len(titles(site)) == 9


def test_a_day_ends_at_midnight_where_the_site_is(site: Site) -> None:
    with site.newsroom.write() as view:
        options.set(view.unit, "timezone_string", "Asia/Tokyo")  # where it is nine in the evening
    wire = Wire("c", "b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1))
        site.pull(number)
        assert (titles(site), waits(site)) == (["c"], {"a", "b"})
        midnight = int(datetime(2025, 6, 15, 15, tzinfo=UTC).timestamp())
        assert {one.due_at for one in records(site, EntryState.WAITS).values()} == {midnight}
        site.clock.later(hours=2, minutes=59)
        site.pull(number)
        assert titles(site) == ["c"]
        site.clock.later(minutes=2)
        polled(site)
        assert (titles(site), waits(site)) == (["c", "b"], {"a"})


def test_what_waits_is_written_once_and_its_page_not_asked_for(site: Site) -> None:
    wire = Wire("b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rights=Rights.EXCERPT, rules=replace(BARE, max_per_day=1))
        site.pull(number)
        before = records(site)["a"]
        site.clock.later(hours=1)
        assert site.pull(number).result() == "1 wait for the next run or day"
        assert records(site)["a"] == before
        assert set(press.paths()) == {"/feed"}


def test_more_room_lets_in_what_waits_and_other_rules_forget_none_of_it(site: Site) -> None:
    wire = Wire("c", "b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1))
        site.pull(number)
        wire.names = []
        source = site.source(number)
        site.change(replace(source, rights=Rights.EXCERPT, rules=replace(source.rules, category="Town")))
        assert waits(site) == {"a", "b"}
        with site.newsroom.database.read() as unit:
            assert not unit.rows("SELECT id FROM entries WHERE CAST(entry AS TEXT) LIKE '%About a.%'")
            for (text,) in unit.rows("SELECT CAST(entry AS TEXT) FROM entries WHERE state = 'waits'"):
                assert json.loads(text).keys() <= {"guid", "link", "title", "published"}
        site.change(replace(site.source(number), rules=replace(source.rules, max_per_day=3)))
        polled(site)
        assert (sorted(titles(site)), waits(site)) == (["a", "b", "c"], set())


def test_what_waits_ends_with_its_age_though_there_is_never_room(site: Site) -> None:
    wire = Wire()
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1, max_age=2))
        for day in range(8):
            wire.names = [f"late-{day}", f"early-{day}"]  # the others are not listed any more
            wire.ages |= {f"late-{day}": -day, f"early-{day}": -day + 0.2}
            site.pull(number)
            site.clock.later(days=1)
        assert titles(site) == [f"late-{day}" for day in range(8)]
        assert waits(site) == {"early-6", "early-7"}
        ended = records(site, EntryState.REJECTED)
        assert {one.reason for one in ended.values()} == {"too-old"}
        assert set(ended) == {f"early-{day}" for day in range(6)}


def test_undated_ones_do_not_keep_old_ones_waiting(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "AT_ONCE", 2)
    wire = Wire("new", "d", "c", "b", "a", "z", "y", "x")
    wire.ages = {"d": 0.1, "b": 0.2, "a": 0.3}
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1, max_age=2))
        site.pull(number)
        assert len(waits(site)) == 7
        wire.names = []
        site.change(replace(site.source(number), rules=replace(site.source(number).rules, max_per_run=1)))
        site.clock.later(days=2)
        site.pull(number)
        assert (titles(site), waits(site)) == (["new", "c"], {"x", "y", "z"})


def test_of_what_waits_no_more_is_kept_than_may(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "MOST_WAITING", 2)
    wire = Wire("e", "d", "c", "b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1))
        assert site.pull(number).row()["rejected"] == {"backlog-full": 2}
        assert waits(site) == {"d", "c"}
        ended = records(site, EntryState.REJECTED)
        assert {one.detail for one in ended.values()} == {"2 newer ones wait"}
        wire.names.insert(0, "f")  # it is listed on, and stays left out
        site.clock.later(hours=1)
        site.pull(number)
        assert (titles(site), waits(site), set(records(site, EntryState.REJECTED))) == (["e"], {"f", "d"}, {*"abc"})


def test_somebody_takes_what_waits_or_leaves_it_for_good(site: Site) -> None:
    wire = Wire("c", "b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1))
        site.pull(number)
        assert decided(site, "a", entries.accept).state is EntryState.LEFT
        assert decided(site, "b", entries.reject).state is EntryState.REJECTED
        polled(site)
        assert titles(site) == ["c", "a"]
        site.clock.later(days=2)
        polled(site)
        assert titles(site) == ["c", "a"]


def test_two_workers_on_one_database_bring_no_more_than_one(site: Site) -> None:
    number = site.add("http://wire.example/feed", rules=replace(BARE, max_per_run=5, max_per_day=7))

    def one_more(_: int) -> bool:
        with site.newsroom.database.write() as unit:
            return quotas.take_one(unit, Quota(number, 5, 7, 9))

    def count(times: int) -> int:
        with ThreadPoolExecutor(4) as threads:
            return sum(threads.map(one_more, range(times)))

    assert count(20) == 5
    with site.newsroom.database.write() as unit:
        quotas.begin_run(unit, number, 1)
    assert count(20) == 2
    with site.newsroom.database.read() as unit:
        assert quotas.came(unit, number) == quotas.Came(9, 7, 1, 2)


def test_what_another_worker_has_brought_since_it_was_decided_counts(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire("b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=1))
        day = site.clock.now().toordinal()
        fetch = site.fetcher.get

        def get(*args: Any, **given: Any) -> Any:
            with site.newsroom.database.write() as unit:
                quotas.take_one(unit, Quota(number, 0, 1, day))
            return fetch(*args, **given)

        monkeypatch.setattr(site.fetcher, "get", get)
        pull_source(site.newsroom, number, site.fetcher)
        assert (titles(site), waits(site)) == ([], {"a", "b"})


def test_what_is_older_than_its_source_is_to_bring_is_left_out_and_says_so(site: Site) -> None:
    wire = Wire("new", "old", "undated")
    wire.ages = {"new": 2.9, "old": 3.1}
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_age=3))
        report = site.pull(number)
        assert report.row()["rejected"] == {"too-old": 1}
        assert sorted(titles(site)) == ["new", "undated"]
        old = records(site)["old"]
        assert (old.state, old.reason, old.detail) == (EntryState.REJECTED, "too-old", "older than 3 days")
        site.clock.later(days=30)
        assert site.pull(number).counts["created"] == 0  # and what is here stays
        assert sorted(titles(site)) == ["new", "undated"]
        source = site.source(number)
        site.change(replace(source, rules=replace(source.rules, max_age=60)))
        site.pull(number)
        assert sorted(titles(site)) == ["new", "old", "undated"]


def test_what_grows_too_old_while_it_waits_does_not_come(site: Site) -> None:
    wire = Wire("b", "a")
    wire.ages = {"a": 0.5, "b": 0.1}
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_age=1, max_per_day=1))
        site.pull(number)
        site.clock.later(hours=13)
        site.pull(number)
        assert (titles(site), records(site)["a"].reason) == (["b"], "too-old")


@pytest.mark.parametrize(
    ("entry", "page", "old"),
    [
        ({}, {}, False),
        ({"published": 8}, {}, True),
        ({"published": 6}, {"published": 9}, False),
        ({}, {"published": 9}, True),
        ({"updated": 8}, {}, True),
        ({"updated": 1}, {}, False),
        ({"updated": 1}, {"published": 9}, True),
        ({}, {"modified": 9}, True),
        ({"published": -3}, {}, False),
    ],
)
def test_by_which_date_an_article_is_old(entry: dict[str, int], page: dict[str, int], old: bool) -> None:
    dates = {name: NOW - timedelta(days=days) for name, days in entry.items()}
    said = {name: NOW - timedelta(days=days) for name, days in page.items()}
    link = "http://wire.example/a"
    assert is_too_old(Rules(max_age=7), Entry("a", link, **dates), Page(link, **said), NOW) is old  # type: ignore[arg-type]


def test_a_trial_says_what_would_wait(site: Site) -> None:
    wire = Wire("c", "b", "a")
    with Loopback(wire) as press:
        number = site.add(f"{press.url}/feed", rules=replace(BARE, max_per_day=2))
        found = preview(site.newsroom, site.source(number), site.fetcher, lambda *_: None)
        last = found["entries"][-1]
        assert (last["result"], last["reason"], last["detail"]) == ("waits", "day-limit", "2 a day")
        assert found["counts"] == {"created": 2, "waits": 1}
        site.pull(number)
        assert (len(titles(site)), json.dumps(found).count('"created"')) == (2, 3)
