"""Sources written down: TOML, lists of feeds, and what is wrong with them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.syndicate.site import Site
from wirepress.model.errors import Invalid
from wirepress.model.wire import Arrival, Memory, Rights, Rules, Source, SourceKind
from wirepress.store import sources as store
from wirepress.syndicate import definition, opml, sources
from wirepress.syndicate.definition import Applied, as_toml, definitions_of, settings_of, with_settings

FILE = """
[[source]]
url = "https://courier.example/feed"
name = "Courier"
rights = "full"
filters = ["reject if words < 80", 'category Sport if section is "sport"']

[[source]]
url = "https://meridian.example/world/"
links = ".card a"
active = false
"""


def apply(site: Site, text: str) -> Applied:
    with site.newsroom.write() as view:
        return definition.apply(view, definitions_of(text))


def test_a_file_is_applied_and_what_it_does_not_say_is_left(site: Site) -> None:
    other = site.add("https://other.example/feed")
    applied = apply(site, FILE)
    assert (len(applied.added), applied.changed, applied.same) == (2, (), ())
    courier, meridian = (site.source(number) for number in applied.added)
    assert (courier.rights, courier.rules.filters[0], courier.active) == (Rights.FULL, "reject if words < 80", True)
    assert (meridian.kind, meridian.active) == (SourceKind.LISTING, False)
    assert apply(site, FILE) == Applied((), (), (courier.id, meridian.id))
    site.change(replace(courier, rules=replace(courier.rules, category="By hand")))
    changed = FILE.replace('"full"', '"link"').replace("active = false", "active = true")
    assert apply(site, changed).changed == (courier.id, meridian.id)
    after = site.source(courier.id)
    assert (after.rights, after.rules.category, after.rules.filters) == (Rights.LINK, "By hand", courier.rules.filters)
    assert site.source(meridian.id).active
    assert site.source(other).rules.category == "Town"


KINDS = """
[[source]]
url = "https://blog.example/"
kind = "wordpress"

[[source]]
url = "https://paper.example/news-sitemap.xml"
kind = "sitemap"

[[source]]
url = "https://desk.example/"
links = "h3 a"
items = ".card"
titles = "h3"
dates = "time"

[[source]]
url = "https://desk.example/one"
kind = "article"
"""


def test_sources_of_all_kinds_are_written_down(site: Site) -> None:
    found = [site.source(number) for number in apply(site, KINDS).added]
    assert [source.kind for source in found] == [one for one in SourceKind if one is not SourceKind.FEED]
    assert (found[2].rules.items, found[2].rules.titles, found[2].rules.dates) == (".card", "h3", "time")
    listed = [settings_of(source, only_changed=True) for source in found]
    assert definitions_of(as_toml(listed)) == listed
    assert apply(site, as_toml(listed)).same == tuple(source.id for source in found)
    assert b"xmlUrl" not in opml.written(found, "Sources")


@pytest.mark.parametrize(
    ("kind", "flaws"),
    [
        ("listing", {"links": "no_links", "page": ""}),
        ("article", {"page": "no_page"}),
        ("sitemap", {"page": "no_page"}),
        ("wordpress", {}),
        ("feed", {}),
    ],
)
def test_a_kind_names_what_it_needs(site: Site, kind: str, flaws: dict[str, str]) -> None:
    source = with_settings(Source(0, "https://a.example/"), {"kind": kind, "page": "no"})
    with site.newsroom.view() as view:
        assert sources.flaws(view, source) == {name: flaw for name, flaw in flaws.items() if flaw}


@pytest.mark.parametrize("name", ["items", "titles", "dates"])
def test_another_selector_has_the_whole_list_read_again(site: Site, name: str) -> None:
    number = site.add("https://desk.example/", rules=Rules(links="a", items=".card"))
    site.change(replace(site.source(number), memory=Memory(etag='"1"', mark="2025-06-15", status=200)))
    with site.newsroom.write() as view:
        definition.keep(view, site.source(number), with_settings(site.source(number), {name: "h2"}))
    assert (site.source(number).memory.etag, site.source(number).memory.mark) == ("", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source = 3", "nothing but"),
        ("[[source]]\nname = 'x'", "has a url"),
        ("[[source]\n", "no TOML"),
        ("a = " + "[" * 5000, "no TOML"),
        (FILE + FILE, "twice"),
        ("title = 'x'\n" + FILE, "nothing but"),
        (FILE.replace("name =", "label ="), "'label' is no setting"),
        (FILE.replace('"full"', '"all"'), "rights is one of full, excerpt, link"),
        (FILE.replace("false", "3"), "active is yes or no"),
        (FILE.replace('["reject if words', '[3, "reject if words'), "filters is a list of lines"),
        (FILE.replace("words < 80", "words < many"), "https://courier.example/feed: filters: 1: no_number"),
        (FILE.replace("https://courier.example/feed", "file:///etc/passwd"), "url: no_address"),
    ],
)
def test_a_file_that_cannot_be_applied_changes_nothing(site: Site, text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        apply(site, text)
    with site.newsroom.database.read() as unit:
        assert store.standings(unit) == []


TEXTS = st.text(max_size=40)


@given(TEXTS, st.lists(TEXTS, max_size=4), st.sampled_from(Rights), st.booleans(), st.integers(60, 10**6))
def test_what_is_written_reads_as_it_was(name: str, lines: list[str], rights: Rights, active: bool, every: int) -> None:
    name, kept = " ".join(name.split()), tuple(line.strip() for line in lines if line.strip())
    rules = Rules(category=name, filters=kept, arrival=Arrival.PENDING)
    source = Source(0, "https://a.example/", name, rights=rights, active=active, rules=rules, interval=every)
    for only_changed in (False, True):
        written = as_toml([settings_of(source, only_changed=only_changed)])
        (read,) = tomllib.loads(written)["source"]
        assert with_settings(Source(0, ""), read) == source


def test_settings_of_the_command_line() -> None:
    given: dict[str, Any] = {"interval": "900", "page": "no", "picture": "yes", "filters": ["reject"], "links": "a"}
    source = with_settings(Source(0, "https://a.example/"), given)
    assert (source.interval, source.rules.page, source.rules.picture, source.kind) == (900, False, True, "listing")
    for name, value in (("interval", "-1"), ("interval", True), ("page", "perhaps"), ("filters", 3), ("memory", "x")):
        with pytest.raises(Invalid):
            with_settings(source, {name: value})


OPML = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Sport"><outline text="A &amp; B" xmlUrl="https://a.example/feed"/>
<outline text="Deep"><outline xmlUrl="https://b.example/feed" text="&x;"/></outline></outline>
<outline text="No feed" xmlUrl="javascript:alert(1)"/><outline xmlUrl="https://a.example/feed" text="Twice"/>
<outline title="C" text="see" xmlUrl=" https://c.example/feed "/></body></opml>"""


def test_a_list_of_feeds_is_read() -> None:
    assert opml.read(OPML) == [
        {"url": "https://a.example/feed", "name": "A & B", "category": "Sport"},
        {"url": "https://b.example/feed", "category": "Deep"},
        {"url": "https://c.example/feed", "name": "C"},
    ]
    for depth, found in ((200, [{"url": "https://a.example/", "category": "x"}]), (100_000, [])):
        assert (
            opml.read(b"<opml><body>" + b"<outline text='x'>" * depth + b"<outline xmlUrl='https://a.example/'/>")
            == found
        )
    for data in (b"", b"<rss/>", b"<opml/>", b"no xml", b"\xff\xfe"):
        with pytest.raises(Invalid):
            opml.read(data)


def test_a_list_of_feeds_is_written(tmp_path: Path) -> None:
    sources = [
        Source(1, "https://u:s3cret@a.example/feed", "A & \x00B", rules=Rules(category="Sport")),
        Source(2, "https://b.example/", kind=SourceKind.LISTING),
        Source(3, "https://c.example/feed"),
    ]
    written = opml.written(sources, "Mine")
    assert b"s3cret" not in written
    assert opml.read(written) == [
        {"url": "https://u:***@a.example/feed", "name": "A & B", "category": "Sport"},
        {"url": "https://c.example/feed", "name": "https://c.example/feed"},
    ]
