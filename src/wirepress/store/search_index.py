"""What SQLite's indexes tell of the terms of a search, asked in one statement.

The index of words tells for a term of word characters, by way of the vocabulary, which texts hold it.  The index of
trigrams tells it for up to three characters of any kind; of a longer term it names the texts that may hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from wirepress.store.search_candidates import MANY, Candidates, Index, Part
from wirepress.store.search_tokens import PIECE, TITLE, is_word
from wirepress.store.unit import Unit

GRAM: Final = 3
WORDS: Final = "search_word_index"
GRAMS: Final = "search_index"
_MOST: Final = 400
"""How many words or trigrams a search may be widened to."""
_NOWHERE: Final = '"\x01\x01\x01"'
"""What no text holds."""
_BEGUN: Final = "SELECT * FROM (SELECT ?, term, doc FROM search_grams WHERE term >= ? AND term < ? LIMIT ?)"
_HOLDING: Final = (
    "SELECT * FROM (SELECT ?, w.word, coalesce((SELECT c.doc FROM search_word_counts c WHERE c.term = w.word), 0)"
    " FROM search_words w WHERE w.id IN (SELECT rowid FROM search_vocabulary WHERE search_vocabulary MATCH ?)"
    " AND instr(w.word, ?) > 0 LIMIT ?)"
)
_PERHAPS: Final = "SELECT ?, '', count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)"


def candidates_of(unit: Unit, terms: Iterable[str]) -> dict[str, Candidates]:
    """What the indexes tell of each term."""
    parts: list[str] = []
    values: list[Any] = []
    terms = list(dict.fromkeys(terms))
    for term in terms:
        if len(term) < GRAM:
            # Each text ends in a tail that no search holds, so every character in it begins a trigram.
            parts.append(_BEGUN)
            values += (term, term, f"{term}\U0010ffff", _MOST + 1)
        elif is_word(term):
            parts.append(_HOLDING)
            values += (term, grams_of(term), term, _MOST + 1)
        else:
            parts.append(_PERHAPS)
            values += (term, grams_of(term), MANY)
    seen: dict[str, dict[str, int]] = {term: {} for term in terms}
    for term, found, number in unit.rows(" UNION ALL ".join(parts), values) if parts else ():
        seen[term][found] = number
    return {term: _candidates(term, found) for term, found in seen.items()}


def _candidates(term: str, found: dict[str, int]) -> Candidates:
    number = sum(found.values())
    word = is_word(term)
    if len(term) < GRAM:
        titled = _quoted(PIECE + term) if word else None
        if len(found) > _MOST:
            return Candidates("", "", sure=False, titled=titled)
        return Candidates(GRAMS, _either(found), sure=True, titled=titled, number=number)
    if word and len(found) <= _MOST:
        return Candidates(WORDS, _either(found), sure=True, titled=_either(TITLE + w for w in found), number=number)
    return Candidates(GRAMS, grams_of(term), sure=len(term) == GRAM, number=MANY if word else number)


def grams_of(text: str) -> str:
    """What finds the texts that hold all trigrams of a text."""
    return all_of([_quoted(text[n : n + GRAM]) for n in range(len(text) - GRAM + 1)])


def all_of(matches: Sequence[str]) -> str:
    """What finds the texts that all of these find."""
    return f"({' AND '.join(dict.fromkeys(matches))})"


def ids_in(table: str, matches: Sequence[str]) -> Part:
    """A SELECT of the ids of what all of the matches find in an index."""
    return f"SELECT rowid AS id FROM {table} WHERE {table} MATCH ?", [all_of(matches)]


def any_of(matches: Sequence[str]) -> str:
    """What finds the texts that any of these finds."""
    return f"({' OR '.join(dict.fromkeys(matches))})"


def _either(found: Iterable[str]) -> str:
    return any_of([_quoted(one) for one in found] or [_NOWHERE])


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


SQLITE: Final = Index(WORDS, candidates_of, ids_in, any_of)
