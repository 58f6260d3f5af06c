"""The recorded reads, asked of the API in this process.

Every case is equal, but for those that `open.txt` lists under the reason why they are not.  That list may only get
shorter: a listed case that is equal fails the test too.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.golden.cases import Case, differences, reads, request_of
from tests.golden.record import recorded as further
from tests.golden.site import newsroom_of
from wirepress.wp.api import Api

OPEN = Path(__file__).parent / "open.txt"
ELSEWHERE = frozenset({"frontend", "conditional"})
"""Kinds that other rooms answer."""


def listed() -> frozenset[int]:
    """The numbers of the cases that are known to differ."""
    lines = OPEN.read_text("utf-8").splitlines()
    return frozenset(int(word) for line in lines if not line.startswith("#") for word in line.split())


def by_kind() -> dict[str, list[Case]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in reads():
        # TRACE was refused by the web server of the recording; tests/site asks it of all faces together.
        if case["kind"] not in ELSEWHERE and case["method"] != "TRACE":
            groups[case["kind"]].append(case)
    return groups


CASES = by_kind()
KNOWN = listed()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("golden")))


def wrong(api: Api, case: Case) -> list[str]:
    request = request_of(case)
    more: list[tuple[str, str]] = []
    if origin := request.headers.get("origin"):
        more = [*api.cors(origin), ("Vary", "Origin")]
    return differences(case, api.answer(request), more)


@pytest.mark.parametrize("kind", sorted(CASES))
def test_answers_as_recorded(api: Api, kind: str) -> None:
    failed, mended = [], []
    for case in CASES[kind]:
        found = wrong(api, case)
        name = f"{case['n']} {case['method']} {case['path']}?{case['query']} [{case['as'] or 'anon'}]"
        if found and case["n"] not in KNOWN:
            failed.append(f"{name}: {', '.join(found)}")
        elif not found and case["n"] in KNOWN:
            mended.append(name)
    assert not failed, "\n".join(failed)
    assert not mended, "no longer different, take them out of open.txt:\n" + "\n".join(mended)


def test_known_bytes_are_the_same_bytes(api: Api) -> None:
    """An answer from encoded items equals the one that they were encoded for."""
    for case in CASES["param"][:60]:
        request = request_of(case)
        api.forget()
        assert api.answer(request).body == api.answer(request).body, case["query"]


def test_further_answers_are_those_of_the_recorded_site(api: Api) -> None:
    """What was asked of WordPress later, rule by rule (`tests.golden.record`)."""
    failed = []
    for case in further():
        found = wrong(api, case)
        if found:
            failed.append(f"{case['n']} {case['path']}?{case['query']} [{case['as'] or 'anon'}]: {', '.join(found)}")
    assert not failed, "\n".join(failed)
