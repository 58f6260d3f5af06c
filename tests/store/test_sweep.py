"""What a crash leaves of files is named or removed, by whether its row was committed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.blank import blank_database
from wirepress.model.takedown import KeptFile, Takedown
from wirepress.store import takedowns, uploads
from wirepress.store.database import Database
from wirepress.store.files import Files
from wirepress.store.staged import Staged, release, write_parts
from wirepress.store.sweep import OLD, orphans, sweep, unfinished


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = blank_database(tmp_path / "site.db")
    yield made
    made.close()


def test_a_crash_before_and_after_the_commit(database: Database, tmp_path: Path) -> None:
    files = Files(tmp_path / "uploads")
    lost, kept = Staged(files), Staged(files)
    lost.put("2025/06/lost.jpg", b"lost")
    with database.write() as unit:
        uploads.note(unit, "2025/06/kept.jpg", 1, b"kept")
        kept.put("2025/06/kept.jpg", b"kept")
    # Here both processes are killed: neither settles nor drops.
    with database.write() as unit:
        assert sweep(unit, files, 0.0) == (1, 1)
    assert files.read("2025/06/kept.jpg") == b"kept"
    assert list(files.all()) == ["2025/06/kept.jpg"]
    kept.settle()  # one that was only slow finds its work done
    with database.write() as unit:
        assert sweep(unit, files, 0.0) == (0, 0)


def test_a_crash_of_what_was_written_before_anybody_knew_its_name(database: Database, tmp_path: Path) -> None:
    files, kept = Files(tmp_path / "uploads"), Staged(Files(tmp_path / "uploads"))
    parts = write_parts(files, (b"kept", b"nobody's", b"kept"))
    with database.write() as unit:
        for path, part in (("2025/06/a.jpg", parts[0]), ("2025/06/b.jpg", parts[2])):
            uploads.note_known(unit, path, 1, part.size, part.sha256)
            kept.adopt(path, part)
    # Here the process is killed.  What has no row may be of another that is still at work.
    with database.write() as unit:
        assert sweep(unit, files, 0.0) == (2, 0)
    assert files.read("2025/06/a.jpg") == files.read("2025/06/b.jpg") == b"kept"
    assert len(list(unfinished(files))) == 1
    kept.settle()
    written = parts[1].place.stat().st_mtime
    with database.write() as unit:
        assert sweep(unit, files, written + OLD) == (0, 0)
        assert sweep(unit, files, written + OLD + 1) == (0, 1)
    assert sorted(files.all()) == ["2025/06/a.jpg", "2025/06/b.jpg"]


def test_what_no_write_has_taken_is_released(tmp_path: Path) -> None:
    files = Files(tmp_path / "uploads")
    done, undone = Staged(files), Staged(files)
    parts = write_parts(files, (b"a", b"b", b"c"))
    done.adopt("a.jpg", parts[0])
    undone.adopt("b.jpg", parts[1])
    release(parts)
    undone.drop()
    done.settle()
    release(parts)
    assert list(files.all()) == ["a.jpg"]


def test_a_part_that_is_not_what_was_committed_is_left_for_a_person(database: Database, tmp_path: Path) -> None:
    files = Files(tmp_path / "uploads")
    with database.write() as unit:
        uploads.note(unit, "a.jpg", 1, b"whole")
        Staged(files).put("a.jpg", b"wh")
    with database.write() as unit:
        assert sweep(unit, files, 0.0) == (0, 0)
    assert len(list(unfinished(files))) == 1


def test_files_of_no_row_are_found(database: Database, tmp_path: Path) -> None:
    files = Files(tmp_path / "uploads")
    files.root.mkdir()
    for name in ("a.jpg", "b.jpg"):
        files.place(name).write_bytes(b"bytes")
    with database.write() as unit:
        uploads.note(unit, "a.jpg", 1, b"a")
    with database.read() as unit:
        assert orphans(unit, files) == ["b.jpg"]


def test_files_go_with_the_commit_and_stay_without_it(tmp_path: Path) -> None:
    files = Files(tmp_path / "uploads")
    files.place("2025/06").mkdir(parents=True)
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        files.place(f"2025/06/{name}").write_bytes(name.encode())
    undone, done = Staged(files), Staged(files)
    undone.remove("2025/06/a.jpg")
    undone.drop()
    undone.settle()
    done.remove("2025/06/b.jpg")
    done.remove("2025/06/gone.jpg")
    done.remove("1999/01/never.jpg")
    done.remove("2025/06/c.jpg")
    done.put("2025/06/c.jpg", b"anew")
    assert files.exists("2025/06/b.jpg")
    done.settle()
    assert sorted(files.all()) == ["2025/06/a.jpg", "2025/06/c.jpg"]
    assert files.read("2025/06/c.jpg") == b"anew"


def taken_down(database: Database, staged: Staged, folder: str, path: str) -> int:
    """Sets a file aside as a take-down does, up to the commit."""
    with database.write() as unit:
        number = takedowns.add(unit, Takedown(folder=folder))
        assert staged.set_aside(path, folder)
        takedowns.keep_files(unit, number, [KeptFile(path, 1, 4, hashlib.sha256(b"jpeg").hexdigest())])
        unit.run("DELETE FROM uploads WHERE path = ?", (path,))
    return number


@pytest.fixture
def held(database: Database, tmp_path: Path) -> Files:
    files = Files(tmp_path / "uploads")
    staged = Staged(files)
    with database.write() as unit:
        uploads.note(unit, "2025/06/a.jpg", 1, b"jpeg")
        staged.put("2025/06/a.jpg", b"jpeg")
    staged.settle()
    return files


def test_what_is_set_aside_is_in_one_place_and_comes_back(database: Database, held: Files) -> None:
    staged = Staged(held)
    number = taken_down(database, staged, "f", "2025/06/a.jpg")
    staged.settle()
    assert list(held.all()) == []
    assert held.place_aside("f", "2025/06/a.jpg").read_bytes() == b"jpeg"
    back = Staged(held)
    with database.write() as unit:
        [kept] = takedowns.files(unit, number)
        uploads.note_known(unit, kept.path, kept.post, kept.size, kept.sha256)
        assert back.bring_back(kept.path, "f", kept.size, kept.sha256)
        takedowns.drop(unit, number)
    back.settle()
    assert held.read("2025/06/a.jpg") == b"jpeg"
    assert list(held.aside.iterdir()) == []
    with database.write() as unit:
        assert sweep(unit, held, 0.0) == (0, 0)


def test_what_is_not_there_is_not_moved(held: Files) -> None:
    assert not Staged(held).set_aside("2025/06/none.jpg", "f")
    assert not Staged(held).bring_back("2025/06/none.jpg", "f", 1, "")


def test_a_write_that_fails_leaves_the_file_where_it_was(database: Database, held: Files) -> None:
    staged = Staged(held)
    staged.set_aside("2025/06/a.jpg", "f")
    staged.drop()
    assert held.read("2025/06/a.jpg") == b"jpeg"
    assert list(held.aside.iterdir()) == []


def test_a_crash_of_a_take_down_and_of_its_lift(database: Database, held: Files) -> None:
    Staged(held).set_aside("2025/06/a.jpg", "e")  # killed before the commit
    with database.write() as unit:
        assert sweep(unit, held, 0.0) == (0, 1)
    assert (list(held.all()), list(held.aside.iterdir())) == (["2025/06/a.jpg"], [])
    number = taken_down(database, Staged(held), "f", "2025/06/a.jpg")  # killed after it
    with database.write() as unit:
        assert sweep(unit, held, 0.0) == (0, 1)
    assert list(held.all()) == []
    with database.write() as unit:
        [kept] = takedowns.files(unit, number)
        Staged(held).bring_back(kept.path, "f", kept.size, kept.sha256)  # killed before the commit
    with database.write() as unit:
        sweep(unit, held, 2.0**40)
        assert (list(held.all()), held.place_aside("f", kept.path).is_file()) == ([], True)
        uploads.note_known(unit, kept.path, kept.post, kept.size, kept.sha256)
        Staged(held).bring_back(kept.path, "f", kept.size, kept.sha256)  # killed after it
        takedowns.drop(unit, number)
    with database.write() as unit:
        assert sweep(unit, held, 0.0) == (1, 1)
    assert (held.read("2025/06/a.jpg"), list(held.aside.iterdir())) == (b"jpeg", [])


def test_a_disk_that_cannot_link_gets_a_copy(held: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    staged = Staged(held)
    assert staged.set_aside("2025/06/a.jpg", "f")
    staged.settle()
    assert (list(held.all()), held.place_aside("f", "2025/06/a.jpg").read_bytes()) == ([], b"jpeg")
