"""`entries`, `entry retry`, and `worker`: what was given up is shown and woken, and a worker works beside others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from examples.wire.press import serving
from tests.cli.inside import wirepress
from tests.syndicate.site import site_in
from wirepress.model.entry import EntryState, Finding
from wirepress.model.wire import Entry, Memory, Rights, Source, Tempo
from wirepress.store import backlog, entries, sources
from wirepress.store.backlog import Waiting


def test_what_was_given_up_is_shown_and_woken(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    now = int(time.time())
    tempo = Tempo(gap=3600, longest=7200, newest=now - 30 * 86400)
    with site_in(folder) as site, site.newsroom.database.write() as unit:
        number = sources.add(unit, Source(0, "https://a.example/feed", memory=Memory(tempo=tempo)))
        entries = [Entry(name, f"https://u:s3cret@a.example/{name}", name) for name in "abc"]
        states = (EntryState.DEAD, EntryState.FAILED, EntryState.LEFT)
        backlog.keep(unit, [
            Waiting(number, entry, state, due_at=now, since=now, tries=8, error="no answer")
            for entry, state in zip(entries, states, strict=True)
        ])  # fmt: skip
    (listed,) = json.loads(wirepress(folder, "source", "list", "--json").stdout)
    assert (listed["left"], listed["failed"], listed["dead"], listed["rhythm"]) == (1, 1, 1, "silent")
    rows = json.loads(wirepress(folder, "entries", "--json").stdout)
    assert [(row["title"], row["state"]) for row in rows] == [("a", "dead"), ("b", "failed"), ("c", "left")]
    assert (rows[0]["link"], rows[0]["why"]) == ("https://u:***@a.example/a", "no answer")
    assert [row["title"] for row in json.loads(
        wirepress(folder, "entries", "https://a.example/feed", "--state", "failed", "--json").stdout
    )] == ["b"]  # fmt: skip
    findings = json.loads(wirepress(folder, "doctor", "--json").stdout)
    assert "1 entries of sources were given up" in str(findings)
    assert ": a.example/feed (1)" in str(findings)
    for words in ((), ("1", "--all"), ("99",)):
        refused = wirepress(folder, "entry", "retry", *words)
        assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
    assert "1 entries" in wirepress(folder, "entry", "retry", "--source", str(number)).stdout
    assert "0 entries" in wirepress(folder, "entry", "retry", "--all").stdout
    assert json.loads(wirepress(folder, "entries", "--state", "dead", "--json").stdout) == []


def test_what_became_of_entries_is_shown_and_decided(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with site_in(folder) as site, site.newsroom.database.write() as unit:
        number = sources.add(unit, Source(0, "https://a.example/feed", "A", active=False))
        line = 'reject if title contains "bad"'
        named = entries.Named(number, "a", "https://a.example/a", "A bad one")
        entries.note(unit, [(named, Finding(EntryState.REJECTED, "filtered", line))], int(time.time()))
    assert json.loads(wirepress(folder, "entries", "--json").stdout) == []
    (row,) = json.loads(wirepress(folder, "entry", "list", "--state", "rejected", "--json").stdout)
    assert (row["why"], row["title"]) == (f"filtered: {line}", "A bad one")
    one = json.loads(wirepress(folder, "entry", "show", "1", "--json").stdout)
    assert (one["id"], one["candidates"]) == (1, [])
    assert "A bad one" in wirepress(folder, "entry", "show", "1").stdout
    assert "it will be taken" in wirepress(folder, "entry", "accept", "1").stdout
    assert "is rejected" in wirepress(folder, "entry", "reject", "1", "--reason", "Old").stdout
    (row,) = json.loads(wirepress(folder, "entries", "--all", "--json").stdout)
    assert (row["state"], row["why"]) == ("rejected", "by-hand: Old")
    for words in (("show", "9"), ("accept", "9"), ("reject", "9"), ("reject", "1")):
        refused = wirepress(folder, "entry", *words)
        assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)


def test_a_worker_works_by_itself_until_it_is_ended(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with serving() as press, site_in(folder) as site:
        site.add(f"{press.base}/courier/feed.rss", Rights.LINK)
        command = [sys.executable, "-m", "wirepress", "--site", str(folder), "worker"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONWARNINGS": ""}) as worker:
            until = time.monotonic() + 60
            while len(site.posts()) < 5 and time.monotonic() < until:
                time.sleep(0.1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        assert len(site.posts()) == 5
