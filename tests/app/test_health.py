"""What a balancer and an administrator are told of what does not work; readers are served all the while."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.full import done, full, refusing
from tests.syndicate.site import Clock, Site, site_in
from wirepress.app import doctor, health
from wirepress.app.health import SILENCE, Health
from wirepress.app.worker import beat
from wirepress.model.errors import NoRoom
from wirepress.store import options


class Time(Clock):
    """A clock whose seconds pass with its time."""

    def monotonic(self) -> float:
        return self.moment.timestamp()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as opened:
        clock = Time()
        opened.newsroom.clock = clock
        yield replace(opened, clock=clock)


def plenty(_: Path) -> tuple[int, int]:
    return 500 << 20, 1000 << 20


def asked(one: Health, path: str = "/-/health") -> tuple[int, dict[str, object]]:
    response = one.answer(path)
    return response.status, json.loads(response.body)


def test_what_works_is_ready_and_not_degraded(site: Site) -> None:
    one = Health(site.newsroom, site.settings)
    one.look()
    assert asked(one) == (200, {"alive": True, "ready": True, "degraded": []})
    assert asked(one, "/-/health/writes")[0] == 200


def test_a_disk_that_is_nearly_full_is_told_before_it_is(site: Site) -> None:
    one = Health(site.newsroom, site.settings, lambda _: (40 << 20, 1000 << 20))
    one.look()
    assert asked(one) == (200, {"alive": True, "ready": True, "degraded": ["disk"]})
    assert asked(one, "/-/health/writes")[0] == 200


def test_a_disk_that_is_full_takes_no_writes_though_a_small_one_finds_a_place(site: Site) -> None:
    one = Health(site.newsroom, site.settings, lambda _: (4096, 1000 << 20))
    one.look()
    assert site.newsroom.database.refused is None
    assert asked(one) == (200, {"alive": True, "ready": True, "degraded": ["writes", "disk"]})
    assert asked(one, "/-/health/writes")[0] == 503


def test_a_site_that_takes_no_writes_serves_readers(site: Site) -> None:
    one = Health(site.newsroom, site.settings, plenty)
    with refusing(site.newsroom.database):
        one.look()
        assert asked(one, "/-/health/ready") == (200, {"alive": True, "ready": True, "degraded": ["writes"]})
        assert asked(one, "/-/health/writes")[0] == 503
        assert asked(one, "/-/health/live") == (200, {"alive": True})
    one.look()
    assert asked(one, "/-/health/writes") == (200, {"alive": True, "ready": True, "degraded": []})


def test_a_write_that_is_refused_is_seen_before_the_next_look(site: Site) -> None:
    one, database = Health(site.newsroom, site.settings, plenty), site.newsroom.database
    with full(database):
        with pytest.raises(NoRoom):
            done(database.write(), lambda unit: options.set_value(unit, "row", "x" * 500_000))
        assert one.degraded() == ("writes",)


def test_a_worker_that_is_silent_is_missed_after_a_while(site: Site) -> None:
    one = Health(site.newsroom, site.settings, plenty)
    one.look()
    assert one.degraded() == ()
    site.clock.later(seconds=SILENCE + 1)
    one.look()
    assert one.degraded() == ("worker",)
    beat(site.newsroom)
    one.look()
    assert one.degraded() == ()
    site.clock.later(seconds=SILENCE + 1)
    one.look()
    assert one.degraded() == ("worker",)


def test_a_beat_is_seen_by_no_reader(site: Site) -> None:
    epoch = site.epoch()
    beat(site.newsroom)
    Health(site.newsroom, site.settings).look()
    assert site.epoch() == epoch


def test_doctor_names_what_does_not_work(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    states = {finding.check: finding.state for finding in doctor.examine(site.settings)}
    assert (states["writes"], states["disk"], states["worker"]) == ("ok", "ok", "ok")
    beat(site.newsroom)
    monkeypatch.setattr(health, "FREE", 1.1)
    monkeypatch.setattr("wirepress.app.doctor.time.time", site.newsroom.clock.now().timestamp)
    found = {finding.check: finding for finding in doctor.examine(site.settings)}
    assert found["worker"].state == "ok"
    assert found["disk"].state == "bad"
    assert "% free" in found["disk"].detail
    with refusing(site.newsroom.database):
        assert doctor.writes(site.newsroom.database).state == "bad"
    assert doctor.silence(1, 1 + timedelta(hours=2).total_seconds()) == "the worker was last heard of 120 minutes ago"
