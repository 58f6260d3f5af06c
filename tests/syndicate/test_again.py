"""What is asked again and when: articles that could not be taken, and sources that have moved or gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import feed, listed, page
from wirepress.model.wire import Rights, Rules
from wirepress.syndicate.decide import Candidate
from wirepress.syndicate.ingest import Ingest


class Paper:
    """A press with a feed whose pages a test puts there and takes away; it knows what it was asked."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.pages = {name: page(name) for name in names}
        self.status = 404
        self.asked: list[str] = []

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        self.asked.append(path)
        if path == "/feed":
            fresh = headers.get("if-none-match") == '"same"'
            return reply(304) if fresh else reply(body=feed(*self.names), ETag='"same"')
        body = self.pages.get(path[1:])
        return reply(body=body, Content_Type="text/html") if body else reply(self.status)

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
        # A feed that says nothing new is read whole in the first hours only.
        assert looks[-1] == looks[12]
        assert paper.looks("good") == 1
        paper.pages["bad"] = page("bad")
        paper.names = ("good", "bad", "new")
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        site.clock.later(days=2)
        site.pull(number)
    assert sorted(post.title for post in site.posts()) == ["Story bad", "Story good"]


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
        assert site.pull(number).result() == f"1 created, moved to {press.url}/new"
        assert site.source(number).url == f"{press.url}/new"
        assert site.pull(number).result() == "nothing new"
        # Where another source is already, it stays what it was.
        second = site.add(f"{press.url}/old")
        assert "moved" not in site.pull(second).result()
        assert site.source(second).url == f"{press.url}/old"


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
    near = Ingest.near

    def stumbling(ingest: Ingest, candidate: Candidate) -> int:
        if "bad" in candidate.entry.link:
            raise IndexError("list index out of range")
        return near(ingest, candidate)

    monkeypatch.setattr(Ingest, "near", stumbling)
    with Loopback(Paper("good", "bad", "best")) as press:
        report = site.pull(site.add(f"{press.url}/feed", rules=Rules()))
    assert (report.counts["created"], report.counts["failed"]) == (2, 1)
    assert report.notes == [f"{press.url}/bad: it could not be taken (IndexError)"]
