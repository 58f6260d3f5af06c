"""The recorded write session on other sites: nothing of a write is tied to the address, the structure, the prefix or
the zone of the site that it was recorded on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.cases import writes
from tests.golden.second import second_site
from tests.golden.test_replay import KNOWN
from tests.golden.test_second_site import OTHER, turned, without_index
from tests.golden.writes import Session, differing, explained

DATED = "/%year%/%monthnum%/%day%/%postname%/"


def test_writes_differ_in_addresses_only(tmp_path: Path) -> None:
    session = Session(tmp_path, second_site(tmp_path, permalink_structure=DATED, home=OTHER, siteurl=OTHER))
    failed = []
    for recorded in writes():
        case = turned(recorded, without_index)
        response = session.play(case)
        if "expect" in case and case["n"] not in KNOWN and differing(case, response):
            failed.append(f"{case['n']} {case['method']} {case['path']}: {explained(case, response)[:400]}")
    session.close()
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize(
    "options",
    [
        {"permalink_structure": "/%postname%/", "timezone_string": "Europe/Berlin", "WPLANG": "de_DE"},
        {"permalink_structure": "/%category%/%postname%", "timezone_string": "", "gmt_offset": "-3.5"},
        {"permalink_structure": "", "show_avatars": "0", "uploads_use_yearmonth_folders": ""},
    ],
    ids=["berlin", "west", "plain"],
)
def test_writes_are_judged_alike_everywhere(options: dict[str, str], tmp_path: Path) -> None:
    """Each write is taken or refused as it was on the golden site."""
    session = Session(tmp_path, second_site(tmp_path, **options))
    other = []
    for case in writes():
        response = session.play(case)
        if "expect" in case and response.status != case["expect"]["status"]:
            other.append(f"{case['n']} {case['method']} {case['path']}: {response.status} {response.body[:200]!r}")
    session.close()
    assert not other, "\n".join(other)
