"""`wirepress source show|set|test|pause|resume|apply|export|import`."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examples.wire.press import serving
from tests.app.press import opened
from tests.cli.inside import wirepress
from tests.net.loopback import Loopback
from tests.syndicate.subscriptions import plant
from tests.syndicate.wordpress_site import Paper, item
from wirepress.cli.main import app
from wirepress.model.subscription import SubscriptionState

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
    assert (refused.returncode, "filters: line 1: after if stands what has to be so" in refused.stderr) == (1, True)
    assert "NAME=VALUE" in wirepress(site, "source", "set", "1", "rights").stderr
    shown = json.loads(wirepress(site, "source", "show", "1", "--json").stdout)
    assert shown["filters"] == ["reject if words < 80", "category Sport if term is Football"]
    assert (shown["rights"], "s3cret" in json.dumps(shown)) == ("full", False)
    assert "max_per_day" in wirepress(site, "source", "set", "1", "max_per_day=10", "max_age=30").stdout
    assert "max_per_day: This is a whole number" in wirepress(site, "source", "set", "1", "max_per_day=9999").stderr
    assert "max_per_day = 10" in wirepress(site, "source", "show", "1").stdout
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
        limited = wirepress(site, "source", "test", feed, "max_per_day=1").stdout
    assert "would wait" in limited
    results = [(entry["result"], entry["reason"], entry["detail"]) for entry in found["entries"]]
    assert sorted(set(results)) == [("created", "", ""), ("skipped", "filtered", "reject")]
    assert "nothing was kept" in table.stdout + table.stderr
    assert wirepress(site, "post", "list", "--json").stdout.strip() in ("", "[]")
    assert len(json.loads(wirepress(site, "source", "list", "--json").stdout)) == 1


def test_any_address_of_a_site_shows_what_there_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREPRESS_ALLOW_PRIVATE", "127.0.0.0/8")
    monkeypatch.setenv("WIREPRESS_FETCH_DELAY", "0")
    with Loopback(Paper([item(1), item(2)], folder="/blog")) as press:
        api = f"{press.url}/blog/wp-json/wp/v2/posts"
        found = json.loads(wirepress(site, "source", "test", api, "--json", "rights=full").stdout)
        nothing = wirepress(site, "source", "test", f"{press.url}/blog/wp-json/wp/v2/posts", "kind=listing", "links=a")
        given = ("--kind", "wordpress", "--rights", "full")
        assert wirepress(site, "source", "add", f"{press.url}/blog/", *given).returncode == 0
        assert json.loads(wirepress(site, "pull", "2", "--json").stdout)[0]["created"] == 2
    assert [(one["kind"], one["url"], one["total"]) for one in found["candidates"]] == [("wordpress", api, 2)]
    assert (found["settings"]["kind"], found["counts"]) == ("wordpress", {"created": 2})
    assert nothing.returncode == 1
    assert json.loads(wirepress(site, "source", "show", "2", "--json").stdout)["kind"] == "wordpress"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (("--kind", "listing"), "needs --links"),
        (("--kind", "article", "--no-page"), "needs --page"),
        (("--links", "a", "--titles", "h3"), "are looked for in --items"),
        (("--links", "a", "--items", "li["), "is no CSS selector"),
        (("--kind", "gopher"), "invalid value for '--kind': 'gopher' is not one of"),
    ],
)
def test_a_source_that_cannot_be_read_is_not_added(tmp_path: Path, given: tuple[str, ...], line: str) -> None:
    folder = tmp_path / "site"
    refused = CliRunner().invoke(app, ["--site", str(folder), "source", "add", "https://a.example/", *given])
    assert refused.exit_code != 0
    assert line in " ".join(refused.output.split())
    assert not folder.exists()


HUBS = (
    ("active", 86400, "", "subscribed at hub.example until 20"),
    ("active", -1, "", "waiting for hub.example to confirm"),
    ("distrusted", 86400, "", "distrusted: hub.example was silent about news; subscribed until 20"),
    ("denied", 0, "too many", "denied by hub.example: too many"),
)


def test_a_source_is_shown_with_its_hub(site: Path) -> None:
    assert json.loads(wirepress(site, "source", "show", "1", "--json").stdout)["hub"] == ""
    for state, lasts, reason, line in HUBS:
        until = int(datetime.now(UTC).timestamp()) + lasts if lasts else 0
        with opened(site) as newsroom:
            with newsroom.database.write() as unit:
                unit.run("DELETE FROM subscriptions")
            plant(newsroom.database, 1, until, SubscriptionState(state), reason)
        assert json.loads(wirepress(site, "source", "show", "1", "--json").stdout)["hub"].startswith(line)
        shown = wirepress(site, "source", "show", "1").stdout
        assert shown.startswith(f"# hub: {line}")
        assert tomllib.loads(shown)["source"][0]["websub"] is True
