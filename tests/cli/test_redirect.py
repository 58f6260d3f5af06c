"""`wirepress redirect`: one, many from a file, and what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inside import wirepress


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    wirepress(folder, "init", "--home", "https://news.example")
    return folder


def listed(site: Path) -> list[tuple[str, str, int]]:
    rows = json.loads(wirepress(site, "redirect", "list", "--json").stdout)
    return [(row["path"], row["target"], row["status"]) for row in rows]


def test_one_is_added_and_removed(site: Path) -> None:
    assert "/old -> /new (301)" in wirepress(site, "redirect", "add", "https://news.example/old/", "/new").stdout
    assert wirepress(site, "redirect", "add", "/gone", "--status", "410").returncode == 0
    assert listed(site) == [("/gone", "", 410), ("/old", "/new", 301)]
    assert wirepress(site, "redirect", "add", "/new", "/old").returncode == 1  # in a circle
    assert wirepress(site, "redirect", "remove", "/old/").returncode == 0
    assert wirepress(site, "redirect", "remove", "/old").returncode == 1
    assert listed(site) == [("/gone", "", 410)]


def test_a_file_brings_all_or_none(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "redirects.csv"
    file.write_text("/a,/b\n\n/c,https://elsewhere.example/c,302\n/d,,410\n")
    assert "3 redirects were taken" in wirepress(site, "redirect", "import", str(file)).stdout
    before = listed(site)
    assert before == [("/a", "/b", 301), ("/c", "https://elsewhere.example/c", 302), ("/d", "", 410)]
    file.write_text("/e,/f\n/g,javascript:alert(1)\n")
    refused = wirepress(site, "redirect", "import", str(file))
    assert (refused.returncode, "Line 2: " in refused.stderr) == (1, True)
    assert listed(site) == before


@pytest.mark.parametrize("content", [b"/a,/b,soon\n", b"\xff\xfe/a,/b\n", b"/a,/b,99999\n"])
def test_a_file_that_is_none_is_refused_in_a_line(site: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "redirects.csv"
    file.write_bytes(content)
    for place in (file, tmp_path / "nowhere.csv"):
        refused = wirepress(site, "redirect", "import", str(place))
        assert refused.returncode == 1
        assert len(refused.stderr.strip().splitlines()) == 1
    assert listed(site) == []
