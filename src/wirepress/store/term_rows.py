"""Reading terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wirepress.model.query import Found, TermQuery
from wirepress.model.term import Term
from wirepress.store.clauses import EVERY, Where, contains, marks, position_order, storable, window
from wirepress.store.collation import fold, sort_key
from wirepress.store.pages import Order, cut, page
from wirepress.store.rows import TERMS
from wirepress.store.unit import Unit

_SELECT: Final = f"SELECT {TERMS.select('t')} FROM terms t"
_ORDERS: Final = {
    "id": "t.id",
    "name": "t.name_key",
    "slug": "t.slug_key",
    "term_group": 't."group"',
    "count": "t.count",
}
_FULL_BRANCH: Final = """(t.count > 0 OR t.id IN (WITH RECURSIVE above(id) AS (
    SELECT f.parent FROM terms f WHERE f.count > 0 AND f.parent <> 0 AND f.taxonomy IN ({taxonomies})
    UNION SELECT u.parent FROM terms u JOIN above ON u.id = above.id
    WHERE u.parent <> 0 AND u.taxonomy IN ({taxonomies})) SELECT id FROM above))"""


def find(unit: Unit, query: TermQuery) -> Found:
    """The page of terms that a query asks for, by taxonomy_id, with the total."""
    where = _where(unit, query)
    order = _order(query)
    if query.search or query.orderby == "description":
        return _sifted(unit, query, where, order)
    return page(unit, "t.taxonomy_id", "terms", where, order, window(query))


def _sifted(unit: Unit, query: TermQuery, where: Where, order: Order) -> Found:
    """What no index answers: the database gives candidates, the comparison of whole texts is made here."""
    rows = unit.rows(
        f"SELECT t.taxonomy_id, t.version, t.name, t.slug, t.description FROM terms t WHERE {where.sql}"
        f" ORDER BY {order[0]}",
        (*where.values, *order[1]),
    )
    if query.search:
        wanted = fold(query.search)
        rows = [row for row in rows if wanted in fold(row[2]) or wanted in fold(row[3])]
    if query.orderby == "description":
        rows.sort(key=lambda row: sort_key(row[4]), reverse=query.order == "desc")
    return cut(rows, window(query))


def _where(unit: Unit, query: TermQuery) -> Where:
    where = Where()
    where.one_of("t.taxonomy", query.taxonomies)
    if query.include:
        where.one_of("t.id", query.include)
    where.none_of("t.id", query.exclude)
    if query.slugs:
        where.one_of("t.slug_key", [sort_key(slug) for slug in query.slugs])
    if query.parent is not None:
        where.one_of("t.parent", (query.parent,))
    if query.hide_empty and query.parent is not None:
        where.add("t.count > 0")
    elif query.hide_empty:
        # A term without posts of its own stays when a term below it has some (WordPress: get_terms).
        where.add(_FULL_BRANCH.format(taxonomies=marks(len(query.taxonomies))), *query.taxonomies, *query.taxonomies)
    if query.post is not None:
        posts = storable((query.post,))
        assigned = f"SELECT x.taxonomy_id FROM post_terms x WHERE x.post IN ({marks(len(posts))})"
        where.add(f"t.taxonomy_id IN ({assigned})", *posts)
    key = sort_key(query.search) if query.search else b""
    if key:
        has = contains(unit.dialect, "t.name_key"), contains(unit.dialect, "t.slug_key")
        where.add(f"({has[0]} OR {has[1]})", key, key)
    return where


def _order(query: TermQuery) -> Order:
    way = "ASC" if query.order == "asc" else "DESC"
    if query.orderby == "include" and query.include:
        return position_order("t.id", query.include)
    if query.orderby == "include_slugs" and query.slugs:
        return position_order("t.slug_key", [sort_key(slug) for slug in query.slugs])
    if query.orderby == "description":
        return f"t.taxonomy_id {way}", []
    column = _ORDERS.get(query.orderby, "t.name_key")
    return f"{column} {way}, t.taxonomy_id {way}", []


def load(unit: Unit, taxonomy_ids: Sequence[int]) -> dict[int, Term]:
    """The terms of these taxonomy ids, by taxonomy id."""
    where = Where()
    where.one_of("t.taxonomy_id", tuple(dict.fromkeys(taxonomy_ids)))
    return {term.taxonomy_id: term for term in _read(unit, where)}


def get(unit: Unit, taxonomy: str | None, term_id: int) -> Term | None:
    """The term of this id in a taxonomy; in any when the taxonomy is None."""
    where = Where()
    where.one_of("t.id", (term_id,))
    if taxonomy is not None:
        where.add("t.taxonomy = ?", taxonomy)
    return next(iter(_read(unit, where)), None)


def by_ids(unit: Unit, taxonomy: str, ids: Sequence[int]) -> dict[int, Term]:
    """The terms of these term ids in a taxonomy, by term id."""
    where = Where()
    where.add("t.taxonomy = ?", taxonomy)
    where.one_of("t.id", tuple(dict.fromkeys(ids)))
    return {term.id: term for term in _read(unit, where)}


def any_of(unit: Unit, ids: Iterable[int]) -> list[Term]:
    """The terms of these term ids in whatever taxonomy, and those that they stand under: what their links name."""
    wanted = storable(tuple(dict.fromkeys(ids)))
    where = Where()
    where.add(
        "t.taxonomy_id IN (WITH RECURSIVE up(taxonomy_id, taxonomy, parent) AS ("
        f"SELECT taxonomy_id, taxonomy, parent FROM terms WHERE id IN ({marks(len(wanted))})"
        " UNION SELECT a.taxonomy_id, a.taxonomy, a.parent FROM terms a"
        " JOIN up ON a.id = up.parent AND a.taxonomy = up.taxonomy) SELECT taxonomy_id FROM up)",
        *wanted,
    )
    return _read(unit, where)


def by_slug(unit: Unit, taxonomy: str, slug: str) -> Term | None:
    """The term of a taxonomy that has this slug."""
    where = Where()
    where.add("t.taxonomy = ? AND t.slug_key = ?", taxonomy, sort_key(slug))
    return next(iter(_read(unit, where)), None)


def slug_owners(unit: Unit, taxonomies: Sequence[str], slug: str) -> tuple[int, ...]:
    """The term ids of whatever has this slug in some taxonomies."""
    where = Where()
    where.one_of("t.taxonomy", taxonomies)
    where.add("t.slug_key = ?", sort_key(slug))
    return tuple(row[0] for row in unit.rows(f"SELECT t.id FROM terms t WHERE {where.sql}", where.values))


def by_name(unit: Unit, taxonomy: str, name: str) -> list[Term]:
    """The terms of a taxonomy whose name compares equal."""
    where = Where()
    where.add("t.taxonomy = ? AND t.name_key = ?", taxonomy, sort_key(name))
    return _read(unit, where)


def of_post(unit: Unit, post_id: int, taxonomies: Sequence[str] = ()) -> list[Term]:
    """The terms of a post, by name."""
    where = Where()
    where.add("t.taxonomy_id IN (SELECT x.taxonomy_id FROM post_terms x WHERE x.post = ?)", post_id)
    if taxonomies:
        where.one_of("t.taxonomy", taxonomies)
    return _read(unit, where, "t.taxonomy, t.name_key, t.taxonomy_id")


def of_taxonomy(unit: Unit, *taxonomies: str) -> list[Term]:
    """All terms of some taxonomies, by name."""
    where = Where()
    where.one_of("t.taxonomy", taxonomies)
    return _read(unit, where, "t.name_key, t.taxonomy_id")


def ancestors(unit: Unit, taxonomy: str, term_id: int) -> tuple[int, ...]:
    """The term ids above a term, nearest first; a loop of parents ends it."""
    found: list[int] = []
    current = term_id
    while rows := unit.rows("SELECT parent FROM terms WHERE taxonomy = ? AND id = ?", (taxonomy, current)):
        current = rows[0][0]
        if not current or current in found or current == term_id:
            break
        found.append(current)
    return tuple(found)


def _read(unit: Unit, where: Where, order: str = "t.taxonomy_id") -> list[Term]:
    rows = unit.rows(f"{_SELECT} WHERE {where.sql} ORDER BY {order} LIMIT {EVERY}", where.values)
    return [TERMS.item(row) for row in rows]
