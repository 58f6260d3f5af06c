"""`wirepress pull`: what goes wrong with one source keeps no other from being looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inside import wirepress
from tests.net.loopback import Loopback, reply
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.model.wire import Memory
from wirepress.store import leases
from wirepress.syndicate.look import Look

FEED = b"""<rss version="2.0"><channel><title>Wire</title><item><title>Harbour opens</title><link>/harbour</link>
<description>It does.</description></item></channel></rss>"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with two sources that nobody answers for yet."""
    monkeypatch.setenv("WIREPRESS_ALLOW_PRIVATE", "127.0.0.0/8")
    monkeypatch.setenv("WIREPRESS_FETCH_DELAY", "0")
    folder = tmp_path / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    return folder


def add_two(site: Path, press: Loopback) -> None:
    for name in ("first", "second"):
        added = wirepress(site, "source", "add", f"{press.url}/{name}", "--no-page")
        assert added.returncode == 0, added.stderr


def test_a_fault_of_ours_with_one_source_stops_no_other(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Look.run

    def first_fails(look: Look, *, ask: bool) -> Memory:
        if look.source.id == 1:
            raise RuntimeError("nobody expects \x9b2J")
        return run(look, ask=ask)

    monkeypatch.setattr(Look, "run", first_fails)
    with Loopback(lambda *_: reply(200, FEED)) as press:
        add_two(site, press)
        done = wirepress(site, "pull", "--json")
        alone = wirepress(site, "pull", "1", "--json")
    first, second = json.loads(done.stdout)
    assert (done.returncode, second["created"]) == (0, 1)
    assert first["result"].startswith("a fault of this program")
    assert "source 1 failed\nTraceback" in done.stderr
    assert "\x9b" not in done.stderr
    assert (alone.returncode, "a fault of this program" in alone.stdout) == (1, True)
    stands = json.loads(wirepress(site, "source", "list", "--json").stdout)
    assert [(one["attempts"], "nobody expects" in one["result"]) for one in stands] == [(2, True), (0, False)]


def test_a_source_that_somebody_else_looks_at_stops_no_other(site: Path) -> None:
    with Loopback(lambda *_: reply(200, FEED)) as press:
        add_two(site, press)
        newsroom = open_newsroom(load(site, {}))
        now = int(newsroom.clock.now().timestamp())
        with newsroom.database.write() as unit:
            assert leases.claim(unit, 1, "elsewhere:1:1", now, now + 600)
        newsroom.database.close()
        done = wirepress(site, "pull", "--json")
        alone = wirepress(site, "pull", "1", "--json")
    first, second = json.loads(done.stdout)
    assert (done.returncode, second["created"]) == (0, 1)
    assert "is being looked at already" in first["result"]
    assert (alone.returncode, json.loads(alone.stdout)["error"]["code"]) == (1, "source_busy")
