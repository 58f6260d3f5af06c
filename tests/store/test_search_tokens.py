"""The words that SQLite's index of words keeps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirepress.store.collation import fold
from wirepress.store.search_tokens import LONGEST, PIECE, TITLE, indexed_words, is_word


def test_words_are_kept_once_and_those_of_the_title_marked() -> None:
    assert indexed_words("to be", "be, or", "", "a/b.png").split() == [
        *("a", "b", "be", "or", "png", "to"),
        *(f"{TITLE}be", f"{TITLE}to"),
        *(f"{PIECE}{piece}" for piece in ("b", "be", "e", "o", "t", "to")),
    ]


@given(st.text(st.sampled_from("abé ï9Ж-日\n'"), max_size=200), st.integers(0, 200), st.integers(1, LONGEST))
def test_a_term_is_in_a_text_exactly_if_it_is_in_one_of_its_words(text: str, start: int, size: int) -> None:
    folded = fold(text)
    words = [word for word in indexed_words("", folded, "", "").split() if word[0] not in TITLE + PIECE]
    for term in (folded[start : start + size], "ab", "aba", "e9"):
        if is_word(term):
            assert (term in folded) == any(term in word for word in words)


def test_a_long_word_is_found_by_any_part_of_it() -> None:
    text = "".join(f"{n:03d}" for n in range(200))
    words = indexed_words("", text, "", "").split()
    assert max(map(len, words)) == 2 * LONGEST
    for start in range(len(text) - LONGEST + 1):
        assert any(text[start : start + LONGEST] in word for word in words)
    assert not is_word(text[: LONGEST + 1])
    assert not is_word("日本")
    assert not is_word("a-b")
