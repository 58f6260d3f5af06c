"""`wirepress audit`: the log as a table, as JSON lines, and without a person."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.inside import wirepress


def test_the_log_is_listed_exported_and_persons_are_erased(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    wirepress(folder, "source", "add", "https://reader:s3cret@example.com/feed")
    wirepress(folder, "user", "create", "ann", "ann@news.example", "--role", "editor")
    wirepress(folder, "option", "set", "blogname", "News")
    listed = json.loads(wirepress(folder, "audit", "list", "--json").stdout)
    assert [row["action"] for row in listed] == ["setting.update", "user.create", "source.create"]
    assert {row["kind"] for row in listed} == {"cli"}
    only = json.loads(wirepress(folder, "audit", "list", "--action", "source", "--json").stdout)
    assert len(only) == 1
    lines = wirepress(folder, "audit", "export").stdout.splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["source.create", "user.create", "setting.update"]
    assert "s3cret" not in "".join(lines)
    assert wirepress(folder, "audit", "erase", "--user", "1").stdout.strip() == "0 erased"
