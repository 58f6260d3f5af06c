"""Full-text search: WordPress's meaning of a search, served from folded copies of the texts.

Every word is looked for as a substring of title, excerpt or content, compared as the site's database compares
(`collation.fold`).  The copies lie in `search_texts`.  Indexes find the candidates (`search_index` in SQLite,
`search_lists` and pg_trgm in PostgreSQL); where an index cannot tell for sure, the candidates are looked at again: an
index that knew the places of the trigrams too would be ten times as large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wirepress.model.query import PostQuery
from wirepress.store.clauses import EVERY, Where, contains
from wirepress.store.collation import fold
from wirepress.store.rows import TAIL, UNSEARCHED
from wirepress.store.search_candidates import MANY, Candidates, Match, Part, Sets
from wirepress.store.search_index import GRAM, GRAMS, SQLITE, grams_of
from wirepress.store.search_lists import POSTGRESQL
from wirepress.store.search_words import Words, words_of
from wirepress.store.unit import Unit

COLUMNS: Final = {"post_content": "content", "post_title": "title", "post_excerpt": "excerpt"}
_RANKED_TERMS: Final = 6
"""With more terms WordPress looks at the phrase alone."""
_PHRASE_PLACE: Final = """CASE WHEN p.id IN (SELECT id FROM phrased WHERE place = 4) THEN 4
    WHEN p.id IN (SELECT id FROM phrased WHERE place = 5) THEN 5 ELSE 6 END"""


@dataclass(slots=True)
class Search:
    """A search of one query: what to put before the statement, and conditions and orders on `posts p`."""

    unit: Unit
    words: Words
    columns: tuple[str, ...]
    exact: bool = False
    whole: bool = True
    anonymous: bool = True
    sets: Sets = field(init=False)
    rechecks: Where = field(default_factory=Where)
    by_term: dict[str, Candidates] = field(default_factory=dict)
    many: bool = True

    def prepare(self) -> None:
        """Says what a text must hold.  One statement goes ahead, which asks what the indexes know."""
        if not self.sqlite:
            # The planner does not know what it costs to unpack the lists of words: it would rather read them all.
            self.unit.rows("SELECT set_config('enable_seqscan', 'off', true)", (), lent=())
        wanted = [fold(term) for term in self.words.wanted]
        unwanted = [fold(term) for term in self.words.unwanted]
        self.sets = Sets(SQLITE if self.sqlite else POSTGRESQL)
        self.by_term = self.sets.index.candidates_of(self.unit, (*wanted, *unwanted))
        self.many = all(self.by_term[term].number >= MANY for term in wanted if term in self.by_term)
        for term in wanted:
            candidates = self.by_term.get(term)
            if candidates and candidates.table:
                self.sets.add(candidates)
            if not self._settled(candidates):
                self.rechecks.add(*self._anywhere(term))
        for term in unwanted:
            self._without(term)

    @property
    def sqlite(self) -> bool:
        """Whether SQLite is asked, whose planner gets more hints, and whose index knows trigrams too."""
        return self.unit.dialect == "sqlite"

    def _settled(self, candidates: Candidates | None) -> bool:
        """Whether the index says for sure that a text holds the term, in the columns that are searched."""
        return candidates is not None and candidates.sure and self.whole

    def _without(self, term: str) -> None:
        candidates = self.by_term.get(term)
        sql, *values = self._anywhere(term)
        if candidates is None or not candidates.table:
            self.rechecks.add(f"NOT {sql}", *values)
            return
        settled = self._settled(candidates)
        if settled and self.sets.wanted:
            self.sets.unwanted.append(candidates)
            return
        found, matches = self._ids(candidates.table, [candidates.match])
        if settled:
            self.rechecks.add(f"s.post NOT IN ({found})", *matches)
        else:
            self.rechecks.add(f"NOT (s.post IN ({found}) AND {sql})", *matches, *values)

    def _ids(self, table: str, matches: Sequence[Match]) -> Part:
        return self.sets.index.ids(table, matches)

    def _anywhere(self, term: str) -> tuple[Any, ...]:
        parts = [self._has(f"s.{column}", term) for column in self.columns]
        return f"({' OR '.join(part[0] for part in parts)})", *(part[1] for part in parts)

    def _has(self, column: str, term: str) -> tuple[str, str]:
        if self.exact:
            return f"{column} = ?", term + TAIL
        if self.sqlite:
            return contains("sqlite", column), term
        return f"{column} LIKE ?", f"%{_escaped(term)}%"

    def before(self, others: Where) -> Part:
        """What stands before the statement: the hits, made once; for PostgreSQL those too that fulfil the other
        conditions (`seen`), of which both the page and the total are made."""
        if self.sets.wanted and not self.rechecks.parts:
            sql, values = self.sets.part
        else:
            where = Where()
            if self.sets.wanted:
                found, matches = self.sets.part
                where.add(f"s.post IN ({found})", *matches)
            where.add(self.rechecks.sql, *self.rechecks.values)
            sql, values = f"SELECT s.post AS id FROM search_texts s WHERE {where.sql}", where.values
        before = f"WITH hits AS MATERIALIZED ({sql})"
        if self.sqlite:
            return before + " ", values
        joined = f"SELECT p.id, p.date FROM hits h JOIN posts p ON p.id = h.id WHERE {others.sql} AND {self._open()[0]}"
        return f"{before}, seen AS MATERIALIZED ({joined}) ", [*values, *others.values]

    def narrow(self, where: Where) -> None:
        """Adds what a post must fulfil to be found."""
        if not self.sqlite:
            where.add("p.id IN (SELECT id FROM seen)")
            return
        # With many hits SQLite is quicker along the index of the list than from hit to post: the plus says so.
        where.add(f"{'+' if self.many else ''}p.id IN (SELECT id FROM hits)")
        where.add(*self._open())

    def _open(self) -> tuple[str]:
        """Leaves out the posts with a password, whose texts tell the anonymous nothing."""
        return ("p.id NOT IN (SELECT id FROM posts WHERE password <> '')" if self.anonymous else "1 = 1",)

    def _seen(self, what: str, others: Where) -> str:
        """A SELECT of something of the post `h.id`, when it fulfils the other conditions.

        Not as a join, for which SQLite would read all posts first, to make itself a filter; and from a narrow index
        where that tells enough.
        """
        index = " INDEXED BY ix_posts_id_type_status_date" if self.sqlite else ""
        return f"SELECT {what} FROM posts p{index} WHERE p.id = h.id AND {others.sql} AND {self._open()[0]}"

    def total(self, others: Where) -> Part:
        """How many posts are found that fulfil the other conditions too."""
        if not self.sqlite:
            return "(SELECT count(*) FROM seen)", []
        return f"(SELECT count(*) FROM hits h WHERE EXISTS ({self._seen('1', others)}))", list(others.values)

    def ranked_page(self, others: Where, limit: int, offset: int) -> Part | None:
        """The ids of a page in WordPress's order (WP_Query::parse_search_order): first the phrase in the title, then
        all words in it, any word in it, the phrase in the excerpt, in the content; within each the newest first.

        The posts with a fitting title come before all others, and mostly fill the page: only when they do not, the
        others are put in order.  None when the search knows no order.
        """
        terms = [fold(term) for term in self.words.wanted]
        phrase = None if self.words.unwanted or not self.words.many else fold(self.words.phrase)
        titles = [] if self.exact or not terms else self._titles(terms, phrase)
        if not titles:
            return None
        where = Where()
        where.add(others.sql, *others.values)
        self.narrow(where)
        enough = min(limit + offset, EVERY)
        newest = "date DESC, id DESC LIMIT ?"
        ranks = " UNION ALL ".join(rank for rank, _ in titles)
        if len(titles) > 1:
            ranks = f"SELECT id, min(place) FROM ({ranks}) h WHERE id IN (SELECT id FROM hits) GROUP BY id"
        phrased, phrased_values, place, first = "", list[Any](), "6", ""
        if phrase is not None:
            phrased, phrased_values = self._phrased(phrase)
            place, first = _PHRASE_PLACE, "place, "
        rest = (
            f"SELECT p.id, p.date, {place} AS place FROM posts p WHERE {where.sql}"
            f" AND p.id NOT IN (SELECT id FROM ranks) ORDER BY {first}p.date DESC, p.id DESC"
            " LIMIT CASE WHEN (SELECT count(*) FROM tops) < ? THEN ? ELSE 0 END"
        )
        sql = (
            f"WITH ranks (id, place) AS MATERIALIZED ({ranks}), {self._tops(others, len(titles) == 1, newest)}{phrased}"
            f" SELECT id FROM (SELECT id, date, place FROM tops UNION ALL SELECT id, date, place FROM ({rest}) r) q"
            f" ORDER BY place, {newest} OFFSET ?"
        )
        values = [value for _, held in titles for value in held]
        values += [*others.values, enough, *phrased_values, *where.values, enough, enough, limit, offset]
        return sql, values

    def _tops(self, others: Where, one_place: bool, newest: str) -> str:
        """The first of the ranked posts as a table `tops`."""
        if one_place and self.many and self.sqlite:
            # The list is in order already: it is walked until there are enough.
            found = f"{others.sql} AND {self._open()[0]} AND +p.id IN (SELECT id FROM ranks)"
            return (
                "tops AS MATERIALIZED (SELECT p.id, p.date, 1 AS place FROM posts p"
                f" WHERE {found} ORDER BY p.date DESC, p.id DESC LIMIT ?)"
            )
        return (
            f"dated AS MATERIALIZED (SELECT h.id, h.place, ({self._seen('p.date', others)}) AS date FROM ranks h),"
            f" tops AS MATERIALIZED (SELECT id, date, place FROM dated WHERE date IS NOT NULL ORDER BY place, {newest})"
        )

    def _titles(self, terms: list[str], phrase: str | None) -> list[Part]:
        """SELECTs of the ids of posts whose titles fit, with their places; the least of a post's places counts."""
        if not self.words.many:
            sql, values = self._titled(terms, " AND ", 1)
            if self.whole and not self.words.unwanted:
                return [(sql, values)]
            return [(f"SELECT * FROM ({sql}) h WHERE id IN (SELECT id FROM hits)", values)]
        ranks = []
        if phrase is not None:
            sql, value = self._has("s.title", phrase)
            ranks.append((f"SELECT s.post AS id, 1 AS place FROM {self._hits} WHERE {sql}", [value]))
            titled = self._title_matches(terms)
            if titled:
                found, matches = self._ids(self.sets.index.words, titled)
                ranks = [(f"{ranks[0][0]} AND h.id IN ({found})", [value, *matches])]
        if len(terms) <= _RANKED_TERMS:
            ranks += [self._titled(terms, " AND ", 2), self._titled(terms, " OR ", 3)]
        return ranks

    def _title_matches(self, terms: list[str]) -> list[Match]:
        """What finds the titles that hold each of the terms, if the index knows that of all of them."""
        matches = [self.by_term[term].titled for term in terms if term in self.by_term]
        return matches if len(matches) == len(terms) and None not in matches else []

    def _titled(self, terms: list[str], word: str, place: int) -> Part:
        """The titles that hold all or any of the terms."""
        matches = self._title_matches(terms)
        if matches:
            index = self.sets.index
            found, values = index.ids(index.words, matches if word == " AND " else [index.any_of(matches)])
            return f"SELECT id, {place} AS place FROM ({found}) h", values
        parts = [self._has("s.title", term) for term in terms]
        held = word.join(sql for sql, _ in parts)
        return f"SELECT s.post AS id, {place} AS place FROM {self._hits} WHERE ({held})", [value for _, value in parts]

    def _phrased(self, phrase: str) -> Part:
        """The texts that hold the phrase in the excerpt or in the content as a table `phrased`."""
        parts = [self._has(f"s.{column}", phrase) for column in ("excerpt", "content")]
        cases = " ".join(f"WHEN {sql} THEN {n}" for n, (sql, _) in enumerate(parts, 4))
        sql = f"SELECT s.post, CASE {cases} ELSE 6 END FROM {self._hits}"
        values: list[Any] = [value for _, value in parts]
        if self.sqlite and len(phrase) >= GRAM:
            found, matches = self._ids(GRAMS, [grams_of(phrase)])
            sql += f" WHERE h.id IN ({found})"
            values += matches
        return f", phrased (id, place) AS MATERIALIZED ({sql})", values

    @property
    def _hits(self) -> str:
        # From hit to text: the other way round SQLite would read all texts.
        return f"hits h {'CROSS ' if self.sqlite else ''}JOIN search_texts s ON s.post = h.id"


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
        whole=not query.search_exact and len(columns) >= len(COLUMNS) + ("attachment" in query.types),
        anonymous=not query.visibility.viewer,
    )
    search.prepare()
    return search


def matcher_of(query: PostQuery) -> Callable[[dict[str, str]], bool] | None:
    """A test of title, excerpt and content for the types that have no search texts."""
    if not query.search or not UNSEARCHED.intersection(query.types):
        return None
    words, columns = words_of(query.search), _columns(query)

    wanted, unwanted = [fold(term) for term in words.wanted], [fold(term) for term in words.unwanted]

    def matches(texts: dict[str, str]) -> bool:
        folded = [fold(texts[column]) for column in columns]
        if any(term in text for term in unwanted for text in folded):
            return False
        if query.search_exact:
            return all(term in folded for term in wanted)
        return all(any(term in text for text in folded) for term in wanted)

    return matches


def _columns(query: PostQuery) -> tuple[str, ...]:
    return tuple(COLUMNS[name] for name in COLUMNS if name in query.search_columns) or tuple(COLUMNS.values())
