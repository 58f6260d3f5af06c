"""Every given pair of WordPress's text functions, grouped by function."""

from collections import defaultdict

import pytest

from tests.golden.rendering import ANSWERS, GIVEN, Pair, difference, pairs


def _by_function() -> dict[str, list[Pair]]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(GIVEN):
        groups[pair.fn].append(pair)
    return groups


GROUPS = _by_function()


@pytest.mark.parametrize("name", sorted(set(GROUPS) & set(ANSWERS)))
def test_equals_the_recorded_answers(name: str) -> None:
    problems = [(pair, difference(pair)) for pair in GROUPS[name]]
    wrong = [f"{name}({str(pair.given)[:80]!r}): {problem}" for pair, problem in problems if problem]
    assert not wrong, "\n".join(wrong)
