"""The recorded write session, played from its beginning to its end on a freshly imported site.

Every answer is equal, ids of new rows among it, but for those that `open.txt` lists.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.golden.cases import Case, writes
from tests.golden.test_replay import KNOWN
from tests.golden.writes import Session, differing, explained
from wirepress.model.web import Response

Played = dict[str, list[tuple[Case, Response]]]
KINDS = sorted({case["kind"] for case in writes() if "expect" in case})


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    session = Session(tmp_path_factory.mktemp("writes"))
    answers: Played = defaultdict(list)
    for case in writes():
        response = session.play(case)
        if "expect" in case:
            answers[case["kind"]].append((case, response))
    session.close()
    return answers


@pytest.mark.parametrize("kind", KINDS)
def test_answers_as_recorded(played: Played, kind: str) -> None:
    failed, mended = [], []
    for case, response in played[kind]:
        wrong = differing(case, response)
        name = f"{case['n']} {case['method']} {case['path']}?{case['query']} [{case['as'] or 'anon'}]"
        if wrong and case["n"] not in KNOWN:
            failed.append(f"{name}: {explained(case, response)[:400]}")
        elif not wrong and case["n"] in KNOWN:
            mended.append(name)
    assert not failed, "\n".join(failed)
    assert not mended, "no longer different, take them out of open.txt:\n" + "\n".join(mended)


def test_nothing_of_the_session_fails(played: Played) -> None:
    """No answer is a failure of ours: WordPress's own 500s are recorded as such."""
    for group in played.values():
        assert not [case["n"] for case, answer in group if answer.status >= 500 and case["expect"]["status"] < 500]
