"""Nothing that a browser executes is left of a hostile text, wherever it comes to stand (read by HTML's own rules)."""

import pytest

from tests.render.xss import CONTEXTS, executable, vectors


def test_the_check_sees_what_runs() -> None:
    seen = sum(any(executable(vector)) for vector in vectors())
    assert seen > 250


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_executable_is_left(context: str) -> None:
    show = CONTEXTS[context]
    found = [(vector, show(vector), left) for vector in vectors() if (left := list(executable(show(vector))))]
    assert found == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_executable_is_left_of_pairs(context: str) -> None:
    """Half a vector may open what another closes."""
    show, all_of_them = CONTEXTS[context], vectors()
    pairs = [first + second for first, second in zip(all_of_them, all_of_them[7:], strict=False)]
    found = [(pair, left) for pair in pairs if (left := list(executable(show(pair))))]
    assert found == []
