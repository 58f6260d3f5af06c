"""Terms: what is asked of them and done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from wirepress.model.errors import NotFound
from wirepress.model.query import Found, TermQuery
from wirepress.model.term import Term
from wirepress.store.clauses import EVERY, Where, chunks, contains, marks, position_order, storable, window
from wirepress.store.collation import fold, sort_key
from wirepress.store.pages import Order, cut, page
from wirepress.store.post_counts import touch
from wirepress.store.post_stale import spoil
from wirepress.store.rows import TERMS
from wirepress.store.tags import of_posts, of_table, of_terms
from wirepress.store.unit import Unit

_SELECT: Final = f"SELECT {TERMS.select('t')} FROM terms t"
_SOME: Final = "list:terms"
"""Which terms there are."""
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


def listed(unit: Unit, query: TermQuery) -> list[Term]:
    """The page of terms that a query asks for, whole and in order, in one statement; two where words are sought."""
    if query.search or query.orderby == "description":
        ids = find(unit, query).ids
        by_id = load(unit, ids)
        return [by_id[one] for one in ids if one in by_id]
    where, (order, values), (limit, offset) = _where(unit, query), _order(query), window(query)
    sql = f"{_SELECT} WHERE {where.sql} ORDER BY {order} LIMIT ? OFFSET ?"
    return [TERMS.item(row) for row in unit.rows(sql, (*where.values, *values, limit, offset))]


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
    return next(iter(_read(unit, where, lent=of_terms((term_id,)))), None)


def by_ids(unit: Unit, taxonomy: str, ids: Sequence[int]) -> dict[int, Term]:
    """The terms of these term ids in a taxonomy, by term id."""
    where = Where()
    where.add("t.taxonomy = ?", taxonomy)
    where.one_of("t.id", tuple(dict.fromkeys(ids)))
    return {term.id: term for term in _read(unit, where, lent=of_terms(ids))}


def has_any(unit: Unit, taxonomy: str, ids: Sequence[int]) -> bool:
    """Whether a taxonomy has one of these term ids at least."""
    where = Where()
    where.add("t.taxonomy = ?", taxonomy)
    where.one_of("t.id", tuple(dict.fromkeys(ids)))
    return bool(unit.rows(f"SELECT 1 FROM terms t WHERE {where.sql} LIMIT 1", where.values, lent=of_terms(ids)))


def branches(unit: Unit, taxonomy: str, ids: Sequence[int]) -> tuple[int, ...]:
    """The term ids of some terms of a taxonomy and of all that are below them."""
    wanted = storable(tuple(dict.fromkeys(ids)))
    rows = unit.rows(
        "WITH RECURSIVE tree(id) AS ("
        f"SELECT id FROM terms WHERE taxonomy = ? AND id IN ({marks(len(wanted))})"
        " UNION SELECT c.id FROM terms c JOIN tree ON c.parent = tree.id WHERE c.taxonomy = ?)"
        " SELECT id FROM tree ORDER BY id",
        (taxonomy, *wanted, taxonomy),
        lent=of_table("terms"),
    )
    return tuple(row[0] for row in rows)


def each_branch(unit: Unit, taxonomy: str, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The same for each of a few terms by itself: what is below several of them is read for each."""
    wanted = storable(tuple(dict.fromkeys(ids)))
    rows = unit.rows(
        "WITH RECURSIVE tree(root, id) AS ("
        f"SELECT id, id FROM terms WHERE taxonomy = ? AND id IN ({marks(len(wanted))})"
        " UNION SELECT tree.root, c.id FROM terms c JOIN tree ON c.parent = tree.id WHERE c.taxonomy = ?)"
        " SELECT root, id FROM tree ORDER BY id",
        (taxonomy, *wanted, taxonomy),
        lent=of_table("terms"),
    )
    found: dict[int, list[int]] = {}
    for root, term in rows:
        found.setdefault(root, []).append(term)
    return {root: tuple(below) for root, below in found.items()}


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
    return _read(unit, where, lent=of_terms(wanted))


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
    return _read(unit, where, "t.taxonomy, t.name_key, t.taxonomy_id", of_posts((post_id,)))


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


def _read(
    unit: Unit, where: Where, order: str = "t.taxonomy_id", lent: Iterable[str] = (_SOME,)
) -> list[Term]:  # fmt: skip
    """Terms with all that they have.  A change of one but of its count raises the shared version."""
    rows = unit.rows(f"{_SELECT} WHERE {where.sql} ORDER BY {order} LIMIT {EVERY}", where.values, lent=lent)
    terms = [TERMS.item(row) for row in rows]
    unit.depends(of_terms(term.id for term in terms))
    return terms


# ---- changing


def insert(unit: Unit, term: Term, id: int | None = None) -> Term:  # noqa: A002 - the word callers use
    """Adds a term and gives it as it is now.

    Its term id is the given one or a new one, which no term ever had; its taxonomy id is new.
    """
    term_id = id or _next_id(unit)
    term = replace(term, id=term_id, count=0)
    taxonomy_id = TERMS.insert(unit, term, None)
    unit.touched("term", (term_id,))
    unit.tags.add(_SOME)
    unit.note("term.create", term.taxonomy, term_id)
    unit.raise_epoch()
    return replace(term, taxonomy_id=taxonomy_id)


def _next_id(unit: Unit) -> int:
    """A term id above all that there are and were."""
    most = unit.rows("SELECT coalesce((SELECT max(id) FROM terms), 0), number FROM state WHERE name = 'term'")
    next_id: int = max(most[0]) + 1
    unit.run("UPDATE state SET number = ? WHERE name = 'term'", (next_id,))
    return next_id


def update(unit: Unit, taxonomy_id: int, **changes: Any) -> bool:
    """Gives a term other values, by the names of `Term`, and says whether that changed anything.

    Raises NotFound when there is no such term.
    """
    old = load(unit, (taxonomy_id,)).get(taxonomy_id)
    if old is None:
        raise NotFound("no_term", "There is no term of the taxonomy id %(id)s.", words={"id": taxonomy_id})
    changed = TERMS.changed(old, changes)
    if not changed:
        return False
    unit.touched("term", (old.id,))
    unit.note("term.update", old.taxonomy, old.id, fields=changed)
    TERMS.update(unit, taxonomy_id, changed)
    spoil(unit, "term", old.id)
    unit.raise_shared_version()
    return True


def delete(unit: Unit, taxonomy_id: int) -> bool:
    """Removes a term; the terms below it move up to its parent (WordPress: wp_delete_term)."""
    old = load(unit, (taxonomy_id,)).get(taxonomy_id)
    if old is None:
        return False
    risen = unit.rows(
        "UPDATE terms SET parent = ?, version = version + 1 WHERE taxonomy = ? AND parent = ? RETURNING id",
        (old.parent, old.taxonomy, old.id),
    )
    assigned = [row[0] for row in unit.rows("SELECT post FROM post_terms WHERE taxonomy_id = ?", (taxonomy_id,))]
    touch(unit, assigned)
    unit.touched("term", [old.id, *(row[0] for row in risen)])
    unit.note("term.delete", old.taxonomy, old.id)
    unit.run("DELETE FROM post_terms WHERE taxonomy_id = ?", (taxonomy_id,))
    unit.run("DELETE FROM terms WHERE taxonomy_id = ?", (taxonomy_id,))
    unit.run(
        "UPDATE state SET number = ? WHERE name = 'term' AND number < ?",
        (old.id, old.id),
    )
    spoil(unit, "term", old.id)
    unit.raise_shared_version()
    return True


def hand_over(unit: Unit, taxonomy_id: int, heir: int, *, everywhere: bool = False) -> tuple[int, ...]:
    """Gives posts that have this term and no other of its taxonomy another one besides; their ids.

    `everywhere`: all posts that have it get the other one, but for those that have that already.
    """
    other = "x.taxonomy_id = ?" if everywhere else "x.taxonomy_id <> w.taxonomy_id AND o.taxonomy = t.taxonomy"
    posts = tuple(
        row[0]
        for row in unit.rows(
            "SELECT w.post FROM post_terms w JOIN terms t ON t.taxonomy_id = w.taxonomy_id WHERE w.taxonomy_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM post_terms x JOIN terms o ON o.taxonomy_id = x.taxonomy_id"
            f" WHERE x.post = w.post AND {other}) ORDER BY w.post",
            (taxonomy_id, heir) if everywhere else (taxonomy_id,),
        )
    )
    unit.run_many(
        "INSERT INTO post_terms (post, taxonomy_id, position) VALUES (?, ?, 0)", [(post, heir) for post in posts]
    )
    unit.touched("post", posts)
    unit.spoiled.update(dict.fromkeys(posts))  # what their renderings say of their own terms is noted nowhere
    counted = 0
    for chunk in chunks(posts):
        counted += unit.rows(
            "SELECT count(*) FROM posts p LEFT JOIN posts above ON above.id = p.parent"
            f" WHERE p.id IN ({marks(len(chunk))}) AND (p.status = 'publish' OR (p.type = 'attachment'"
            " AND p.status = 'inherit' AND above.status = 'publish'))",
            chunk,
        )[0][0]
    if counted:
        sql = "UPDATE terms SET count = count + ?, version = version + 1 WHERE taxonomy_id = ? RETURNING id"
        unit.touched("term", [row[0] for row in unit.rows(sql, (counted, heir))])
    return posts
