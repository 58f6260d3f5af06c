"""Uploads are copied whole, once, and only from inside their folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transfer.wordpress import change, rows, url
from wirepress.model.errors import Invalid, NotFound
from wirepress.store.database import Database
from wirepress.transfer.wordpress import Report, import_database
from wirepress.transfer.wordpress.uploads import copy_uploads, files_of, safe_path

PICTURES = ("harbour.jpg", "harbour-300x200.jpg", "harbour-150x150.jpg")


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A WordPress uploads folder with some of the golden site's files."""
    folder = tmp_path / "there"
    (folder / "2024" / "02").mkdir(parents=True)
    for name in PICTURES:
        (folder / "2024" / "02" / name).write_bytes(name.encode() * 1000)
    (folder / "loose.txt").write_text("no attachment")
    return folder


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def copied(site: Database, there: Path, here: Path) -> Report:
    report = Report()
    copy_uploads(site, there, here, report)
    return report


def test_files_come_with_their_rows(golden: Path, site: Database, there: Path, here: Path) -> None:
    import_database(site, url(golden))
    report = copied(site, there, here)
    assert report.came["files"].new == 4
    kept = {
        path: (post, size, digest)
        for path, post, size, digest in rows(site, "SELECT path, post, size, sha256 FROM uploads")
    }
    assert {path: row[0] for path, row in kept.items()} == {
        **{f"2024/02/{name}": 1 for name in PICTURES},
        "loose.txt": 0,
    }
    for path, (_, size, digest) in kept.items():
        data = (here / path).read_bytes()
        assert data == (there / path).read_bytes()
        assert (size, digest) == (len(data), hashlib.sha256(data).hexdigest())
    assert "2024/02/harbour-768x512.jpg" in report.left_out["files of attachments"].examples
    assert not list(here.rglob(".*"))


def test_a_second_run_copies_nothing(golden: Path, site: Database, there: Path, here: Path) -> None:
    import_database(site, url(golden))
    copied(site, there, here)
    before = {path: path.stat().st_mtime_ns for path in here.rglob("*")}
    report = copied(site, there, here)
    assert (report.changes, report.came["files"].same) == (0, 4)
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*")} == before


def test_a_crash_between_file_and_row_is_made_good(golden: Path, site: Database, there: Path, here: Path) -> None:
    import_database(site, url(golden))
    (here / "loose.txt").write_bytes((there / "loose.txt").read_bytes())
    (here / ".harbour.jpg.wirepress-part").write_bytes(b"half")
    report = copied(site, there, here)
    assert (report.came["files"].new, report.came["files"].same) == (3, 1)
    assert rows(site, "SELECT count(*) FROM uploads") == [(4,)]


def test_what_changed_there_comes_and_what_is_ours_stays(golden: Path, site: Database, there: Path, here: Path) -> None:
    import_database(site, url(golden))
    copied(site, there, here)
    (there / "2024" / "02" / "harbour.jpg").write_bytes(b"better")
    (there / "ours.txt").write_text("theirs")
    (here / "ours.txt").write_text("ours")
    report = copied(site, there, here)
    assert report.came["files"].changed == 1
    assert (here / "2024" / "02" / "harbour.jpg").read_bytes() == b"better"
    assert (here / "ours.txt").read_text() == "ours"
    assert report.left_out["files in the way"].examples == ["ours.txt"]


def test_nothing_from_outside_the_folder(golden: Path, site: Database, there: Path, here: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_text("secret")
    (there / "link.jpg").symlink_to(secret)
    (there / "folder").symlink_to(tmp_path)
    (there / "2024" / "02" / "harbour.jpg").unlink()
    (there / "2024" / "02" / "harbour.jpg").symlink_to(secret)
    os.mkfifo(there / "pipe.jpg")
    change(
        golden,
        "UPDATE wp_postmeta SET meta_value = '../secret.jpg' WHERE meta_key = '_wp_attached_file' AND post_id = 3",
        "UPDATE wp_postmeta SET meta_value = 'folder/secret.jpg' WHERE meta_key = '_wp_attached_file' AND post_id = 4",
        "UPDATE wp_postmeta SET meta_value = 'pipe.jpg' WHERE meta_key = '_wp_attached_file' AND post_id = 5",
        "UPDATE wp_postmeta SET meta_value = :elsewhere WHERE meta_key = '_wp_attached_file' AND post_id = 6",
        elsewhere=str(secret),
    )
    import_database(site, url(golden))
    report = copied(site, there, here)
    assert not any(path.read_bytes() == b"secret" for path in here.rglob("*") if path.is_file())
    assert report.left_out["symbolic links"].number == 3
    assert {"3: ../secret.jpg", f"6: {secret}"} <= set(report.left_out["files outside the folder"].examples)
    assert report.left_out["sockets, pipes and devices"].number == 1


def test_programs_and_closed_folders_stay_where_they_are(site: Database, there: Path, here: Path) -> None:
    (there / "shell.PHP").write_text("<?php")
    (there / ".htaccess").write_text("Options -Indexes\n<Files *.php>\nDeny from all\n</Files>")
    (there / "invoices").mkdir()
    (there / "invoices" / ".htaccess").write_text("Deny  from all")
    (there / "invoices" / "1.pdf").write_text("private")
    report = copied(site, there, here)
    assert sorted(path.name for path in here.rglob("*") if path.is_file()) == sorted([*PICTURES, "loose.txt"])
    assert report.left_out["programs"].examples == ["shell.PHP"]
    assert report.left_out["closed folders"].examples == ["invoices"]


def test_folders_that_cannot_be_meant(site: Database, there: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        copied(site, tmp_path / "missing", there)
    with pytest.raises(Invalid, match="in each other"):
        copied(site, there, there / "2024")
    assert copied(site, there, there).came["files"].same == 4


@given(st.text())
def test_a_safe_path_stays_below(name: str) -> None:
    path = safe_path(name)
    if path is not None:
        assert not path.startswith("/")
        assert os.path.normpath(path) == path
        assert not any(part in ("", ".", "..") for part in path.split("/"))


@pytest.mark.parametrize(
    "name", ["", "/", "/etc/passwd", "../x", "a/../../x", "a\\..\\x", "a\0b", ".htaccess", "a/.b/c"]
)
def test_paths_that_lead_elsewhere(name: str) -> None:
    assert safe_path(name) is None


def test_the_files_that_an_attachment_names() -> None:
    facts = {"sizes": {"thumbnail": {"file": "a-150x150.jpg"}, "odd": "x"}, "original_image": "a.jpg"}
    meta = {"_wp_attached_file": ["2024/02/a-scaled.jpg"], "_wp_attachment_metadata": [facts]}
    assert files_of(meta) == ["2024/02/a-scaled.jpg", "2024/02/a-150x150.jpg", "2024/02/a.jpg"]
    assert files_of({"_wp_attached_file": ["a.jpg"], "_wp_attachment_metadata": ["broken"]}) == ["a.jpg"]
    assert files_of({}) == []
