"""Full-text search: WordPress's meaning of a search, served from folded copies of the texts.

Every word is looked for as a substring of title, excerpt or content, compared as the site's database compares
(`collation.fold`).  The copies lie in `search_texts`; trigram indexes find the candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.query import PostQuery
from wirepress.store.clauses import Where, contains
from wirepress.store.collation import fold
from wirepress.store.unit import Unit

_TERM: Final = re.compile(r'".*?(?:"|$)|(?:(?<=[\t ",+])|^)[^\t ",+]+')
_QUOTES: Final = "\"'"
_MOST_TERMS: Final = 9
_STOPPED: Final = """about an are as at be by com for from how in is it of on or that the this to was what when where
    who will with www"""
_STOPWORDS: Final = frozenset(_STOPPED.split())
"""The words that WordPress leaves out of a search (WP_Query::get_search_stopwords, untranslated)."""
COLUMNS: Final = {"post_title": "title", "post_excerpt": "excerpt", "post_content": "content"}


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


@dataclass(frozen=True, slots=True)
class Search:
    """A search as conditions on `posts p`."""

    words: Words
    columns: tuple[str, ...]
    exact: bool
    anonymous: bool
    dialect: str

    def narrow(self, where: Where) -> None:
        """Adds what a post must fulfil to be found."""
        inner = Where()
        for term in self.words.wanted:
            self._anywhere(inner, fold(term))
        for term in self.words.unwanted:
            for column in self.columns:
                inner.add(f"NOT {self._has(column)}", fold(term))
        where.add(f"p.id IN (SELECT s.post FROM search_texts s WHERE {inner.sql})", *inner.values)
        if self.anonymous:
            where.add("p.password = ''")

    def _has(self, column: str) -> str:
        return f"s.{column} = ?" if self.exact else f"{contains(self.dialect, f's.{column}')}"

    def _anywhere(self, where: Where, folded: str) -> None:
        either = " OR ".join(self._has(column) for column in self.columns)
        where.add(f"({either})", *[folded] * len(self.columns))

    def relevance(self) -> tuple[str, list[Any]]:
        """ORDER BY expressions (with a comma behind) for WordPress's order (WP_Query::parse_search_order): the
        phrase in the title, all words in it, any word in it, the phrase in the excerpt, in the content."""
        if self.exact or not self.words.wanted:
            return "", []
        terms = [fold(term) for term in self.words.wanted]
        titled = contains(self.dialect, "s.title")
        if not self.words.many:
            return f"({self._text('CASE WHEN ' + titled + ' THEN 0 ELSE 1 END')}), ", terms[:1]
        cases, values = list[str](), list[str]()
        phrase = None if self.words.unwanted else fold(self.words.phrase)
        if phrase is not None:
            cases.append(f"WHEN {titled} THEN 1")
            values.append(phrase)
        if len(terms) < 7:
            cases.append(f"WHEN {' AND '.join([titled] * len(terms))} THEN 2")
            values += terms
            if len(terms) > 1:
                cases.append(f"WHEN {' OR '.join([titled] * len(terms))} THEN 3")
                values += terms
        if phrase is not None:
            for rank, column in enumerate(("excerpt", "content"), 4):
                cases.append(f"WHEN {contains(self.dialect, 's.' + column)} THEN {rank}")
                values.append(phrase)
        return (f"({self._text('CASE ' + ' '.join(cases) + ' ELSE 6 END')}), ", values) if cases else ("", [])

    @staticmethod
    def _text(expression: str) -> str:
        return f"SELECT {expression} FROM search_texts s WHERE s.post = p.id"


def search_of(unit: Unit, query: PostQuery) -> Search | None:
    """The search that a query holds, if any."""
    if not query.search:
        return None
    columns = tuple(COLUMNS[name] for name in query.search_columns if name in COLUMNS) or tuple(COLUMNS.values())
    if query.types == ("attachment",):
        columns += ("file",)
    return Search(words_of(query.search), columns, query.search_exact, not query.visibility.viewer, unit.dialect)
