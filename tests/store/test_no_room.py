"""What there is no room for is refused as such, whole, and told to everybody whom it takes along."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from io import RawIOBase
from pathlib import Path
from typing import Any

import pytest

from tests.store.full import done, full
from wirepress.model.errors import CannotWrite, NoRoom, OutcomeUnknown, Unavailable
from wirepress.store import import_files, options, staged
from wirepress.store.database import Database, Unit, open_database
from wirepress.store.faults import file_faults
from wirepress.store.files import Files
from wirepress.store.import_files import ImportFiles
from wirepress.store.migrations import migrate

MUCH = "x" * 500_000


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def database(place: str) -> Iterator[Database]:
    opened = open_database(place, pool=2, wait=5)
    migrate(opened)
    yield opened
    opened.close()


def set_row(name: str, value: object) -> Callable[[Unit], object]:
    return lambda unit: options.set_value(unit, f"row {name}", value)


def kept(database: Database) -> dict[str, object]:
    with database.read() as unit:
        return {name: value for name, value in options.all_of(unit).items() if name.startswith("row ")}


def test_a_write_without_room_is_refused_whole_and_reads_go_on(database: Database) -> None:
    with database.write() as unit:
        options.set_value(unit, "row before", 1)
    with full(database):
        with pytest.raises(NoRoom) as refused:
            done(database.write(), set_row("small", 1), set_row("large", MUCH))
        assert (refused.value.code, refused.value.wait > 0) == ("no_room", True)
        assert kept(database) == {"row before": 1}
        assert database.refused is refused.value
    with database.write() as unit:
        options.set_value(unit, "row large", MUCH)
        unit.run("UPDATE state SET number = number + 1 WHERE name = 'epoch'")
    assert kept(database)["row large"] == MUCH
    assert database.refused is None


def test_those_who_shared_with_a_write_without_room_hear_of_it(database: Database) -> None:
    """A full disk may undo the whole transaction: nobody is told that something was kept which was not."""
    opened, go, told = threading.Event(), threading.Event(), {}

    def write(name: str, value: str, *, held: bool) -> None:
        try:
            with database.write() as unit:
                options.set_value(unit, f"row {name}", value)
                if held:
                    opened.set()
                    assert go.wait(5)
        except NoRoom:
            told[name] = "no room"
        else:
            told[name] = "kept"

    with full(database):
        first = threading.Thread(target=write, args=("small", "1"), kwargs={"held": True})
        first.start()
        assert opened.wait(5)
        others = [threading.Thread(target=write, args=(f"large {n}", MUCH), kwargs={"held": False}) for n in range(3)]
        for other in others:
            other.start()
        go.set()
        for thread in (first, *others):
            thread.join(20)
        assert len(told) == 4
        assert {name for name, word in told.items() if word == "kept"} == {name[4:] for name in kept(database)}
        assert all(told[f"large {n}"] == "no room" for n in range(3))


def test_a_file_that_nothing_may_be_written_to_is_no_full_one(database: Database) -> None:
    with database.write() as unit:
        unit.rows("PRAGMA query_only = ON")
    with pytest.raises(CannotWrite) as refused, database.write() as unit:
        options.set_value(unit, "row", 1)
    assert not isinstance(refused.value, NoRoom)
    assert kept(database) == {}


LIMITED = """
import resource, signal, sys
from wirepress.model.errors import CannotWrite, NoRoom
from wirepress.store import options
from wirepress.store.database import open_database
from wirepress.store.files import Files
from wirepress.store.staged import write_parts
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = open_database(sys.argv[1], pool=2, wait=5)
with database.write() as unit:
    options.set_value(unit, "row before", 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))
for number in range(3):
    try:
        with database.write() as unit:
            options.set_value(unit, "row large", "x" * (4 << 20))
    except CannotWrite:
        print("refused")
try:
    write_parts(Files(Path(sys.argv[2])), [b"x" * 100, b"y" * (2 << 20)])
except NoRoom as error:
    print(error.code, sorted(path.name for path in Path(sys.argv[2]).iterdir()))
with database.read() as unit:
    print(sorted(name for name in options.all_of(unit) if name.startswith("row ")))
database.close()
"""


def test_a_real_limit_of_the_system_leaves_nothing_half_written(database: Database, place: str, tmp_path: Path) -> None:
    """The system itself refuses bytes here, in the log of writes and in uploads, in the middle of a write."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, place, str(tmp_path / "uploads")],
        capture_output=True, text=True, check=False, env=os.environ, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.splitlines() == [*["refused"] * 3, "no_room []", "['row before']"]
    assert kept(database) == {"row before": 1}
    with database.read() as unit:
        assert unit.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_commit_that_was_not_synced_is_nobodys_to_know(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC

    def fail(_connection: object) -> None:
        raise error

    engine = getattr(database, "_writer")  # noqa: B009 - a disk that fails cannot be had otherwise
    monkeypatch.setattr(engine.dialect, "do_commit", fail)
    with pytest.raises(OutcomeUnknown) as refused, database.write() as unit:
        options.set_value(unit, "row", 1)
    assert refused.value.wait == 0
    monkeypatch.undo()
    with database.write() as unit:
        options.set_value(unit, "row later", 2)
    assert kept(database) == {"row later": 2}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoRoom),
        (errno.EDQUOT, NoRoom),
        (errno.EROFS, CannotWrite),
        (errno.EIO, CannotWrite),
        (errno.EACCES, CannotWrite),
        (errno.EPERM, CannotWrite),
    ],
)
def test_what_the_system_says_of_a_file_is_told_by_its_kind(
    database: Database, number: int, kind: type[Unavailable]
) -> None:
    with pytest.raises(kind), file_faults():
        raise OSError(number, os.strerror(number))

    def fail(_unit: Unit) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(kind):
        done(database.write(), set_row("1", 1), fail)
    assert kept(database) == {}


def test_other_errors_of_files_stay_what_they_are() -> None:
    with pytest.raises(FileNotFoundError), file_faults():
        raise FileNotFoundError(errno.ENOENT, "no")


class FullFile(RawIOBase):
    """A file on a disk that takes some bytes more and then none."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 10

    def write(self, data: Any) -> int:
        taken = min(self.room, len(data))
        if not taken:
            raise OSError(errno.ENOSPC, "full")
        self.room -= taken
        self.size += taken
        return taken

    def truncate(self, size: int | None = None) -> int:
        self.size = size or 0
        return self.size


def test_a_piece_of_an_import_is_written_whole_or_not_at_all() -> None:
    file = FullFile(room=3)
    with pytest.raises(OSError, match="full"):
        import_files._append(file, b"12345", 10)
    assert file.size == 10
    file.room = 5
    import_files._append(file, b"12345", 10)
    assert file.size == 15


def test_an_upload_into_a_folder_that_is_full_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(place: Path, pieces: Iterable[bytes]) -> None:
        place.write_bytes(b"".join(pieces)[:10])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(staged, "_write", fail)
    files = Files(tmp_path / "uploads")
    with pytest.raises(NoRoom):
        staged.write_parts(files, [b"x" * 100])
    one = staged.Staged(files)
    with pytest.raises(NoRoom):
        one.put("2025/06/a.png", b"x" * 100)
    one.drop()
    assert list(files.all()) == []
    assert ImportFiles(tmp_path / "imports", 100).begin(10, 0.0)
