"""The worker's rounds: what brings nothing is not seen by any reader, and a signal ends it at once."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from examples.wire.press import serving
from tests.net.loopback import Loopback, reply
from tests.store.full import refusing
from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import LISTING, Site, polled, site_in
from wirepress.app.worker import AT_ONCE, Upkeep, clear, opened, tidied, wishes_of
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import CannotWrite
from wirepress.model.moment import stamp
from wirepress.model.post import Post
from wirepress.model.wire import Rights
from wirepress.store import posts
from wirepress.store import sources as store
from wirepress.store.tables import sources
from wirepress.syndicate.lease import own_place


@pytest.mark.parametrize(("conditional", "rounds"), [(True, 60), (False, 20)], ids=["304", "200 unchanged"])
def test_polls_that_bring_nothing_do_not_raise_the_epoch(tmp_path: Path, conditional: bool, rounds: int) -> None:
    with serving() as press, site_in(tmp_path / "site") as site:
        numbers = [site.add(f"{press.base}/courier/feed.rss"), site.add(f"{press.base}/meridian/world/", rules=LISTING)]
        assert polled(site) == 2
        assert len(site.posts()) == 8
        epoch = site.epoch()
        for _ in range(rounds):
            due(site, numbers, forget=not conditional)
            assert polled(site) == 2
        statuses = [status for path, status in press.asked if path == "/courier/feed.rss"]
        assert statuses == [200] + rounds * [304 if conditional else 200]
        assert site.epoch() == epoch
        assert polled(site) == 0


def test_a_source_is_due_at_once_when_there_is_room_again(tmp_path: Path) -> None:
    """Neither its lease, which could not be given back, nor a pause keeps it waiting; and it did not fail."""
    feed = b'<rss version="2.0"><channel><title>W</title><item><title>A</title><link>/a</link></item></channel></rss>'
    room = contextlib.ExitStack()

    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/feed" and not asked:
            room.enter_context(refusing(site.newsroom.database))
        asked.append(path)
        return reply(404) if path == "/robots.txt" else reply(body=feed)

    asked: list[str] = []
    with Loopback(answer) as press, site_in(tmp_path / "site") as site, room:
        number = site.add(f"{press.url}/feed", Rights.LINK)
        with pytest.raises(CannotWrite):
            polled(site)
        room.close()
        with site.newsroom.database.read() as unit:
            assert unit.rows("SELECT lease_until > 0 FROM sources") == [(1,)]
        assert polled(site) == 1
        assert len(site.posts()) == 1
        with site.newsroom.database.read() as unit:
            assert unit.rows("SELECT lease_until, attempts FROM sources") == [(0, 0)]
        assert site.source(number).memory.error == ""


def test_the_lease_of_a_dead_worker_keeps_no_source_waiting(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    name = f"{own_place()}:{gone.pid}:1"
    with serving() as press, site_in(tmp_path / "site") as site:
        site.add(f"{press.base}/courier/feed.rss")
        for holder, pulled in ((f"elsewhere.example:{gone.pid}:1", 0), (name, 1)):
            with site.newsroom.database.write() as unit:
                unit.execute(update(sources).values(lease_by=holder, lease_until=2**40))
            assert polled(site) == pulled


def test_a_worker_waits_for_its_database(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with site_in(tmp_path / "site") as site:
        lost = replace(site.settings, database=f"sqlite:///{tmp_path / 'not' / 'there.sqlite'}")

    class Soon(threading.Event):
        """Somebody mends it while the worker waits."""

        def wait(self, timeout: float | None = None) -> bool:
            (tmp_path / "not").mkdir()
            (site.settings.folder / "wirepress.sqlite").rename(tmp_path / "not" / "there.sqlite")
            return self.is_set()

    newsroom = opened(lost, Soon())
    assert newsroom is not None
    newsroom.database.close()
    # Threads of other tests may have something to say, too.
    said = [record.levelname for record in caplog.records if "No such file or directory" in record.getMessage()]
    assert said == ["ERROR"]


def due(site: Site, numbers: list[int], *, forget: bool) -> None:
    """Makes the time of the sources come, as the schedule would."""
    with site.newsroom.database.write() as unit:
        for number in numbers:
            store.due_now(unit, number)
    if forget:
        for number in numbers:
            source = site.source(number)
            site.change(replace(source, memory=replace(source.memory, etag="", last_modified="")))


def test_renderings_of_another_time_are_made_anew_without_a_readers_notice(tmp_path: Path) -> None:
    stop = threading.Event()
    with serving() as press, site_in(tmp_path / "site") as site:
        site.pull(site.add(f"{press.base}/courier/feed.rss"))
        upkeep = Upkeep(site.newsroom)
        assert upkeep.step(stop) == 0
        with site.newsroom.database.write() as unit:
            options.set(unit, "excerpt_more", "...")
            unit.run("UPDATE renderings SET render_version = 0")
            unit.raise_epoch()
        epoch = site.epoch()
        assert upkeep.step(stop) == len(site.posts()) + len(site.posts("attachment"))
        assert upkeep.step(stop) == 0
        assert site.epoch() == epoch


def test_what_posts_show_of_other_sites_is_looked_up_beside_the_sources(tmp_path: Path) -> None:
    stop = threading.Event()
    with site_in(tmp_path / "site") as site:
        elsewhere = Elsewhere({"https://vimeo.com/api/oembed.json": {"type": "link", "title": "A film"}})
        assert wishes_of(site.newsroom, elsewhere, stop) == 0
        with site.newsroom.write() as view:
            publishing.create(view, NEWSROOM, "post", Changes(content="https://vimeo.com/1\n\n", status="publish"))
        assert wishes_of(site.newsroom, elsewhere, stop) == 1
        assert wishes_of(site.newsroom, elsewhere, stop) == 0
        assert site.posts()[0].rendering is not None
        assert ">A film</a>" in str(site.posts()[0].rendering)


def test_what_nobody_wrote_in_is_cleared_whether_sources_are_pulled_or_not(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        week = site.newsroom.clock.now() - timedelta(days=8)
        old = stamp(week)
        with site.newsroom.database.write() as unit:
            for number in range(2 * AT_ONCE + 5):
                begun = Post(0, type="post", status="auto-draft", slug=f"a{number}", date=old, date_gmt=old)
                posts.insert(unit, replace(begun, modified=old, modified_gmt=old))
        with site.newsroom.write() as view:
            publishing.create(view, NEWSROOM, "post", Changes(title="Auto Draft", status="auto-draft"))
        stopped = threading.Event()
        stopped.set()
        assert clear(site.newsroom, stopped) == 0
        stop = threading.Event()
        tidying = threading.Thread(target=tidied, args=(site.newsroom, stop))
        tidying.start()
        for _ in range(100):
            with site.newsroom.database.read() as unit:
                left = unit.rows("SELECT count(*) FROM posts WHERE status = 'auto-draft'")[0][0]
            if left == 1:
                break
            time.sleep(0.05)
        stop.set()
        tidying.join()
        assert left == 1


def test_a_signal_ends_the_worker_in_the_middle_of_a_pull(tmp_path: Path) -> None:
    """A page that never comes holds nobody: the worker gives its lease back and the source is due at once."""
    held = threading.Event()
    feed = b'<rss version="2.0"><channel><title>W</title><item><title>A</title><link>/a</link></item></channel></rss>'

    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/a":
            held.set()
            time.sleep(20)
        return reply(404) if path == "/robots.txt" else reply(body=feed)

    with Loopback(answer) as press, site_in(tmp_path / "site") as site:
        number = site.add(f"{press.url}/feed")
        code = "import sys; from pathlib import Path; from wirepress.app import settings, worker;"
        code += "worker.run(settings.load(Path(sys.argv[1])))"
        command = [sys.executable, "-c", code, str(site.settings.folder)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | {"PYTHONWARNINGS": ""}) as child:
            assert held.wait(30)
            child.send_signal(signal.SIGTERM)
            _, said = child.communicate(timeout=5)
        assert child.returncode == 0
        assert b"Traceback" not in said
        with site.newsroom.database.read() as unit:
            ((lease, next_at, attempts),) = unit.rows("SELECT lease_until, next_at, attempts FROM sources")
        assert (lease, attempts) == (0, 0)
        assert next_at <= time.time()
        assert site.source(number).memory.error == ""
        assert site.posts() == []
