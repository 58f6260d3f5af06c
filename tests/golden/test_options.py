"""The recorded site with other options, asked in this process: as WordPress answers with them (`options.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import pytest

from tests.golden.cases import Case, differences, request_of
from tests.golden.options import recorded
from tests.golden.site import newsroom_of
from wirepress.content import options
from wirepress.model.php import decoded
from wirepress.wp.api import Api

KNOWN: Mapping[str, str] = {}
"""Cases that differ, by `setting: request`, with the reason."""


def name_of(turned: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in turned.items()) or "none"


def settings() -> Iterator[tuple[str, list[Case]]]:
    for turned, cases in groupby(recorded(), key=lambda case: name_of(case["turned"])):
        yield turned, list(cases)


SETTINGS = dict(settings())
USUAL = {(case["as"], case["path"], case["query"]): case["expect"] for case in SETTINGS["none"]}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    newsroom = newsroom_of("golden", tmp_path_factory.mktemp("options"))
    yield Api(newsroom)
    newsroom.database.close()


def wrong(api: Api, cases: list[Case]) -> list[str]:
    """The requests that are answered otherwise, with what differs."""
    found = []
    for case in cases:
        expect = case.get("expect") or USUAL[case["as"], case["path"], case["query"]]
        name = f"{name_of(case['turned'])}: {case['as'] or 'anon'} {case['path'].rpartition('/v2/')[2]}?{case['query']}"
        differing = differences({**case, "expect": expect}, api.answer(request_of(case)), [])
        if bool(differing) != (name in KNOWN):
            found.append(f"{name}: {', '.join(differing) or 'no longer different'}")
    return found


@pytest.mark.parametrize("setting", SETTINGS)
def test_options_turned(api: Api, setting: str) -> None:
    cases = SETTINGS[setting]
    turned = cases[0]["turned"]
    with api.newsroom.write() as view:
        before = {name: view.site.option(name) for name in turned}
        for name, value in turned.items():
            options.set(view.unit, name, decoded(value)[0])
    try:
        found = wrong(api, cases)
    finally:
        with api.newsroom.write() as view:
            for name, value in before.items():
                options.set(view.unit, name, value)
    assert not found, "\n".join(found)
