"""What the demo promises to show: each of its sights is there, after the press was pulled and has corrected itself."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from examples.wire.press import CORRECTIONS, serving
from tests.admin.client import Client
from tests.content.desk import ROLES
from tests.syndicate.site import HOME, Site, polled, site_in
from wirepress.app import demo as stage
from wirepress.app.demo import Demo
from wirepress.content import options
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.entry import EntryQuery, EntryRecord
from wirepress.model.web import Request
from wirepress.site import styleguide
from wirepress.site.reader import Reader
from wirepress.store import entries, sources

PAID = "pension fund of the tram drivers"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Demo]]:
    """A site as the demo makes it, but pulled in this process."""
    with serving() as press, site_in(Path(tmp_path_factory.mktemp("demo"))) as site:
        with site.newsroom.write() as view:
            for role in ROLES[1:]:
                users.create(view, UserChanges(login=role, email=f"{role}@example.com", roles=(role,)))
        demo = Demo(replace(site.settings, address=HOME), press.base, "admin", "secret")
        for _ in range(2):  # what is there is left alone
            stage.fill(site.settings, press.base, "secret")
        numbers = [number(site, source.url) for source in stage.wanted(press.base)]
        assert numbers == [1, 2, 3, 4, 5]
        for one in numbers:
            assert site.pull(one).error == ""
        stage.edit(demo)
        stage.edit(demo)  # as it is where a start was cut off
        press.correct()
        assert polled(site) == 1  # the paper that corrects itself is due, and no other one
        yield site, demo


def number(site: Site, url: str) -> int:
    """The id of a source."""
    with site.newsroom.database.read() as unit:
        found = sources.by_url(unit, url)
    assert found is not None
    return found.id


def entry(site: Site, title: str) -> EntryRecord:
    """The entry whose title holds some words."""
    with site.newsroom.database.read() as unit:
        (found,), _ = entries.find(unit, EntryQuery(search=title))
    return found


def test_each_sight_is_where_it_is_said_to_be(shown: tuple[Site, Demo]) -> None:
    site, demo = shown
    client = Client(site.newsroom)
    seen = {
        "Held by a rule": 'hold if title contains "Opinion:"',
        "Told by two papers": "Fog holds a grain fleet off the Teal estuary",
        "Corrected after it was edited here": "Observatory opens its dome to everyone",
        "Corrected, and followed": "Night trams return after eleven years",
        "Behind a paywall": "it has to be paid for, and its page shows a part of it only",
        "From a WordPress site": "A ferry for nine people & their bicycles",
    }
    sights = dict(stage.sights(demo))
    assert sights.pop("All blocks on one page") == f"{HOME}{styleguide.PATH}"
    assert sights.keys() == seen.keys()
    for what, address in sights.items():
        page = client.get("administrator", address.removeprefix(f"{HOME}/wp-admin/"))
        assert page.status == 200, address
        assert seen[what] in page.text, what


def test_all_blocks_are_on_one_page_of_the_demo(shown: tuple[Site, Demo]) -> None:
    site, _ = shown
    reader, asked = Reader(site.newsroom), Request("GET", styleguide.PATH, "")
    assert reader.answer(asked).status == 404
    with site.newsroom.write() as view:
        options.set(view.unit, styleguide.OPTION, stage.OPTIONS[styleguide.OPTION])
    assert "Style guide" in reader.answer(asked).body.decode()


def test_no_more_of_a_paid_article_is_published_than_its_feed_gives(shown: tuple[Site, Demo]) -> None:
    site, _ = shown
    found = entry(site, "cold store")
    assert (found.state, found.reason) == ("taken", "paywall")
    assert "Four companies share one door" in site.post("cold store").content
    assert site.holds(PAID) == []


def test_what_two_papers_tell_is_one_post(shown: tuple[Site, Demo]) -> None:
    site, _ = shown
    double = entry(site, "Fog holds")
    assert (double.state, double.reason, double.other) == ("duplicate", "near-duplicate", site.post("Grain ships").id)
    assert "Northquay Gazette" in site.post("Grain ships").content


def test_a_correction_follows_but_not_over_what_the_desk_wrote(shown: tuple[Site, Demo]) -> None:
    site, _ = shown
    assert entry(site, "Night trams").state == "updated"
    assert "first Friday of April" in site.post("Night trams").content
    observatory = site.post("Observatory").content
    assert observatory.count("The last bus down the hill leaves at eleven.") == 1
    assert "Friday night" not in observatory


def test_a_post_of_another_wordpress_site_keeps_its_blocks(shown: tuple[Site, Demo]) -> None:
    site, _ = shown
    ferry = site.post("A ferry for nine people").content
    assert "<!-- wp:heading" in ferry
    assert "<!-- wp:list" in ferry
    assert ferry.count("<!-- wp:image") == 1
    assert not [post.title for post in site.posts() if "Minutes" in post.title]


def test_what_is_corrected_stays_so_in_the_next_run(tmp_path: Path) -> None:
    demo = stage.prepare(tmp_path / "site", 8099)
    assert not demo.corrected
    stage.remember_correction(demo)
    again = stage.prepare(tmp_path / "site", 8099)
    assert (again.corrected, again.press, again.password) == (True, demo.press, demo.password)
    with stage.press_running(again.press, corrected=True):
        for path, changes in CORRECTIONS.items():
            with urllib.request.urlopen(again.press + path) as answer:
                text = answer.read().decode()
            for before, after in changes:
                assert (before in text, after in text) == (False, True)
