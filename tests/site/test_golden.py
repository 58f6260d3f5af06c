"""The recorded requests of readers, feeds and sitemaps, asked of the dispatcher in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.cases import Case, differences, reads, request_of
from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.model.web import Request

LATER = frozenset({3345, 3346})
"""Signing in and the editors' pages."""

FILES = "/wp-content/uploads/"
"""Files are served before the dispatcher is asked."""

CASES = [
    case for case in reads() if (case["kind"] == "frontend" and case["n"] not in LATER) or case["method"] == "TRACE"
]


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("golden")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['n']} {case['path']}?{case['query']}")
def test_answers_as_recorded(dispatcher: Dispatcher, case: Case) -> None:
    if case["path"].startswith(FILES):
        return
    response = dispatcher.answer(request_of(case))
    assert differences(case, response, []) == [], (response.status, response.headers, response.body[:3000])


ADDRESSES = Path(__file__).parents[1] / "golden" / "addresses.jsonl"
"""What a real WordPress answers to addresses of its golden site, right and wrong ones: path, status, and where to."""


def test_addresses_lead_where_those_of_wordpress_lead(dispatcher: Dispatcher) -> None:
    others = []
    for line in ADDRESSES.read_text().splitlines():
        address, status, location = json.loads(line)
        path, _, query = address.partition("?")
        response = dispatcher.answer(Request("GET", path, query, {"host": "news.example.com"}))
        found = dict(response.headers).get("location", "").partition("//news.example.com")[2]
        if (response.status, found) != (status, location):
            others.append((address, (status, location), (response.status, found)))
    assert others == []
