"""What is asked again and when: articles that could not be taken, and sources that have moved or gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import feed, listed, page
from wirepress.model.entry import EntryState
from wirepress.model.wire import Like, Origin, Rights, Rules
from wirepress.store import backlog
from wirepress.syndicate.comparing import Comparison
from wirepress.syndicate.examined import Examined
from wirepress.syndicate.schedule import MOST_TRIES


class Paper:
    """A press with a feed whose pages a test puts there and takes away; it knows what it was asked."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.pages = {name: page(name) for name in names}
        self.status = 404
        self.title, self.text = "", ""
        self.asked: list[str] = []

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        self.asked.append(path)
        if path == "/feed":
            fresh = headers.get("if-none-match") == '"same"'
            return reply(304) if fresh else reply(body=self.feed(), ETag='"same"')
        body = self.pages.get(path[1:])
        return reply(body=body, Content_Type="text/html") if body else reply(self.status)

    def feed(self) -> bytes:
        text = f"<description>{self.text}</description>" if self.text else ""
        title = f"<item><title>{self.title}" if self.title else "<item><title>"
        return (
            feed(*self.names).replace(b"</item>", f"{text}</item>".encode()).replace(b"<item><title>", title.encode())
        )

    def looks(self, name: str) -> int:
        return self.asked.count(f"/{name}")


@pytest.mark.parametrize("rights", list(Rights))
@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_stays_away_is_asked_ever_more_rarely(site: Site, rights: Rights, status: int) -> None:
    paper = Paper("good", "bad")
    paper.status = status
    del paper.pages["bad"]
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rights)
        looks = []
        for _ in range(24 * 7):
            site.pull(number)
            looks.append(paper.looks("bad"))
            site.clock.later(hours=1)
        assert [post.title for post in site.posts()] == ["Story good"]
        assert looks[:8] == [1, 2, 3, 3, 4, 4, 4, 4]  # an hour after the second, two after the third, then four
        assert looks[-1] == looks[80] == MOST_TRIES
        assert paper.looks("good") == 1
        # It rests until somebody wakes it, though its feed lists it still.
        paper.pages["bad"] = page("bad")
        site.clock.later(days=9)
        assert site.pull(number).counts["created"] == 0
        (dead,) = left_of(site, number)
        assert (dead.state, dead.tries, dead.error) == (
            EntryState.DEAD,
            MOST_TRIES,
            f"the server answered with status {status}",
        )
        with site.newsroom.database.write() as unit:
            assert backlog.retry(unit, [dead.id]) == 1
        assert site.pull(number).counts["created"] == 1
        assert left_of(site, number) == []
    assert sorted(post.title for post in site.posts()) == ["Story bad", "Story good"]


def left_of(site: Site, number: int) -> list[backlog.Waiting]:
    with site.newsroom.database.read() as unit:
        return backlog.listed(unit, number)


def test_what_left_its_feed_is_tried_again_all_the_same(site: Site) -> None:
    paper = Paper("late")
    late = paper.pages.pop("late")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        paper.pages["late"], paper.names = late, ()
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        site.clock.later(hours=1)
        assert site.pull(number).counts["created"] == 1
        assert left_of(site, number) == []


def test_what_was_given_up_is_tried_anew_when_its_source_says_something_else_of_it(site: Site) -> None:
    paper = Paper("bad")
    bad = paper.pages.pop("bad")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rules=Rules())
        for _ in range(MOST_TRIES):
            site.pull(number)
            site.clock.later(days=1)
        assert [one.state for one in left_of(site, number)] == [EntryState.DEAD]
        paper.pages["bad"], paper.title = bad, "Mended"
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        assert site.pull(number).counts["created"] == 1
        assert left_of(site, number) == []


@pytest.mark.parametrize("rights", list(Rights))
def test_what_is_left_is_kept_within_the_rights(site: Site, rights: Rights) -> None:
    long = " ".join(f"word{number}" for number in range(200))
    paper = Paper("bad")
    paper.text = f"{long} end"
    del paper.pages["bad"]
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rights)
        site.pull(number)
        (one,) = left_of(site, number)
        kept = {word for word in long.split() if site.holds(word + " ") or site.holds(word + "<")}
        assert len(kept) == {Rights.LINK: 0, Rights.EXCERPT: 55, Rights.FULL: 200}[rights]
        assert one.entry.digest
        # Narrowed, or read by other rules: what was left is forgotten, and read anew.
        site.change(replace(site.source(number), rights=Rights.EXCERPT if rights is Rights.LINK else Rights.LINK))
        assert left_of(site, number) == []


def test_what_came_at_last_is_remembered_as_any_other(site: Site) -> None:
    paper = Paper("late")
    late = paper.pages.pop("late")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        assert site.pull(number).counts["failed"] == 1
        paper.pages["late"] = late
        assert site.pull(number).counts["created"] == 1
        (post,) = site.posts()
        assert site.origin(post).facts.tries == 0
        assert site.pull(number).unchanged
    assert paper.looks("late") == 2


def test_what_one_source_waits_for_another_may_bring(site: Site) -> None:
    paper = Paper("late")
    late = paper.pages.pop("late")

    def answer(path: str, headers: dict[str, str]) -> bytes:
        renamed = feed("late").replace(b"<guid>late", b"<guid>by another name")
        return reply(body=renamed) if path == "/second" else paper(path, headers)

    with Loopback(answer) as press:
        first, second = site.add(f"{press.url}/feed"), site.add(f"{press.url}/second")
        for _ in range(3):
            site.pull(first)
        paper.pages["late"] = late
        site.clock.later(hours=2)
        assert site.pull(second).counts["created"] == 1
        assert site.pull(first).counts["created"] == 0
    (post,) = site.posts()
    assert site.origin(post).source == second


def test_a_source_that_has_moved_for_good_is_asked_there(site: Site) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        if path == "/old":
            return reply(301, Location="/new")
        return reply(body=feed("a")) if path == "/new" else reply(body=page("a"), Content_Type="text/html")

    with Loopback(answer) as press:
        number = site.add(f"{press.url}/old")
        assert site.pull(number).result() == "1 created"
        assert site.source(number).url == f"{press.url}/old"  # it may be a mishap
        assert site.pull(number).result() == f"nothing new, moved to {press.url}/new"
        assert site.source(number).url == f"{press.url}/new"
        assert site.pull(number).result() == "nothing new"
        # Where another source is already, it stays what it was.
        second = site.add(f"{press.url}/old")
        assert not any("moved" in site.pull(second).result() for _ in range(3))
        assert site.source(second).url == f"{press.url}/old"


def test_a_move_that_does_not_hold_is_forgotten(site: Site) -> None:
    targets = ["/a", "", "/a", "/b", "/login/feed", "/login/feed", "/", "/"]

    def answer(path: str, headers: dict[str, str]) -> bytes:
        target = targets.pop(0) if path == "/old" else ""
        return reply(301, Location=target) if target else reply(body=feed())

    with Loopback(answer) as press:
        number = site.add(f"{press.url}/old")
        while targets:
            assert not site.pull(number).error
            assert site.source(number).url == f"{press.url}/old"


@pytest.mark.parametrize("status", [302, 307])
def test_a_source_that_is_elsewhere_for_a_while_stays(site: Site, status: int) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return reply(status, Location="/new") if path == "/old" else reply(body=feed())

    with Loopback(answer) as press:
        number = site.add(f"{press.url}/old")
        site.pull(number)
        assert site.source(number).url == f"{press.url}/old"


def test_a_move_to_what_is_no_feed_is_not_believed(site: Site) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return reply(301, Location="/sign-in") if path == "/old" else reply(body=b"<html><body>Sign in</body></html>")

    with Loopback(answer) as press:
        number = site.add(f"{press.url}/old")
        assert site.pull(number).error
        assert site.source(number).url == f"{press.url}/old"


def test_a_source_that_is_gone_for_good_is_asked_no_more(site: Site) -> None:
    with Loopback(lambda path, headers: reply(410)) as press:
        number = site.add(f"{press.url}/feed")
        assert "gone for good; it is asked no more" in site.pull(number).error
    assert not site.source(number).active
    assert "gone for good" in listed(site)


def test_a_page_taken_for_a_feed_says_where_its_feeds_are(site: Site) -> None:
    home = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'
    with Loopback(lambda path, headers: reply(body=home, Content_Type="text/html")) as press:
        report = site.pull(site.add(f"{press.url}/"))
        assert report.error == f"this is a web page, not a feed; it names {press.url}/rss"


def test_a_mistake_of_ours_costs_one_article(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    like = Comparison.like

    def stumbling(comparison: Comparison, examined: Examined, known: Origin | None) -> Like | None:
        if "bad" in examined.entry.link:
            raise IndexError("list index out of range")
        return like(comparison, examined, known)

    monkeypatch.setattr(Comparison, "like", stumbling)
    with Loopback(Paper("good", "bad", "best")) as press:
        report = site.pull(site.add(f"{press.url}/feed", rules=Rules()))
    assert (report.counts["created"], report.counts["failed"]) == (2, 1)
    assert report.notes == [f"{press.url}/bad: it could not be taken (IndexError)"]
