"""Full-text search: WordPress's meaning of a search, served from folded copies of the texts.

Every word is looked for as a substring of title, excerpt or content, compared as the site's database compares
(`collation.fold`).  The copies lie in `search_texts`.  Trigram indexes find the candidates (FTS5, pg_trgm), which are
looked at again: an index that knew the places of the trigrams too would be ten times as large.
"""

from __future__ import annotations

from collections.abc import Callable
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
    many: bool = False

    def prepare(self) -> None:
        """Says what a text must hold; in SQLite it asks once how many candidates there are."""
        grams: list[str] = []
        for term in map(fold, self.words.wanted):
            gram = self._grams(term)
            if gram is not None:
                grams.append(gram)
            if gram is None or not self._settled(term):
                self.hits.add(*self._anywhere(term))
        if grams:
            matching = " AND ".join(grams)
            self.hits.add(_MATCHING, matching)
            sql = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?) f"
            self.many = self.unit.rows(sql, (matching, _MANY))[0][0] >= _MANY
        for term in map(fold, self.words.unwanted):
            sql, *values = self._anywhere(term)
            gram = self._grams(term)
            if gram is None:
                self.hits.add(f"NOT {sql}", *values)
            else:
                self.hits.add(f"NOT ({_MATCHING} AND {sql})", gram, *values)

    def _grams(self, term: str) -> str | None:
        """The FTS5 expression for texts that may hold the term; None when the index cannot tell."""
        if self.unit.dialect != "sqlite":
            return None
        if len(term) >= _GRAM:
            parts = dict.fromkeys(term[n : n + _GRAM] for n in range(len(term) - _GRAM + 1))
            return f"({' AND '.join(map(_quoted, parts))})"
        # Each text ends in a tail that no search holds, so every character in it begins a trigram.
        rows = self.unit.rows(
            "SELECT term FROM search_grams WHERE term >= ? AND term < ? LIMIT ?",
            (term, f"{term}\U0010ffff", _MOST_GRAMS + 1),
        )
        if len(rows) > _MOST_GRAMS:
            return None
        return f"({' OR '.join(_quoted(row[0]) for row in rows) or _NOWHERE})"

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
        texts = f"SELECT s.post AS id, {rank} AS place FROM search_texts s WHERE {self.hits.sql}"
        return f"WITH hits AS MATERIALIZED ({texts}) ", [*values, *self.hits.values]

    def narrow(self, where: Where) -> None:
        """Adds what a post must fulfil to be found."""
        # With many hits SQLite is quicker along the index of the list than from hit to post: the plus says so.
        where.add(f"{'+' if self.many else ''}p.id IN (SELECT id FROM hits)")
        if self.anonymous:
            where.add("p.id NOT IN (SELECT id FROM posts WHERE password <> '')")

    def relevance(self) -> str:
        """ORDER BY expressions (with a comma behind) for WordPress's order."""
        ranks = range(1, 6)
        cases = " ".join(f"WHEN p.id IN (SELECT id FROM hits WHERE place = {n}) THEN {n}" for n in ranks)
        return f"CASE {cases} ELSE 6 END, " if self._rank()[1] else ""

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
