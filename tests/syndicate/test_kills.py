"""Killed at any moment, a pull leaves whole articles or none, and the next one brings the rest.

WIREPRESS_KILLS says how often it is killed: three times in `make test`, ten and more where there is time.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from examples.wire.press import Press, serving
from tests.servers.databases import own_database
from tests.syndicate import campaign
from tests.syndicate.site import LISTING, Site, site_in
from wirepress.app.doctor import examine
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.wire import Rights, Rules
from wirepress.store import posts, uploads
from wirepress.store.sweep import unfinished

KILLS = int(os.environ.get("WIREPRESS_KILLS", "3"))
SERVER = os.environ.get("WIREPRESS_TEST_POSTGRES", "")
ARTICLES = 12
PICTURES = 11
"""How many articles are led by one; under the rights of an excerpt the source's rules allow it."""


def command(site: Site) -> list[str]:
    return [sys.executable, "-m", "wirepress", "--site", str(site.settings.folder), "pull", "--json"]


def add_all(site: Site, press: Press) -> None:
    site.add(f"{press.base}/meridian/world/", rules=LISTING)
    site.add(f"{press.base}/courier/feed.rss")
    site.add(f"{press.base}/atlas/feed.atom", Rights.EXCERPT, rules=Rules(category="Elsewhere", picture=True))


def test_no_kill_loses_doubles_or_halves_an_article(tmp_path: Path) -> None:
    dice = Random(20250615)
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    with serving() as press:
        for turn in range(KILLS):
            with site_in(tmp_path / str(turn)) as site:
                add_all(site, press)
                press.asked.clear()
                # Counted in answers of the press, not in seconds: every moment of the pull has its chance.
                wanted = dice.randint(2, 28)
                with subprocess.Popen(command(site), stdout=subprocess.DEVNULL, env=environment) as child:
                    while child.poll() is None and len(press.asked) < wanted:
                        with_pause(child)
                    with_pause(child, dice.random() * 0.04)
                    child.send_signal(signal.SIGKILL)
                check_whole(site, killed=True)
                done = subprocess.run(command(site), stdout=subprocess.PIPE, env=environment, check=True)
                assert all(not row["failed"] for row in json.loads(done.stdout))
                check_whole(site)
                assert len({post.title for post in site.posts()}) == len(site.posts()) == ARTICLES
                assert len([post for post in site.posts() if post.thumbnail]) == PICTURES
                assert [f for f in examine(site.settings) if f.state != "ok"] == []


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a site is kept: in its folder, or in a database of its own on the server."""
    if request.param == "sqlite":
        yield ""
        return
    if not SERVER:
        pytest.skip("WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")
    with own_database(SERVER) as url:
        yield url


def test_a_worker_that_is_killed_beside_another_loses_and_doubles_nothing(tmp_path: Path, database: str) -> None:
    """Two workers look at three sources, all at once; one is killed, and the other brings the rest by itself."""
    dice = Random(20250616)
    environment = os.environ | {"PYTHONWARNINGS": "ignore", "WIREPRESS_PULL_SOURCES_HOST": "8"}
    with serving() as press, site_in(tmp_path / "site", database=database) as site:
        add_all(site, press)
        worker = [*command(site)[:-2], "worker"]
        with (
            subprocess.Popen(worker, stderr=subprocess.DEVNULL, env=environment) as one,
            subprocess.Popen(worker, stderr=subprocess.DEVNULL, env=environment) as other,
        ):
            wanted = dice.randint(8, 24)
            while len(press.asked) < wanted:
                with_pause(one)
            one.send_signal(signal.SIGKILL)
            one.wait()
            # What is done says so on the rows; it hangs here, where that never comes.
            while unfinished_sources(site):
                with_pause(other, 0.1)
            other.send_signal(signal.SIGTERM)
            assert other.wait() == 0
        check_whole(site)
        assert len({post.title for post in site.posts()}) == len(site.posts()) == ARTICLES
        assert len([post for post in site.posts() if post.thumbnail]) == PICTURES


def unfinished_sources(site: Site) -> int:
    """How many sources are being looked at or due, or have something left."""
    with site.newsroom.database.read() as unit:
        busy = "SELECT count(*) FROM sources s WHERE next_at <= ? OR lease_until > 0 OR EXISTS"
        left = " (SELECT 1 FROM entries b WHERE b.source = s.id AND b.state IN ('left', 'failed', 'dead'))"
        return int(unit.rows(busy + left, (int(time.time()),))[0][0])


def with_pause(child: subprocess.Popen[bytes], seconds: float = 0.002) -> None:
    """Waits for a moment, or for the child's end."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def check_whole(site: Site, *, killed: bool = False) -> None:
    """Every post that is there is all there; files that a kill left unnamed get their names when work goes on."""
    with site.newsroom.database.read() as unit:
        if unit.dialect == "sqlite":
            assert unit.rows("PRAGMA integrity_check") == [("ok",)]
        origins = unit.rows("SELECT post, count(*) FROM origins WHERE post IS NOT NULL GROUP BY post")
        assert sorted(origins) == [(post.id, 1) for post in site.posts()]
        for post in site.posts():
            assert post.content.count("syndication-source") == 2
            assert [term.taxonomy for term in post.terms][:1] == ["category"]
            assert post.rendering is not None
            assert post.revisions == 0
            assert posts.get(unit, post.thumbnail) is not None or "old station" in post.title
        for medium in site.posts("attachment"):
            assert posts.get(unit, medium.parent) is not None
            paths = uploads.of_post(unit, medium.id)
            assert paths
            files = site.newsroom.files
            left = list(unfinished(files)) if killed else []
            missing = [path for path in paths if not files.exists(path)]
            assert [path for path in missing if not any(part.endswith(path.rpartition("/")[2]) for part in left)] == []


def test_a_campaign_sees_what_is_lost_doubled_or_not_whole(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        one, other = (campaign.title_of(f"127-0-1-1-{number}") for number in range(2))
        whole = "<p>Words.</p>" * 12 + f"<p>{campaign.LAST}</p>"
        for title, content in ((one, whole), (one, whole), ("Nobody's", campaign.LAST)):
            with site.newsroom.write() as view:
                publishing.create(view, NEWSROOM, "post", Changes(title=title, content=content, status="publish"))
        found = campaign.flaws(site, 1, 2)
    assert found[:4] == [f"lost: {other}", f"doubled: {one}", "not wanted: Nobody's", "not whole: Nobody's"]
    assert found[4] == "not every post has one origin"
