"""Pages that list articles: what their selectors find, which are proposed, and which are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from examples.wire.press import Press
from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import page
from wirepress.model.wire import Rules, Source, SourceKind
from wirepress.syndicate import sources
from wirepress.syndicate.parse.listing import Selectors, read_listing
from wirepress.syndicate.parse.propose import propose
from wirepress.syndicate.parse.select import is_selector
from wirepress.syndicate.unreadable import Unreadable

URL = "https://paper.example/town/"
CARD = """<li class="card post-{0}{2}"><a href="/s/{0}"><img src="/{0}.jpg"></a><div><span class="kicker">Town</span>
  <h3><a href="/s/{0}">What the council has said {0}</a></h3><p>A summary of what it has said, at length.</p>
  <time datetime="2025-06-{1:02}T08:00:00Z">a while ago</time></div></li>"""
MENU = "".join(f'<li class="m"><a href="/m/{n}">All the news of town {n}</a></li>' for n in range(9))


def listing(cards: int = 6) -> str:
    shown = "".join(CARD.format(n, n, " is-first" if n == 1 else "") for n in range(1, cards + 1))
    return f"<title>Town</title><nav><ul>{MENU}</ul></nav><main><ul>{shown}</ul></main>"


def test_an_item_has_a_link_a_title_and_a_date() -> None:
    feed = read_listing(listing(), URL, "a", ".card", "h3", "time")
    assert len(feed.entries) == 6
    first = feed.entries[0]
    assert (first.link, first.title) == ("https://paper.example/s/1", "What the council has said 1")
    assert first.published == datetime(2025, 6, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ("<time>15 June 2025</time>", datetime(2025, 6, 15, tzinfo=UTC)),
        ("<time>3 hours ago</time>", None),
        ("<time>14:30</time>", None),
        ("<time>June 15</time>", None),
        ('<time content="2025-06-15"></time>', datetime(2025, 6, 15, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_date_means_the_same_tomorrow(markup: str, date: datetime | None) -> None:
    text = f'<div class="card"><a href="/1">One of them</a>{markup}</div>'
    (entry,) = read_listing(text, URL, "a", ".card", "", "time").entries
    assert entry.published == date


def test_an_item_without_a_link_is_none() -> None:
    text = '<div class="card"><b>Advertisement</b></div><a class="card" href="/1">One of them</a>'
    assert [entry.link for entry in read_listing(text, URL, "a", ".card").entries] == ["https://paper.example/1"]
    with pytest.raises(Unreadable, match=r"no link matches '\.card'"):
        read_listing('<div class="card">x</div>', URL, "a", ".card")


def test_the_same_page_has_the_same_proposal() -> None:
    found = propose(listing(), URL)
    assert found is not None
    assert found[0] == Selectors("h3 a", "li.card", "h3", "time")
    assert [entry.published.day for entry in found[1].entries if entry.published] == [1, 2, 3, 4, 5, 6]
    assert all(propose(listing(), URL) == found for _ in range(3))


def test_a_card_that_is_one_link_is_called_by_its_heading() -> None:
    cards = "".join(
        f'<a class="tease" href="/s/{n}"><article><h2>The bridge was opened {n}</h2><p>{"word " * 40}</p></article></a>'
        for n in range(5)
    )
    found = propose(f"<main>{cards}</main>", URL)
    assert found is not None
    titles = [entry.title for entry in found[1].entries]
    assert len(titles) == 5
    assert all("The bridge was opened" in title for title in titles)


def test_without_a_list_there_is_no_proposal() -> None:
    assert propose(f"<nav><ul>{MENU}</ul></nav><p>An article about one thing.</p>", URL) is None


PATHOLOGICAL = [
    "* " * 40 + "a",
    " > ".join(["div"] * 30),
    ":not(" * 60 + "a" + ")" * 60,
    ",".join(["a b"] * 30),
    "a:has(* * * * * * * * * *)",
    "a" + ".x" * 60,
    "a[",
    "a::before",
    "a:hover-ish(3",
    "a" * 3000,
    "\0",
    "a:nth-child(99999999999999999999999n+x)",
]


@pytest.mark.parametrize("selector", PATHOLOGICAL)
def test_a_selector_that_costs_too_much_is_none(selector: str) -> None:
    assert not is_selector(selector)
    with pytest.raises(Unreadable, match="no CSS selector that can be used"):
        read_listing(listing(), URL, selector)


def test_no_rule_of_a_source_holds_such_a_selector(site: Site) -> None:
    usual = Rules(links="a", items="li")
    for selector in PATHOLOGICAL[:3]:
        for name in sources.SELECTORS:
            given: dict[str, Any] = {name: selector}
            rules = replace(usual, **given)
            with site.newsroom.view() as view:
                flaws = sources.flaws(view, Source(0, URL, kind=SourceKind.LISTING, rules=rules))
            assert flaws == {name: "no_selector"}


@pytest.mark.parametrize(
    "selector", ["a", ".card > h3 a", "main article:not(.ad) h2 a, .teaser a[href*='/2025/']", "li a"]
)
def test_selectors_as_people_write_them_are_fine(selector: str) -> None:
    assert is_selector(selector)


def test_titles_and_dates_stand_in_items(site: Site) -> None:
    with site.newsroom.view() as view:
        wrong = sources.flaws(view, Source(0, URL, kind=SourceKind.LISTING, rules=Rules(titles="h3", dates="time")))
    assert wrong == {"links": "no_links", "titles": "no_items", "dates": "no_items"}


def test_private_addresses_in_a_list_are_not_asked_for(site: Site) -> None:
    text = b'<a class=s href="http://10.0.0.1/admin">One of the articles here</a><a class=s href="/good">Good</a>'

    def answered(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=text if path == "/list" else page(path[1:]), Content_Type="text/html")

    with Loopback(answered) as press:
        report = site.pull(site.add(f"{press.url}/list", rules=Rules(links=".s")))
    assert report.counts["created"] == 1
    assert "10.0.0.1 is not a public address" in " ".join(report.notes)


def test_what_is_still_listed_is_asked_for_changes_at_the_usual_interval(site: Site) -> None:
    texts = {"/one": page("one")}

    def answered(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=texts.get(path, b'<a class="s" href="/one">One of them all</a>'), Content_Type="text/html")

    with Loopback(answered) as press:
        number = site.add(f"{press.url}/list", rules=Rules(links=".s"))
        site.pull(number)
        texts["/one"] = page("two").replace(b"<title>two", b"<title>one")
        revised = 0
        for _ in range(14):
            site.clock.later(minutes=30)
            revised += site.pull(number).counts["revised"]
        assert (revised, press.paths().count("/one")) == (1, 2)


def test_the_press_of_the_demo_is_listed_by_its_proposal(site: Site, press: Press) -> None:
    fetched = site.fetcher.get(f"{press.base}/meridian/world/")
    found = propose(fetched.body.decode(), fetched.url)
    assert found is not None
    assert len(found[1].entries) >= 3
