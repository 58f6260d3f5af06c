"""Which entries of a document are one: neither a name nor an address says so that is repeated."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import page
from wirepress.model.wire import Entry, Rights, Rules
from wirepress.syndicate.identity import distinct, key_of, names_of, other_name

HOME = "https://courier.example/"
NAMES = ("Lock gates get new timber", "Choir finds a home in the chapel", "Night bakery opens by the station")


def entries(*given: tuple[str, str, str, str]) -> list[Entry]:
    return [Entry(guid, link, title, text) for guid, link, title, text in given]


@pytest.mark.parametrize(
    ("guids", "links"),
    [
        ((HOME,) * 3, ("/a", "/b", "/c")),
        (("1", "2", "3"), (HOME,) * 3),
        ((HOME,) * 3, (HOME,) * 3),
        ((HOME,) * 3, (f"{HOME}x",) * 3),
        (("1", "2", "3"), (f"{HOME}log#a", f"{HOME}log#b", f"{HOME}log#c")),
        (("1", "1", "2"), ("/a", "/b", "/b")),
        (("1", "2", "3"), ("", "", "")),
    ],
)
def test_what_is_repeated_is_no_identity(guids: tuple[str, ...], links: tuple[str, ...]) -> None:
    links = tuple(f"https://courier.example{link}" if link.startswith("/") else link for link in links)
    found = distinct(entries(*zip(guids, links, NAMES, NAMES, strict=True)))
    assert [entry.title for entry in found] == list(NAMES)
    assert len({entry.guid for entry in found}) == 3
    assert len({key_of(entry) for entry in found} - {""}) == len(set(filter(None, links))) or all(
        entry.is_part for entry in found if links.count(entry.link) > 1
    )


@pytest.mark.parametrize(
    "other",
    [
        ("1", f"{HOME}a", NAMES[0], "Rain."),  # listed twice
        ("1", f"{HOME}a", f"{NAMES[0]}, says council", "Rain, later snow."),  # in two versions
        ("2", f"{HOME}a", NAMES[0], "Rain."),  # under two names
        ("1", f"{HOME}world/a", NAMES[0], "Rain."),  # in two desks
        (f"{HOME}a?utm_source=x", f"{HOME}a?utm_source=x#comments", NAMES[0], "Snow."),
    ],
)
def test_one_article_is_one(other: tuple[str, str, str, str]) -> None:
    first = ("1", f"{HOME}a", NAMES[0], "Rain.")
    if other[0].startswith("http"):
        first = (f"{HOME}a", f"{HOME}a", NAMES[0], "Rain.")
    found = distinct(entries(first, other))
    assert [(entry.guid, entry.summary, entry.is_part) for entry in found] == [(first[0], "Rain.", False)]


def test_a_scheme_makes_no_other_name() -> None:
    found = distinct(
        entries(("http://c.example/?p=1", f"{HOME}a", "One", "x"), ("https://c.example/?p=1", "", "Two", "y"))
    )
    assert len({entry.guid for entry in found}) == 2
    assert not {"http://c.example/?p=1", "https://c.example/?p=1"} & {entry.guid for entry in found}
    once = distinct(
        entries(("http://c.example/?p=1", f"{HOME}a", "One", "x"), ("https://c.example/?p=1", f"{HOME}a", "One", "x"))
    )
    assert [entry.guid for entry in once] == ["http://c.example/?p=1"]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_an_entry_is_found_by_its_names_under_either_scheme(guid: str, link: str, title: str) -> None:
    before = Entry(f"http://{guid}", f"http://{link}", title)
    after = replace(before, guid=f"https://{guid}", link=f"https://{link}")
    assert set(names_of(before)) == set(names_of(after))
    assert {before.guid, after.guid, other_name(before), other_name(after)} <= set(names_of(after))


def test_a_site_that_moves_to_https_brings_nothing_anew(site: Site) -> None:
    """Its guids are addresses, and its permalinks have changed with the same turn."""
    shown = [("http", "good1"), ("https", "good2")]

    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/feed":
            scheme, place = shown[0]
            return reply(body=rss((f"{scheme}://courier.example/?p=1", f"/{place}", NAMES[0])))
        return reply(body=page(path[1:]), Content_Type="text/html")

    with Loopback(answer) as press:
        source = site.add(f"{press.url}/feed")
        site.pull(source)
        del shown[0]
        site.clock.later(hours=1)
        report = site.pull(source)
    assert (report.counts["created"], len(site.posts())) == (0, 1)


def rss(*items: tuple[str, str, str]) -> bytes:
    written = "".join(
        f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{guid}</guid>'
        f"<description>{title}, it was said on the evening of {guid} {title}.</description></item>"
        for guid, link, title in items
    )
    return f"<rss version='2.0'><channel><title>W</title>{written}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("guids", "links"),
    [
        ((HOME,) * 3, ("/good1", "/good2", "/good3")),
        (("1", "2", "3"), ("/front",) * 3),
        ((HOME,) * 3, ("/front",) * 3),
        (("1", "2", "3"), ("/front#1", "/front#2", "/front#3")),
    ],
)
@pytest.mark.parametrize("rights", [Rights.FULL, Rights.EXCERPT])
def test_each_is_taken_once_and_stays_so(
    site: Site, guids: tuple[str, ...], links: tuple[str, ...], rights: Rights
) -> None:
    items = list(zip(guids, links, NAMES, strict=True))
    listed = [items]

    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/feed":
            return reply(body=rss(*listed[-1]))
        return reply(body=page(path[1:]), Content_Type="text/html")

    with Loopback(answer) as press:
        source = site.add(f"{press.url}/feed", rights, rules=Rules())
        for shown in (items, items, items[::-1], items[1:], items[2:], items):
            listed.append(shown)
            site.pull(source)
    assert sorted(post.title for post in site.posts()) == sorted(NAMES)
    if links[0] != links[1] and "#" not in links[0]:
        return
    for post in site.posts():  # the front page is no article
        assert re.search("it was said on the evening", post.content + post.excerpt)


def test_a_date_to_come_is_that_of_the_page_or_now(site: Site) -> None:
    dated = page("good2").replace(
        b"<head>", b'<head><meta property="article:published_time" content="2025-06-14T08:30Z">'
    )

    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/feed":
            late = b"<pubDate>Mon, 07 Mar 2039 06:20:00 GMT</pubDate></item>"
            return reply(body=rss(("1", "/good1", NAMES[0]), ("2", "/good2", NAMES[1])).replace(b"</item>", late))
        return reply(body=dated if path == "/good2" else page("good1"), Content_Type="text/html")

    with Loopback(answer) as press:
        source = site.add(f"{press.url}/feed")
        site.pull(source)
        site.pull(source)
    found = {post.title: (post.date_gmt, post.status) for post in site.posts()}
    assert found == {NAMES[0]: ("2025-06-15 12:00:00", "publish"), NAMES[1]: ("2025-06-14 08:30:00", "publish")}
