"""Text compares as utf8mb4_unicode_520_ci compares it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.store.collation import fold, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "A"),
        ("é", "E"),
        ("ß", "ss"),
        ("Žižkov", "zizkov"),
        ("ø", "O"),
        ("æ", "AE"),
        ("a  ", "a"),
        ("ﬁ", "fi"),
        ("е", "Е"),
    ],
)
def test_these_are_one(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_the_order_of_scripts_and_signs() -> None:
    texts = [" b", "-b", "#b", "1b", "Ab", "b", "Žb", "αb", "Бb", "日b", "한b", "😀b"]
    keys = [sort_key(text) for text in texts]
    assert keys[:9] == sorted(keys[:9])
    assert sort_key("Бb") < sort_key("日b") < sort_key("한b")
    assert sort_key("日") < sort_key("月") < sort_key("𠀀")


def test_a_key_is_bounded() -> None:
    assert len(sort_key("x" * 100_000)) == 1024


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("cafe", "Un Café", True),
        ("CAFÉ", "un cafe", True),
        ("o", "ö", True),
        ("ss", "Straße", False),
        ("ß", "STRAẞE", True),
        ("日本", "近日本海", True),
        ("fi", "ﬁ", False),
        ("a b", "A\tB", False),
    ],
)
def test_a_word_is_found_as_like_finds_it(word: str, text: str, found: bool) -> None:
    assert (fold(word) in fold(text)) is found


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_folds_to_one_compares_as_one(one: str, other: str) -> None:
    if fold(one) == fold(other):
        assert sort_key(one) == sort_key(other)


@given(st.text(alphabet=st.characters(max_codepoint=0x7F, min_codepoint=0x20)))
def test_ascii_takes_no_short_cut_with_the_answer(text: str) -> None:
    assert fold(text + "é")[:-1] == fold(text)
