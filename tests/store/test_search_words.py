"""A search is taken apart as WordPress does it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.store.search_words import Words, words_of


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("harbour", ("harbour",), ()),
        ("storm council", ("storm", "council"), ()),
        ("storm,council+fire", ("storm", "council", "fire"), ()),
        ('"storm council" fire', ("storm council", "fire"), ()),
        ('" storm"', (" storm",), ()),
        ('"storm', ("storm",), ()),
        ("storm -council", ("storm",), ("council",)),
        ("the storm of a day", ("storm", "day"), ()),
        ("the of", ("the of",), ()),
        ("a", ("a",), ()),
        ("-", (), ("",)),
        ("ä", ("ä",), ()),
        ("5", ("5",), ()),
        ("one two\nthree", ("one", "twothree"), ()),
        ("n1 n2 n3 n4 n5 n6 n7 n8 n9", tuple(f"n{n}" for n in range(1, 10)), ()),
        ("n0 n1 n2 n3 n4 n5 n6 n7 n8 n9", ("n0 n1 n2 n3 n4 n5 n6 n7 n8 n9",), ()),
    ],
)
def test_terms(text: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> None:
    words = words_of(text)
    assert (words.wanted, words.unwanted) == (wanted, unwanted)


def test_stop_words_count_as_written() -> None:
    assert words_of("the storm").many
    assert not words_of("storm").many
    assert words_of("storm") == Words("storm", ("storm",))


@given(st.text())
def test_any_text_makes_some_words(text: str) -> None:
    words = words_of(text)
    assert words.wanted or words.unwanted
    assert len(words.wanted) + len(words.unwanted) <= 9


def test_long_input_takes_no_longer_than_it_is() -> None:
    for text in ('"' * 100_000, ", " * 50_000, "a " * 50_000, '" ' * 50_000):
        words_of(text)
