"""What is due is published: at once after a start, after downtime, whatever the clock did, and once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.content.desk import NOON, SERVER, Clock, article, database_url, make_newsroom
from tests.store import many
from wirepress.app import schedule as edge
from wirepress.app.schedule import AGAIN, Schedule
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import publishing, reading, schedule
from wirepress.content.posts.changes import Changes
from wirepress.model.moment import Stamp
from wirepress.store import bulk
from wirepress.store.database import open_database


class Time(Clock):
    """Both clocks, set apart from each other."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def newsroom(tmp_path: Path, time: Time) -> Iterator[Newsroom]:
    room = make_newsroom(tmp_path, clock=time)
    yield room
    room.database.close()


def planned(newsroom: Newsroom, at: str, title: str = "Planned") -> int:
    with newsroom.write() as view:
        return publishing.create(view, NEWSROOM, "post", Changes(title=title, status="future", date=Stamp(at))).id


def status_of(newsroom: Newsroom, post_id: int) -> str:
    with newsroom.view() as view:
        post = reading.get(view, post_id)
    assert post is not None
    return post.status


def test_what_is_due_is_published_when_its_time_comes(newsroom: Newsroom, time: Time) -> None:
    post = planned(newsroom, "2025-06-15 12:30:00")
    runs = Schedule(newsroom)
    assert runs.step() == 0
    time.moment = NOON + timedelta(minutes=29, seconds=59)
    assert (runs.step(), status_of(newsroom, post)) == (0, "future")
    time.moment = NOON + timedelta(minutes=30)
    assert (runs.step(), status_of(newsroom, post)) == (1, "publish")
    assert runs.step() == 0


def test_nothing_is_missed_after_downtime(newsroom: Newsroom, time: Time) -> None:
    numbers = [planned(newsroom, f"2025-06-{day} 08:00:00") for day in (16, 17, 18)]
    time.moment = datetime(2025, 9, 1, tzinfo=UTC)
    assert Schedule(newsroom).step() == 3
    assert {status_of(newsroom, number) for number in numbers} == {"publish"}


def test_a_clock_that_is_set_back_takes_nothing_back(newsroom: Newsroom, time: Time) -> None:
    early, late = planned(newsroom, "2025-06-15 13:00:00"), planned(newsroom, "2025-06-15 18:00:00")
    runs = Schedule(newsroom)
    time.moment = NOON + timedelta(hours=2)
    assert runs.step() == 1
    time.moment = NOON - timedelta(days=30)
    assert (runs.step(), status_of(newsroom, early), status_of(newsroom, late)) == (0, "publish", "future")
    time.moment = NOON + timedelta(days=30)
    assert (runs.step(), status_of(newsroom, late)) == (1, "publish")


def test_a_summers_hour_is_the_sites_own(tmp_path: Path, time: Time) -> None:
    """02:30 does not exist on that night; the post goes out at the moment that stands in its UTC date."""
    folder = tmp_path / "berlin"
    folder.mkdir()
    time.moment = datetime(2025, 3, 29, 12, tzinfo=UTC)
    room = make_newsroom(folder, clock=time, options={"timezone_string": "Europe/Berlin"})
    post = planned(room, "2025-03-30 03:30:00")
    runs = Schedule(room)
    time.moment = datetime(2025, 3, 30, 1, 29, tzinfo=UTC)
    assert runs.step() == 0
    time.moment = datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
    assert (runs.step(), status_of(room, post)) == (1, "publish")
    room.database.close()


def test_many_processes_publish_once(newsroom: Newsroom, time: Time, tmp_path: Path) -> None:
    numbers = [planned(newsroom, "2025-06-15 13:00:00", f"Story {n}") for n in range(8)]
    time.moment = NOON + timedelta(hours=2)
    with newsroom.view() as view:
        epoch = view.site.epoch
    rooms = [newsroom] * 3
    if not SERVER:
        rooms = [Newsroom(open_database(database_url(tmp_path)), time, newsroom.files) for _ in range(3)]
    counted: list[int] = []
    threads = [threading.Thread(target=lambda r=room: counted.append(Schedule(r).step())) for room in rooms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counted) == len(numbers)
    with newsroom.view() as view:
        assert view.site.epoch == epoch + len(numbers)
    for room in rooms:
        if room is not newsroom:
            room.database.close()


def test_one_that_fails_keeps_no_other_waiting(
    newsroom: Newsroom, time: Time, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = planned(newsroom, "2025-06-15 12:30:00"), planned(newsroom, "2025-06-15 13:00:00")
    time.moment = NOON + timedelta(hours=2)
    tried: list[int] = []
    publish = schedule.publish

    def failing(view: object, post_id: int) -> bool:
        tried.append(post_id)
        if post_id == bad and len(tried) < 3:
            raise RuntimeError("broken")
        return publish(view, post_id)  # type: ignore[arg-type]

    monkeypatch.setattr(schedule, "publish", failing)
    runs = Schedule(newsroom)
    assert (runs.step(), status_of(newsroom, bad), status_of(newsroom, good)) == (1, "future", "publish")
    assert f"post {bad} could not be published" in caplog.text
    assert (runs.step(), tried) == (0, [bad, good])
    time.seconds = AGAIN
    assert (runs.step(), status_of(newsroom, bad)) == (1, "publish")


def test_many_that_cannot_be_published_keep_no_other_waiting(
    newsroom: Newsroom, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither posts of types that nothing serves, which an import may bring, nor posts that fail again and again."""
    strange = [
        article(n, f"s{n}", "future", type="product", date=Stamp("2025-06-15 12:01:00")) for n in range(500, 620)
    ]
    with newsroom.write() as view:
        many.posts(view.unit, strange)
        bulk.settle(view.unit)
    bad = {planned(newsroom, "2025-06-15 12:30:00", f"Bad {n}") for n in range(3)}
    good = planned(newsroom, "2025-06-15 13:00:00")
    time.moment = NOON + timedelta(hours=2)
    monkeypatch.setattr(edge, "MOST", 2)
    publish = schedule.publish

    def failing(view: View, post_id: int) -> bool:
        if post_id in bad:
            raise RuntimeError("broken")
        return publish(view, post_id)

    monkeypatch.setattr(schedule, "publish", failing)
    runs = Schedule(newsroom)
    assert [runs.step() for _ in range(3)] == [0, 1, 0]
    assert status_of(newsroom, good) == "publish"
    assert status_of(newsroom, 500) == "future"


def test_a_look_is_one_statement(newsroom: Newsroom, time: Time) -> None:
    planned(newsroom, "2025-06-15 13:00:00")
    Schedule(newsroom).step()
    before = newsroom.database.statements
    Schedule(newsroom).step()
    assert newsroom.database.statements - before <= 2
    time.moment = NOON + timedelta(hours=2)
    with newsroom.view() as view:
        if view.unit.dialect == "sqlite":
            plan = view.unit.rows(
                "EXPLAIN QUERY PLAN SELECT id FROM posts WHERE status = 'future' AND date_gmt <= ?"
                " AND date_gmt <> ? AND type || '' IN (?, ?) ORDER BY date_gmt, id LIMIT ?",
                ("2025", "0", "post", "page", 1),
            )
            assert "ix_posts_due" in str(plan)


def test_it_looks_at_once_and_ends_when_told(newsroom: Newsroom, time: Time) -> None:
    post = planned(newsroom, "2025-06-15 12:30:00")
    time.moment = NOON + timedelta(hours=1)
    stop = threading.Event()
    thread = threading.Thread(target=Schedule(newsroom).run, args=(stop, 3600.0))
    thread.start()
    waited = threading.Event()
    for _ in range(500):
        if status_of(newsroom, post) == "publish":
            break
        waited.wait(0.02)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert status_of(newsroom, post) == "publish"
