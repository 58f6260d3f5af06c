"""What Prometheus is told, and who may ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.syndicate.site import Site, site_in
from wirepress.app.metrics import PATH, Counts, Metrics
from wirepress.model.web import Request


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as opened:
        yield opened


LOCAL = Request("GET", PATH, headers={"host": "127.0.0.1:8080"}, remote="127.0.0.1")


def told(metrics: Metrics) -> dict[tuple[str, str], float]:
    """The values by the name of the metric and the label that tells them apart."""
    response = metrics.answer()
    assert response.status == 200
    assert not response.keepable
    found = {}
    for family in text_string_to_metric_families(response.body.decode()):
        for sample in family.samples:
            labels = {name: value for name, value in sample.labels.items() if name != "process"}
            assert "process" in sample.labels
            found[sample.name, "".join(labels.values())] = sample.value
    return found


@pytest.mark.parametrize(
    ("request_", "is_served"),
    [
        (LOCAL, True),
        (replace(LOCAL, remote="::1", headers={"host": "[::1]:80"}), True),
        (replace(LOCAL, headers={"host": "localhost"}), True),
        (replace(LOCAL, method="HEAD"), True),
        (replace(LOCAL, remote="192.0.2.7"), False),
        (replace(LOCAL, remote=""), False),
        (replace(LOCAL, method="POST"), False),
        (replace(LOCAL, path="/-/metrics/more"), False),
        (replace(LOCAL, headers={"host": "press.example"}), False),
        (replace(LOCAL, headers={"host": "localhost.press.example"}), False),
        (replace(LOCAL, headers={"host": "127.0.0.1", "x-forwarded-for": "192.0.2.7"}), False),
        (replace(LOCAL, headers={"host": "127.0.0.1", "via": "1.1 front"}), False),
        (replace(LOCAL, headers={}), False),
    ],
)
def test_without_a_token_this_machine_alone_may_ask(site: Site, request_: Request, *, is_served: bool) -> None:
    assert Metrics(site.newsroom, Counts(), "").serves(request_) is is_served


@pytest.mark.parametrize(
    ("sent", "is_served"),
    [("Bearer geheim-ß", True), ("bearer geheim-ß", True), ("Bearer geheim", False), ("Basic geheim-ß", False)],
)
def test_with_a_token_whoever_bears_it_may_ask_from_anywhere(site: Site, sent: str, *, is_served: bool) -> None:
    metrics = Metrics(site.newsroom, Counts(), "geheim-ß")
    asked = Request("GET", PATH, headers={"host": "press.example", "authorization": sent}, remote="192.0.2.7")
    assert metrics.serves(asked) is is_served
    assert not metrics.serves(LOCAL)


def test_answers_are_told_by_their_way_and_by_their_status(site: Site) -> None:
    counts = Counts()
    counts.repeated[b"HTTP/1.1 200 OK\r\n"] += 3
    counts.repeated[b"HTTP/1.1 304 Not Modified\r\n"] += 1
    counts.kept, counts.made, counts.failed = 5, 7, 2
    counts.statuses[200] += 11
    counts.statuses[503] += 1
    found = told(Metrics(site.newsroom, counts, ""))
    assert {way: found["wirepress_answers_total", way] for way in ("repeated", "kept", "made")} == {
        "repeated": 4, "kept": 5, "made": 7,
    }  # fmt: skip
    statuses = {status: found["wirepress_responses_total", status] for status in ("200", "304", "503")}
    assert statuses == {"200": 14, "304": 1, "503": 1}
    assert found["wirepress_failures_total", ""] == 2


def test_what_is_kept_and_what_waits_is_told(site: Site) -> None:
    site.add("http://127.0.0.1/feed")
    metrics = Metrics(site.newsroom, Counts(), "")
    metrics.kept["items"] = _Two()
    found = told(metrics)
    assert found["wirepress_kept", "items"] == 2
    assert found["wirepress_kept_bytes", "items"] == 300
    assert found["wirepress_writes_waiting", ""] == 0
    assert found["wirepress_sources_due", ""] == 1
    assert found["wirepress_statements_total", ""] > 0


class _Two:
    bytes = 300

    def __len__(self) -> int:
        return 2
