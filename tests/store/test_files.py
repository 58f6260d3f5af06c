"""Files are whole or not there, and never outside of their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from wirepress.model.errors import Invalid, NotFound
from wirepress.store.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "uploads")


def test_a_file_comes_back_and_goes(files: Files) -> None:
    files.save("2025/06/ä b.jpg", b"one")
    files.save("2025/06/ä b.jpg", b"two")
    assert files.exists("2025/06/ä b.jpg")
    assert files.read("2025/06/ä b.jpg") == b"two"
    assert files.size("2025/06/ä b.jpg") == 3
    assert list(files.all()) == ["2025/06/ä b.jpg"]
    assert files.delete("2025/06/ä b.jpg")
    assert not files.delete("2025/06/ä b.jpg")
    assert files.size("2025/06/ä b.jpg") is None
    with pytest.raises(NotFound):
        files.open("2025/06/ä b.jpg")


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../../x", "a\\b", "a\nb", "a/\0", ".part-x", "a/.part-y", "."]
)
def test_paths_that_lead_elsewhere_are_refused(files: Files, path: str) -> None:
    for verb in (files.exists, files.read, files.delete):
        with pytest.raises(Invalid):
            verb(path)
    with pytest.raises(Invalid):
        files.save(path, b"")


def test_a_link_that_leads_elsewhere_is_refused(files: Files, tmp_path: Path) -> None:
    files.save("a.txt", b"")
    (tmp_path / "secret").mkdir()
    (files.root / "way").symlink_to(tmp_path / "secret")
    with pytest.raises(Invalid):
        files.save("way/x", b"")


def test_a_failed_write_leaves_nothing(files: Files) -> None:
    files.save("folder/a", b"")
    with pytest.raises(OSError, match=r".*"):
        files.save("folder", b"")
    assert list(files.all()) == ["folder/a"]
