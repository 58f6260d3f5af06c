"""`wirepress story`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.inside import wirepress


def test_stories_are_listed_merged_and_split(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    wirepress(folder, "init", "--home", "https://news.example")
    assert json.loads(wirepress(folder, "story", "list", "--json").stdout) == []
    for call in (("show", "1"), ("split", "1"), ("merge", "1", "2"), ("merge",)):
        assert wirepress(folder, "story", *call).returncode == 1, call
