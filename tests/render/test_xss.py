"""Nothing that a browser executes is left of a hostile text, wherever it comes to stand (read by HTML's own rules)."""

import pytest

from tests.render.xss import CONTEXTS, executable, paired_vectors, stays_in_place, vectors


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
    show = CONTEXTS[context]
    found = [(pair, left) for pair in paired_vectors() if (left := list(executable(show(pair))))]
    assert found == []


@pytest.mark.parametrize("piece", ["<!-- x", "<textarea>", "<div>", "<table><tr><td>", '<a title="', "<b>x"])
def test_pieces_that_reach_beyond_their_place_are_known(piece: str) -> None:
    assert not stays_in_place(piece)


@pytest.mark.parametrize("piece", ["", "x", "<p>one", "<b>two</b>", "</div>", '<img src="x">', "<ul><li>three</ul>"])
def test_pieces_that_stay_in_their_place_are_known(piece: str) -> None:
    assert stays_in_place(piece)
