"""The words of a search, as WordPress takes a search apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TERM: Final = re.compile(r'".*?(?:"|$)|(?:(?<=[\t ",+])|^)[^\t ",+]+')
_QUOTES: Final = "\"'"
_MOST_TERMS: Final = 9
_STOPPED: Final = """about an are as at be by com for from how in is it of on or that the this to was what when where
    who will with www"""
_STOPWORDS: Final = frozenset(_STOPPED.split())
"""The words that WordPress leaves out of a search (WP_Query::get_search_stopwords, untranslated)."""


@dataclass(frozen=True, slots=True)
class Words:
    """A search in words: `phrase` is the whole of it, `wanted` and `unwanted` its terms as written.

    `many`: more than one term was written, stop words and single letters counted.
    """

    phrase: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()
    many: bool = False


def words_of(text: str) -> Words:
    """The words of a search (WordPress: WP_Query::parse_search and parse_search_terms)."""
    phrase = text.replace("\r", "").replace("\n", "")
    written = _TERM.findall(phrase)
    terms = [term for term in map(_term, written) if term is not None]
    if not terms or len(terms) > _MOST_TERMS:
        terms = [phrase]
    return Words(
        phrase,
        tuple(t for t in terms if not t.startswith("-")),
        tuple(t[1:] for t in terms if t.startswith("-")),
        len(written) > 1,
    )


def _term(written: str) -> str | None:
    """A term without its quotes; None for a stop word and a single letter.  A quoted term keeps its spaces."""
    if len(written) > 2 and written[0] == written[-1] == '"':
        term = written.strip(_QUOTES)
    else:
        term = written.strip(_QUOTES + " ")
    if not term or (len(term) == 1 and term.isascii() and (term.isalpha() or term == "-")):
        return None
    return None if term.lower() in _STOPWORDS else term
