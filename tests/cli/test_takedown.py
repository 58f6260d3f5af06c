"""`wirepress takedown` and what there is of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.inside import wirepress


def test_a_post_is_taken_down_listed_and_lifted(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    wirepress(folder, "init", "--home", "https://news.example")
    never = wirepress(
        folder, "takedown", "https://elsewhere.example/a", "--reason", "Law [red]x[/red]", "--notice", "§ 1"
    )
    assert "nothing of https://elsewhere.example/a is here" in never.stdout
    twice = wirepress(folder, "takedown", "https://www.elsewhere.example/a/?utm_source=x", "--reason", "Law")
    assert (twice.returncode, "already: it is take-down 1" in twice.stderr) == (1, True)
    assert wirepress(folder, "takedown", "nothing", "--reason", "Law").returncode == 1
    assert wirepress(folder, "takedown", "https://b.example/").returncode == 2  # without a reason
    [row] = json.loads(wirepress(folder, "takedowns", "list", "--json").stdout)
    assert (row["url"], row["reason"], row["notice"], row["restorable"]) == (
        "https://elsewhere.example/a", "Law [red]x[/red]", "§ 1", False,
    )  # fmt: skip
    assert "[red]x[/red]" in wirepress(folder, "takedowns", "list").stdout
    assert wirepress(folder, "takedowns", "erase", "1").returncode == 1
    assert "is lifted" in wirepress(folder, "takedowns", "lift", "1", "--reason", "Settled").stdout
    assert wirepress(folder, "takedowns", "lift", "1", "--reason", "Settled").returncode == 1
    assert json.loads(wirepress(folder, "takedowns", "list", "--json").stdout) == []
    [row] = json.loads(wirepress(folder, "takedowns", "list", "--lifted", "--json").stdout)
    assert row["lift_reason"] == "Settled"
    listed = json.loads(wirepress(folder, "audit", "list", "--action", "takedown", "--json").stdout)
    assert [entry["action"] for entry in listed] == ["takedown.lift", "takedown.create"]
