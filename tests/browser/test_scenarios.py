"""What the record of the real editor holds, done again by hand in the editor that we serve.

What was asked then is asked now, unless the page has answered it already; nothing is refused (the fixture `write` sees
to that); and what was done is there when the API is asked afterwards.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Write
from tests.browser.editor import nameless
from tests.browser.scenarios import PLAYS
from tests.editor.test_contract import record

RECORDED = {scenario["scenario"]: scenario["requests"] for scenario in record()["scenarios"]}


def recorded(name: str) -> set[tuple[str, str]]:
    """Method and path of what a scenario asked of the API; frames and beacons are of no account here."""
    return {
        (asked.get("override") or asked["http_method"], nameless(asked["path"]))
        for asked in RECORDED[name]
        if "kind" not in asked and asked["path"].startswith("/wp-json")
    }


@pytest.mark.parametrize("name", RECORDED)
def test_scenario(name: str, write: Write, tmp_path: Path) -> None:
    editing = PLAYS[name](write, tmp_path)
    for method, path in recorded(name) - editing.preloaded:
        editing.wait_for_call(method, path)
