"""Full-text search: WordPress's meaning of a search, served from folded copies of the texts.

Every word is looked for as a substring of title, excerpt or content, compared as the site's database compares
(`collation.fold`).  The copies lie in `search_texts`.  Trigram indexes find the candidates (FTS5, pg_trgm), which are
looked at again: an index that knew the places of the trigrams too would be ten times as large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wirepress.model.query import PostQuery
from wirepress.store.clauses import Where, contains
from wirepress.store.collation import fold
from wirepress.store.rows import TAIL, UNSEARCHED
from wirepress.store.search_words import Words, words_of
from wirepress.store.unit import Unit

COLUMNS: Final = {"post_content": "content", "post_title": "title", "post_excerpt": "excerpt"}
_MATCHING: Final = "s.post IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)"
_GRAM: Final = 3
_MOST_GRAMS: Final = 400
_MANY: Final = 5_000
_NOWHERE: Final = '"\x01\x01\x01"'
"""What no text holds."""


@dataclass(slots=True)
class Search:
    """A search of one query: what to put before the statement, and conditions and orders on `posts p`."""

    unit: Unit
    words: Words
    columns: tuple[str, ...]
    exact: bool = False
    anonymous: bool = True
    ranked: bool = False
    hits: Where = field(default_factory=Where)
    index_only: str = ""
    many: bool = True

    def prepare(self) -> None:
        """Says what a text must hold.

        In SQLite one statement goes ahead: it asks how many candidates there are, or which trigrams begin with the
        short terms (which tells how many, too).
        """
        wanted, unwanted = ([fold(term) for term in terms] for terms in (self.words.wanted, self.words.unwanted))
        grams = self._grams((*wanted, *unwanted)) if self.unit.dialect == "sqlite" else {}
        for term in wanted:
            if term not in grams or not self._settled(term):
                self.hits.add(*self._anywhere(term))
        matching = " AND ".join(grams[term] for term in wanted if term in grams)
        if matching:
            self.index_only = "" if self.hits.parts or unwanted else matching
            self.hits.add(_MATCHING, matching)
            if all(len(term) >= _GRAM for term in (*wanted, *unwanted)):
                sql = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?) f"
                self.many = self.unit.rows(sql, (matching, _MANY))[0][0] >= _MANY
        for term in unwanted:
            sql, *values = self._anywhere(term)
            if term in grams:
                self.hits.add(f"NOT ({_MATCHING} AND {sql})", grams[term], *values)
            else:
                self.hits.add(f"NOT {sql}", *values)

    def _grams(self, terms: Sequence[str]) -> dict[str, str]:
        """The FTS5 expressions for texts that may hold a term, for the terms of which the index can tell."""
        found = {}
        short: dict[str, list[str]] = {term: [] for term in terms if len(term) < _GRAM}
        for term in terms:
            parts = dict.fromkeys(term[n : n + _GRAM] for n in range(len(term) - _GRAM + 1))
            found[term] = f"({' AND '.join(map(_quoted, parts))})"
        if not short:
            return found
        # Each text ends in a tail that no search holds, so every character in it begins a trigram.
        one = "SELECT * FROM (SELECT ?, term, doc FROM search_grams WHERE term >= ? AND term < ? LIMIT ?)"
        values = [value for term in short for value in (term, term, f"{term}\U0010ffff", _MOST_GRAMS + 1)]
        seen = dict.fromkeys(short, 0)
        for term, gram, number in self.unit.rows(" UNION ALL ".join([one] * len(short)), values):
            short[term].append(_quoted(gram))
            seen[term] += number
        for term, begun in short.items():
            del found[term]
            if len(begun) <= _MOST_GRAMS:
                found[term] = f"({' OR '.join(begun) or _NOWHERE})"
        self.many = min(seen.values()) >= _MANY
        return found

    def _settled(self, term: str) -> bool:
        """Whether the index tells for sure that a text holds the term."""
        return len(term) <= _GRAM and not self.exact and len(self.columns) >= len(COLUMNS)

    def _anywhere(self, term: str) -> tuple[Any, ...]:
        parts = [self._has(f"s.{column}", term) for column in self.columns]
        return f"({' OR '.join(part[0] for part in parts)})", *(part[1] for part in parts)

    def _has(self, column: str, term: str) -> tuple[str, str]:
        if self.exact:
            return f"{column} = ?", term + TAIL
        if self.unit.dialect == "sqlite":
            return contains("sqlite", column), term
        return f"{column} LIKE ?", f"%{_escaped(term)}%"

    @property
    def before(self) -> tuple[str, list[Any]]:
        """What stands before the statement: the hits, made once, with their rank where one is asked for."""
        rank, values = self._rank() if self.ranked else ("0", [])
        if self.index_only and not values:
            texts = "SELECT rowid AS id, 0 AS place FROM search_index WHERE search_index MATCH ?"
            return f"WITH hits AS MATERIALIZED ({texts}) ", [self.index_only]
        texts = f"SELECT s.post AS id, {rank} AS place FROM search_texts s WHERE {self.hits.sql}"
        return f"WITH hits AS MATERIALIZED ({texts}) ", [*values, *self.hits.values]

    def narrow(self, where: Where) -> None:
        """Adds what a post must fulfil to be found."""
        # With many hits SQLite is quicker along the index of the list than from hit to post: the plus says so.
        along_the_list = self.many and self.unit.dialect == "sqlite"
        where.add(f"{'+' if along_the_list else ''}p.id IN (SELECT id FROM hits)")
        if self.anonymous:
            where.add("p.id NOT IN (SELECT id FROM posts WHERE password <> '')")

    def relevance(self) -> str:
        """ORDER BY expressions (with a comma behind) for WordPress's order."""
        rank, values = self._rank()
        places = [n for n in range(1, 6) if f"THEN {n}" in rank]
        cases = " ".join(f"WHEN p.id IN (SELECT id FROM hits WHERE place = {n}) THEN {n}" for n in places)
        return f"CASE {cases} ELSE 6 END, " if values else ""

    def _rank(self) -> tuple[str, list[Any]]:
        """The rank of a hit (WP_Query::parse_search_order): the phrase in the title, all words in it, any word in
        it, the phrase in the excerpt, in the content."""
        terms = [fold(term) for term in self.words.wanted]
        if self.exact or not terms:
            return "0", []
        titled = [self._has("s.title", term) for term in terms]
        if not self.words.many:
            return f"CASE WHEN {titled[0][0]} THEN 1 ELSE 6 END", [titled[0][1]]
        phrase = None if self.words.unwanted else fold(self.words.phrase)
        cases: list[tuple[str, list[Any]]] = []
        if phrase is not None:
            sql, value = self._has("s.title", phrase)
            cases.append((f"WHEN {sql} THEN 1", [value]))
        values = [value for _, value in titled]
        if len(terms) < 7:
            cases.append((f"WHEN {' AND '.join(sql for sql, _ in titled)} THEN 2", values))
            cases.append((f"WHEN {' OR '.join(sql for sql, _ in titled)} THEN 3", values))
        if phrase is not None:
            for place, column in enumerate(("excerpt", "content"), 4):
                sql, value = self._has(f"s.{column}", phrase)
                cases.append((f"WHEN {sql} THEN {place}", [value]))
        if not cases:
            return "0", []
        return f"CASE {' '.join(sql for sql, _ in cases)} ELSE 6 END", [v for _, held in cases for v in held]


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _escaped(term: str) -> str:
    """A text as LIKE takes it literally."""
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def search_of(unit: Unit, query: PostQuery) -> Search | None:
    """The search that a query holds, if any and if its types have search texts."""
    text = query.search.replace("\0", "")
    if not text or UNSEARCHED.intersection(query.types):
        return None
    columns = _columns(query)
    if query.types == ("attachment",) and len(columns) == len(COLUMNS):
        columns += ("file",)
    search = Search(
        unit,
        words_of(text),
        columns,
        exact=query.search_exact,
        anonymous=not query.visibility.viewer,
        ranked=query.orderby == "relevance",
    )
    search.prepare()
    return search


def matcher_of(query: PostQuery) -> Callable[[dict[str, str]], bool] | None:
    """A test of title, excerpt and content for the types that have no search texts."""
    if not query.search or not UNSEARCHED.intersection(query.types):
        return None
    words, columns = words_of(query.search), _columns(query)

    def matches(texts: dict[str, str]) -> bool:
        folded = [fold(texts[column]) for column in columns]
        found = [
            any(fold(t) == text if query.search_exact else fold(t) in text for text in folded) for t in words.wanted
        ]
        return all(found) and not any(fold(t) in text for t in words.unwanted for text in folded)

    return matches


def _columns(query: PostQuery) -> tuple[str, ...]:
    return tuple(COLUMNS[name] for name in COLUMNS if name in query.search_columns) or tuple(COLUMNS.values())
