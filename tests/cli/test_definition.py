"""`wirepress source show|set|test|pause|resume|apply|export|import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from examples.wire.press import serving
from tests.cli.test_promise import wirepress

FEED = "https://reader:s3cret@a.example/feed"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    assert wirepress(folder, "source", "add", FEED, "--name", "Paper").returncode == 0
    return folder


def test_a_source_is_shown_changed_and_moved_to_another_site(site: Path, tmp_path: Path) -> None:
    lines = ("filters=reject if words < 80", "filters=category Sport if term is Football", "rights=full")
    assert "Source 1" in wirepress(site, "source", "set", "1", *lines).stdout
    refused = wirepress(site, "source", "set", "1", "filters=reject unless picture")
    assert (refused.returncode, "filters: 1: no_condition" in refused.stderr) == (1, True)
    assert "NAME=VALUE" in wirepress(site, "source", "set", "1", "rights").stderr
    shown = json.loads(wirepress(site, "source", "show", "1", "--json").stdout)
    assert shown["filters"] == ["reject if words < 80", "category Sport if term is Football"]
    assert (shown["rights"], "s3cret" in json.dumps(shown)) == ("full", False)
    assert "paused" in wirepress(site, "source", "pause", "1").stdout
    assert "active = false" in wirepress(site, "source", "show", "1").stdout
    assert "again" in wirepress(site, "source", "resume", "1").stdout
    exported = wirepress(site, "source", "export").stdout
    assert "s3cret" not in exported
    other = tmp_path / "other"
    assert wirepress(other, "init", "--home", "https://other.example").returncode == 0
    (other / "sources.toml").write_text(exported.replace("reader:***@", ""))
    assert "1 added, 0 changed" in wirepress(other, "source", "apply").stdout
    assert "0 added, 0 changed, 1 as they were" in wirepress(other, "source", "apply").stdout
    assert "cannot be read" in wirepress(other, "source", "apply", str(tmp_path / "none.toml")).stderr
    (tmp_path / "list.opml").write_text(wirepress(other, "source", "export", "--opml").stdout)
    assert "0 added" in wirepress(other, "source", "import", str(tmp_path / "list.opml")).stdout


def test_what_would_come_in_is_shown_and_not_kept(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREPRESS_ALLOW_PRIVATE", "127.0.0.0/8")
    monkeypatch.setenv("WIREPRESS_FETCH_DELAY", "0")
    with serving() as press:
        filters = ("filters=accept if title contains bell", "filters=reject")
        feed = f"{press.base}/courier/feed.rss"
        found = json.loads(wirepress(site, "source", "test", feed, *filters, "rights=full", "--json").stdout)
        table = wirepress(site, "source", "test", feed, *filters)
    results = [(entry["result"], entry["reason"], entry["detail"]) for entry in found["entries"]]
    assert sorted(set(results)) == [("created", "", ""), ("skipped", "filtered", "reject")]
    assert "nothing was kept" in table.stdout + table.stderr
    assert wirepress(site, "post", "list", "--json").stdout.strip() in ("", "[]")
    assert len(json.loads(wirepress(site, "source", "list", "--json").stdout)) == 1
