"""The lines by which a source takes an article or leaves it, and what becomes of its terms."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.wire.press import Press
from tests.net.loopback import Loopback
from tests.syndicate.site import HOME, Site
from tests.syndicate.test_entries import Twins
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users, writers
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.entry import EntryQuery, EntryRecord
from wirepress.model.errors import Conflict
from wirepress.model.wire import Arrival, Byline, Create, Intent, Memory, OriginState, Rules
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.syndicate import entries, filters, ingest
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.filters import NoFilter, Subject, Verdict, mapped, read, read_mapping, verdict_of
from wirepress.syndicate.take import Outcome, apply

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
SUBJECT = Subject(
    title="Live: The harbour opens",
    authors=("Maria Meier", "Ada Byron"),
    terms=("Football", "Künste"),
    address="https://wire.example/sport/2025/the-harbour.html",
    language="de-AT",
    published=NOW - timedelta(days=8),
    now=NOW,
    text="one two three",
    has_picture=True,
)
FEED = "/courier/feed.rss"


@pytest.mark.parametrize(
    "condition",
    [
        'title contains "LIVE:"',
        'title matches "^Live"',
        "not title is Live",
        "title is live: the  Harbour opens",
        "author is maria meier",
        "author contains byron",
        "term is football",
        "term is Ku\u0308nste",  # as a Mac writes the letter
        "section is sport",
        "not section is the-harbour.html",
        "address contains wire.example/sport",
        "language is de",
        "language is de-at",
        "not language is d",
        "words < 4",
        "words > 2",
        "not words < 3",
        "text contains TWO",
        "age > 7 days",
        "age < 200 hours",
        "age > 1 week",
        "age < 9",
        "picture",
        "not title contains x and picture and words < 10",
        "author is " + '"Maria Meier" and term is Football',
    ],
)
def test_conditions_that_hold(condition: str) -> None:
    line = f"reject if {condition}"
    assert verdict_of((line,), SUBJECT) == Verdict("reject", line)
    assert verdict_of((f"reject if not picture and {condition}",), SUBJECT) == Verdict()


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("", "no_action"),
        ("remove if picture", "no_action"),
        ("category", "no_target"),
        ("category if picture", "no_target"),
        ("reject it", "no_condition"),
        ("reject if", "no_condition"),
        ("reject if picture if picture", "no_condition"),
        ("reject if colour is red", "no_field"),
        ("reject if picture and", "no_field"),
        ("reject if title", "no_test"),
        ("reject if title > 3", "no_test"),
        ("reject if words is 3", "no_test"),
        ("reject if title is", "no_value"),
        ("reject if title is and picture", "no_value"),
        ("reject if words < many", "no_number"),
        ("reject if words < 3 days", "no_number"),
        ("reject if age > 3 moons", "no_number"),
        ("reject if age > ²", "no_number"),
        ('reject if title matches "("', "no_pattern"),
        ('reject if title is "open', "no_end"),
        ("reject if title is " + "x" * 500, "too_long"),
    ],
)
def test_lines_that_are_no_filters(line: str, flaw: str) -> None:
    with pytest.raises(NoFilter, match=f"^{flaw}$"):
        read(line)
    assert filters.flaw_of(("reject", line, "reject"), read) == (2, flaw)


def test_the_first_that_decides_has_the_word_and_others_add_before() -> None:
    lines = (
        "category Sport if term is Football",
        "tag Live blog if title contains live",
        "author ada",
        "hold",
        "reject",
    )
    assert verdict_of(lines, SUBJECT) == Verdict("hold", "hold", ("Sport",), ("Live blog",), "ada")
    assert verdict_of(("accept if picture", "reject"), SUBJECT) == Verdict("accept", "accept if picture")
    assert verdict_of((), SUBJECT) == Verdict()


def test_what_is_not_known_yet_is_waited_for() -> None:
    early = replace(SUBJECT, text=None, has_picture=None, authors=None)
    assert verdict_of(("hold if words < 3", "reject"), early) is None
    assert verdict_of(("reject if title contains live", "hold if picture"), early) == Verdict(
        "reject", "reject if title contains live"
    )
    assert verdict_of(("reject if title is x and picture", "draft"), early) == Verdict("draft", "draft")


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_line_is_a_filter_or_says_why_not(line: str, other: str) -> None:
    for text in (line, f"reject if {line}", f'reject if title is "{line}" and {other}'):
        with contextlib.suppress(NoFilter):
            assert verdict_of((text,), SUBJECT) is not None


def test_terms_become_what_the_lines_say() -> None:
    lines = ("Football = category Sport", "Gossip = nothing", "künste = category", '"a = b" = tag c')
    for line in lines:
        read_mapping(line)
    assert mapped(lines, ("football", "GOSSIP", "Künste", "a = b", "Other")) == (("Sport", "Künste"), ("c", "Other"))
    assert mapped((*lines, "* = nothing"), ("Football", "Other")) == (("Sport",), ())
    for line in ("Football", "= tag", "a = b", "a = nothing b", "a = tag = b"):
        with pytest.raises(NoFilter, match="no_mapping"):
            read_mapping(line)


def pages(press: Press) -> set[str]:
    """The articles that were asked for."""
    paths = {path.partition("?")[0] for path, _ in press.asked}
    return {path for path in paths if path.endswith(".html")}


def test_what_a_filter_rejects_is_not_fetched_and_comes_when_the_filter_goes(site: Site, press: Press) -> None:
    number = site.add(press.base + FEED, rules=Rules(filters=("accept if title contains bell", "reject")))
    report = site.pull(number)
    assert [post.title for post in site.posts()] == ["Market hall finds its lost bell behind a wall"]
    assert (report.counts["created"], report.reasons["filtered"]) == (1, 4)
    assert pages(press) == {"/courier/2025/market-hall.html"}
    site.clock.later(hours=1)
    site.pull(number)
    assert pages(press) == {"/courier/2025/market-hall.html"}
    with site.newsroom.database.read() as unit:
        states = unit.rows("SELECT state, count(*) FROM origins GROUP BY state ORDER BY state")
    assert states == [(OriginState.LIVE.value, 1), (OriginState.SKIPPED.value, 4)]
    site.change(replace(site.source(number), rules=Rules(), memory=Memory()))
    site.clock.later(hours=1)
    site.pull(number)
    assert len(site.posts()) == 5


def test_how_articles_come_in(site: Site, press: Press) -> None:
    rules = Rules(
        category="Harbour",
        arrival=Arrival.DRAFT,
        filters=("publish if title contains bell", "hold if words > 1"),
        terms=("* = category",),
        byline=Byline.NAMES,
    )
    with site.newsroom.write() as view:
        users.create(view, UserChanges(login="tomasz", name="Tomasz Wrona", roles=("editor",), password="x"))
    site.pull(site.add(press.base + FEED, rules=rules))
    with site.newsroom.database.read() as unit:
        ids = [row[0] for row in unit.rows("SELECT post FROM origins WHERE post <> 0 ORDER BY post")]
        found = {post.title: post for post in post_store.load(unit, ids).values()}
    bell = next(post for title, post in found.items() if "bell" in title)
    others = [post for post in found.values() if post.id != bell.id]
    assert (bell.status, {post.status for post in others}) == ("publish", {"pending"})
    assert {term.taxonomy for post in found.values() for term in post.terms} == {"category"}
    assert all("Harbour" in {term.name for term in post.terms} for post in found.values())
    with site.newsroom.view() as view:
        for post in found.values():
            author = view.lookup.user(post.author)
            facts = site.origin(post).facts
            assert author is not None
            if facts.authors:
                assert (author.name, author.login[:5], dict(author.grants)) == (facts.authors[0], "wire-", {})
        assert users.by_login(view, "tomasz") is not None


def test_an_author_of_the_wire_is_nobody_who_works_here(site: Site) -> None:
    with site.newsroom.write() as view:
        staff = users.create(view, UserChanges(login="ada", name="Ada Byron", roles=("editor",), password="x"))
        one, again = (writers.called(view, name) for name in ("Ada Byron", "ADA  Byron"))
        other = writers.called(view, "Žofie 王")
        assert one == again
        assert len({staff.id, one, other}) == 3
        post = publishing.create(view, NEWSROOM, "post", Changes(title="x", status="publish", author=other))
        user = view.lookup.user(other)
    assert user is not None
    assert user.name == "Žofie 王"
    assert site.ask(f"{HOME}/wp-json/wp/v2/posts/{post.id}?_embed")["_embedded"]["author"][0]["name"] == "Žofie 王"


def test_what_one_source_leaves_out_another_one_may_bring(site: Site, press: Press) -> None:
    first = site.add(f"{press.base}{FEED}", rules=Rules(filters=("reject",)))
    second = site.add(f"{press.base}{FEED}?again", rules=Rules(filters=("reject if words < 1",)))
    third = site.add(f"{press.base}{FEED}?third")
    found = site.pull(first).found
    assert site.pull(second).counts["created"] == found
    assert site.pull(third).counts["created"] == 0
    for number in (first, second, third):
        site.clock.later(hours=1)
        assert site.pull(number).counts["created"] == 0
    rejected = records(site, first)
    assert {one.reason for one in rejected} == {"filtered"}
    tide = next(one for one in rejected if "tide-gates" in one.link)
    with pytest.raises(Conflict), site.newsroom.write() as view:
        entries.accept(view, NEWSROOM, tide)
    assert len(site.posts()) == found


def test_what_somebody_leaves_out_no_other_source_brings(site: Site, press: Press) -> None:
    first = site.add(f"{press.base}{FEED}", rules=Rules(filters=("reject",)))
    second = site.add(f"{press.base}{FEED}?again")
    found = site.pull(first).found
    with site.newsroom.write() as view:
        for one in records(site, first)[:2]:
            entries.reject(view, NEWSROOM, one)
    assert site.pull(second).counts["created"] == found - 2


def test_what_somebody_rejected_of_one_source_no_other_filters_bring_back(site: Site, press: Press) -> None:
    first = site.add(f"{press.base}{FEED}", rules=Rules(filters=("reject",)))
    second = site.add(f"{press.base}{FEED}?again", rules=Rules(filters=("reject",)))
    for number in (first, second):
        site.pull(number)
    by_link = {one.link: one for one in records(site, first)}
    with site.newsroom.write() as view:
        for one in records(site, second):
            entries.reject(view, NEWSROOM, one)
    for one in by_link.values():
        with pytest.raises(Conflict, match="rejected"), site.newsroom.write() as view:
            entries.retry(view, NEWSROOM, [one.id])
    source = site.source(first)
    site.change(replace(source, rules=Rules(), memory=Memory()))
    for _ in range(2):
        site.clock.later(hours=1)
        site.pull(first)
        assert site.posts() == []


def test_an_article_that_was_rejected_since_it_was_decided_about_is_not_published(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Twins("good")

    def rejected_first(newsroom: Newsroom, intent: Intent, *given: Any, **named: Any) -> Outcome:
        if isinstance(intent, Create):
            with newsroom.write() as view:
                entries.reject(view, NEWSROOM, records(site, first)[0])
        return apply(newsroom, intent, *given, **named)

    with Loopback(paper) as press:
        first = site.add(f"{press.url}/feed", rules=Rules(filters=("reject",)))
        site.pull(first)
        second = site.add(f"{press.url}/feed?again")
        monkeypatch.setattr(ingest, "apply", rejected_first)
        site.pull(second)
        assert site.posts() == []
        site.clock.later(days=1)
        site.change(replace(site.source(second), memory=Memory()))
        site.pull(second)
    assert (site.posts(), paper.looks("good")) == ([], 1)


def test_what_was_left_out_and_another_source_brought_is_not_fetched_again(site: Site, press: Press) -> None:
    first = site.add(f"{press.base}{FEED}", rules=Rules(filters=("reject",)))
    second = site.add(f"{press.base}{FEED}?again")
    for number in (first, second):
        site.pull(number)
    site.change(replace(site.source(first), rules=Rules(filters=("reject if words < 1",)), memory=Memory()))
    press.asked.clear()
    site.pull(first)
    # Of one that is linked by an address that leads to its own, only its page tells.
    assert {path.partition("?")[0] for path, _ in press.asked} == {
        FEED,
        "/courier/r/4711",
        "/courier/2025/market-hall.html",
    }
    press.asked.clear()
    site.clock.later(hours=1)
    site.pull(first)
    assert {path for path, _ in press.asked} == {FEED}
    assert {one.reason for one in records(site, first)} == {"duplicate"}


def test_the_filters_of_one_source_lose_nothing_that_another_one_tries_again(site: Site) -> None:
    paper = Twins("good")
    there, paper.pages = paper.pages, {}
    with Loopback(paper) as press:
        first = site.add(f"{press.url}/feed")
        site.pull(first)
        site.clock.later(hours=1)
        paper.pages = there
        for rule in ("reject", "reject if words > 1"):
            other = site.add(f"{press.url}/feed?{len(rule)}", rules=Rules(filters=(rule,)))
            assert site.pull(other).row()["rejecting"] == {rule: 1}
        with site.newsroom.database.read() as unit:
            (mine,) = store.find_origins(unit, first, [], [url_key(f"{press.url}/good")])
        assert (mine.source, mine.state, mine.facts.tries) == (first, OriginState.WAITING, 1)
        site.pull(first)
    assert [site.origin(post).source for post in site.posts()] == [first]


def records(site: Site, number: int) -> list[EntryRecord]:
    with site.newsroom.view() as view:
        return entries.browse(view, EntryQuery(per_page=100, source=number))[0]
