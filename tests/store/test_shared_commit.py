"""Writes that wait for each other share a commit on SQLite, and stay apart in everything else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wirepress.model.errors import OutcomeUnknown
from wirepress.store import options
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'store.sqlite'}", pool=2, wait=5)
    migrate(opened)
    yield opened
    opened.close()


class Writers:
    """Threads that wait in a row while a first write is open."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.seen: dict[str, set[str]] = {}
        self.errors: dict[str, BaseException] = {}

    def kept(self) -> set[str]:
        with self.database.read() as unit:
            return {name for name in options.all_of(unit) if name.startswith("row ")}

    def write(self, name: str, then: Callable[[], None]) -> None:
        try:
            with self.database.write() as unit:
                options.set_value(unit, f"row {name}", name)
                then()
        except BaseException as error:  # noqa: BLE001 - the tests look at it
            self.errors[name] = error
        else:
            self.seen[name] = self.kept()

    def run(self, *waiting: tuple[str, Callable[[], None]]) -> None:
        """Opens a write, lets the others wait for it, ends it."""
        opened, go = threading.Event(), threading.Event()

        def hold() -> None:
            opened.set()
            assert go.wait(5)

        first = threading.Thread(target=self.write, args=("first", hold))
        first.start()
        assert opened.wait(5)
        others = [threading.Thread(target=self.write, args=one) for one in waiting]
        for other in others:
            other.start()
        until = time.monotonic() + 5
        while getattr(self.database, "_waiting") < len(others) and time.monotonic() < until:  # noqa: B009 - its own count
            time.sleep(0.001)
        go.set()
        for thread in (first, *others):
            thread.join(10)


def nothing() -> None:
    pass


def fail() -> None:
    raise ValueError("of its own")


def test_those_who_wait_are_committed_with_those_they_waited_for(database: Database) -> None:
    writers = Writers(database)
    writers.run(("second", nothing), ("third", nothing))
    everything = {"row first", "row second", "row third"}
    assert writers.errors == {}
    assert writers.seen == dict.fromkeys(("first", "second", "third"), everything)


def test_a_write_that_fails_is_undone_alone(database: Database) -> None:
    writers = Writers(database)
    writers.run(("second", fail), ("third", nothing), ("fourth", fail))
    assert set(writers.errors) == {"second", "fourth"}
    assert writers.kept() == {"row first", "row third"}


def test_nothing_is_committed_where_all_fail(database: Database) -> None:
    writers = Writers(database)
    before = database.hint()
    writers.write("alone", fail)
    assert set(writers.errors) == {"alone"}
    assert writers.kept() == set()
    assert database.hint() == before


def test_no_write_is_lost_among_many(database: Database) -> None:
    def count() -> None:
        for _ in range(25):
            with database.write() as unit:
                options.set_value(unit, "count", int(options.get(unit, "count") or 0) + 1)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with database.read() as unit:
        assert options.get(unit, "count") == 200


def test_a_commit_that_fails_is_told_to_everybody_who_shared_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = getattr(database, "_writer")  # noqa: B009 - a disk that fails cannot be had otherwise
    monkeypatch.setattr(engine.dialect, "do_commit", lambda _connection: fail())
    writers = Writers(database)
    writers.run(("second", nothing))
    assert set(writers.errors) == {"first", "second"}
    monkeypatch.undo()
    assert writers.kept() == set()
    with database.write() as unit:
        options.set_value(unit, "row later", 1)
    assert writers.kept() == {"row later"}


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[Database]:
    """A database in which nobody waits longer than a fifth of a second."""
    opened = open_database(f"sqlite:///{tmp_path / 'hurried.sqlite'}", pool=2, wait=0.2)
    migrate(opened)
    yield opened
    opened.close()


def test_who_waits_too_long_for_a_slow_one_is_told_that_nothing_was_kept(hurried: Database) -> None:
    """The slow one joins the transaction of a quick one and does not come to an end: both are undone, and know it."""
    writers, go, slow_began = Writers(hurried), threading.Event(), threading.Event()

    def hold() -> None:
        slow_began.set()
        assert go.wait(10)

    def until_somebody_waits() -> None:
        while getattr(hurried, "_waiting") == 0:  # noqa: B009 - its own count
            time.sleep(0.001)

    quick = threading.Thread(target=writers.write, args=("quick", until_somebody_waits))
    slow = threading.Thread(target=writers.write, args=("slow", hold))
    quick.start()
    slow.start()
    assert slow_began.wait(5)
    quick.join(10)
    assert getattr(writers.errors["quick"], "code", "") == "database_busy"
    go.set()
    slow.join(10)
    assert getattr(writers.errors["slow"], "code", "") == "database_busy"
    assert writers.kept() == set()
    writers.write("later", nothing)
    assert writers.kept() == {"row later"}


def test_who_waits_too_long_for_a_disk_is_told_that_nobody_knows(
    hurried: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, go, writers = getattr(hurried, "_writer"), threading.Event(), Writers(hurried)  # noqa: B009 - a disk that hangs
    commit = engine.dialect.do_commit

    def hang(connection: object) -> None:
        assert go.wait(10)
        commit(connection)

    monkeypatch.setattr(engine.dialect, "do_commit", hang)

    def until_somebody_waits() -> None:
        while getattr(hurried, "_waiting") == 0:  # noqa: B009 - its own count
            time.sleep(0.001)

    first = threading.Thread(target=writers.write, args=("first", until_somebody_waits))
    last = threading.Thread(target=writers.write, args=("last", nothing))
    first.start()
    last.start()
    first.join(10)
    assert isinstance(writers.errors["first"], OutcomeUnknown)
    writers.write("meanwhile", nothing)
    assert getattr(writers.errors["meanwhile"], "code", "") == "database_busy"
    go.set()
    last.join(10)
    assert writers.kept() == {"row first", "row last"}


def test_a_write_that_dies_leaves_nobody_waiting(database: Database) -> None:
    """Even an end of the thread, which is no failure, lets the others go on."""
    writers = Writers(database)

    def die() -> None:
        raise SystemExit

    writers.run(("dying", die), ("second", nothing))
    assert writers.kept() == {"row first", "row second"}
