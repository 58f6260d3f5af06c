"""Files come back by their paths, and are never outside of their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from wirepress.model.errors import Invalid, NotFound
from wirepress.store.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "uploads")


def put(files: Files, path: str, data: bytes) -> None:
    place = files.place(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def test_a_file_comes_back_and_goes(files: Files) -> None:
    put(files, "2025/06/ä b.jpg", b"two")
    assert files.exists("2025/06/ä b.jpg")
    assert files.read("2025/06/ä b.jpg") == b"two"
    assert list(files.all()) == ["2025/06/ä b.jpg"]
    assert files.delete("2025/06/ä b.jpg")
    assert not files.delete("2025/06/ä b.jpg")
    assert not files.exists("2025/06/ä b.jpg")
    with pytest.raises(NotFound):
        files.open("2025/06/ä b.jpg")


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../../x", "a\\b", "a\nb", "a/\0", ".part-x", "a/.part-y", "."]
)
def test_paths_that_lead_elsewhere_are_refused(files: Files, path: str) -> None:
    for verb in (files.place, files.exists, files.read, files.delete):
        with pytest.raises(Invalid):
            verb(path)


def test_a_link_that_leads_elsewhere_is_refused(files: Files, tmp_path: Path) -> None:
    put(files, "a.txt", b"")
    (tmp_path / "secret").mkdir()
    (files.root / "way").symlink_to(tmp_path / "secret")
    with pytest.raises(Invalid):
        files.place("way/x")
