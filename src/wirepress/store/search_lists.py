"""What PostgreSQL's lists of words know of the terms of a search, asked in one statement.

A match is a list of words, of which a text must hold one.  Of a term that is no word, or of which too many words are
made, nothing is known here: the trigrams of the texts find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from wirepress.store.search_candidates import Candidates, Index, Part
from wirepress.store.search_tokens import PIECE, TITLE, is_word
from wirepress.store.unit import Unit

LISTS: Final = "search_word_lists"
_MOST: Final = 1_000
"""How many words a term may be widened to."""
_SHORT: Final = 3
_HOLDING: Final = "(SELECT CAST(? AS text), word FROM search_words WHERE word LIKE ? LIMIT ?)"


def candidates_of(unit: Unit, terms: Iterable[str]) -> dict[str, Candidates]:
    """What the lists know of each term."""
    # A term of word characters holds nothing that LIKE takes for a wildcard.
    seen: dict[str, list[str]] = {term: [] for term in terms if is_word(term)}
    values: list[Any] = [value for term in seen for value in (term, f"%{term}%", _MOST + 1)]
    for term, word in unit.rows(" UNION ALL ".join([_HOLDING] * len(seen)), values) if seen else ():
        seen[term].append(word)
    return {term: _candidates(term, words) for term, words in seen.items()}


def _candidates(term: str, words: list[str]) -> Candidates:
    pieces = [PIECE + term] if len(term) < _SHORT else None
    if len(words) > _MOST:
        return Candidates("", None, sure=False, titled=pieces)
    return Candidates(LISTS, words, sure=True, titled=pieces or [TITLE + word for word in words])


def ids_in(table: str, matches: Sequence[list[str]]) -> Part:
    """A SELECT of the ids of the texts that hold a word of each list."""
    held = " AND ".join(["words && CAST(? AS text[])"] * len(matches))
    return f"SELECT post AS id FROM {table} WHERE {held}", list(matches)


def any_of(matches: Sequence[list[str]]) -> list[str]:
    """The words of all lists."""
    return list(chain.from_iterable(matches))


POSTGRESQL: Final = Index(LISTS, candidates_of, ids_in, any_of)
