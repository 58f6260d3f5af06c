"""Finding posts: a PostQuery as one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from wirepress.model.query import Found, PostQuery, TermFilter
from wirepress.store import ladders
from wirepress.store.clauses import Where, marks, position_order, storable, window
from wirepress.store.collation import sort_key
from wirepress.store.list_tags import of_query
from wirepress.store.search import Search, matcher_of, search_of
from wirepress.store.search_candidates import Part
from wirepress.store.tags import of_posts, of_table
from wirepress.store.unit import Row, Unit

_ORDERS: Final = {
    "date": "p.date",
    "modified": "p.modified",
    "title": "p.title_key",
    "slug": "p.slug_key",
    "author": "p.author",
    "parent": "p.parent",
    "menu_order": "p.menu_order",
    "comment_count": "p.comment_count",
    "type": "p.type",
}
_NUMBERS: Final = frozenset({"author", "parent", "menu_order", "comment_count"})
_INDEXED: Final = ("date", "modified", "title", "comment_count")
"""Orders of all posts of a type and a status that an index has."""
_ALONG: Final = "+p.id IN (SELECT x.post"
MANY: Final = 5_000
"""With more posts, the list is walked and its posts are looked up among the terms', not the other way round."""
_ONE_BY_ONE: Final = "one by one"
_NEAR: Final = 1_000
"""Pages up to here are filled sooner by asking post after post whether it has a term that many have."""
_BRANCHES: Final = """t.taxonomy_id IN (WITH RECURSIVE tree(id, taxonomy_id) AS (
    SELECT id, taxonomy_id FROM terms WHERE taxonomy = ? AND id IN (%s)
    UNION SELECT c.id, c.taxonomy_id FROM terms c JOIN tree ON c.parent = tree.id WHERE c.taxonomy = ?)
    SELECT taxonomy_id FROM tree)"""
"""Some terms of a taxonomy with all that are below them."""


def find(unit: Unit, query: PostQuery) -> Found:
    """The page of posts that a query asks for, with the total.

    One statement; a second one when the page is past the end, or for the sticky posts before page one.
    """
    search, matches = search_of(unit, query), matcher_of(query)
    where = Where()
    _narrow(where, query, along="+" if unit.dialect == "sqlite" else "")
    if matches:
        where.one_of("p.id", _sifted(unit, query, where, matches))
    is_narrowed = bool(where.parts or search)
    _see(where, query)
    total, total_values = _total(query, search, where, is_narrowed=is_narrowed)
    before, before_values = search.before(where) if search else ("", [])
    if unit.dialect == "sqlite" and not search and not matches:
        where = _near(query) or where
    lent = of_query(query)
    where, offset = _shortened(unit, query, where, lent, is_narrowed=is_narrowed)
    page, page_values = _page(query, search, where, offset)
    rows = unit.rows(
        # The page is cut on an index; only the rows on it are looked at for their version.
        f"{before}SELECT f.id, (SELECT v.version FROM posts v WHERE v.id = f.id), {total} FROM ({page}) f",
        (*before_values, *total_values, *page_values),
        lent=lent,
    )
    unit.depends(of_posts(row[0] for row in rows))
    number = rows[0][2] if rows else 0
    if not rows and window(query)[1] and query.with_total:
        number = unit.rows(f"{before}SELECT {total}", (*before_values, *total_values), lent=lent)[0][0]
    found = Found(tuple((row[0], row[1]) for row in rows), number)
    return _sticky_first(unit, query, found) if query.sticky_first and query.page == 1 else found


def find_each(unit: Unit, queries: Sequence[PostQuery]) -> list[Found]:
    """What several queries find, as `find`, in one statement: the first page of each, sorted by one of its dates or
    numbers and searched for no words."""
    wanted = [(query, place) for place, query in enumerate(queries)]
    wanted += [(others, place) for place, query in enumerate(queries) if (others := _sticky_ones(query)) is not None]
    parts, values = [], list[Any]()
    for number, (query, _) in enumerate(wanted):
        where = _near(query) if unit.dialect == "sqlite" else None
        total, total_values = "0", list[Any]()
        if where is None or query.with_total:
            among = Where()
            _narrow(among, query, along="+" if unit.dialect == "sqlite" else "")
            is_narrowed = bool(among.parts)
            _see(among, query)
            total, total_values = _total(query, None, among, is_narrowed=is_narrowed)
            where = where or among
        page, page_values = _page(query, None, where, window(query)[1])
        parts.append(
            f"SELECT {number}, f.id, (SELECT v.version FROM posts v WHERE v.id = f.id), {total},"
            f" CAST((SELECT {_ORDERS[query.orderby]} FROM posts p WHERE p.id = f.id) AS TEXT) FROM ({page}) f"
        )
        values += (*total_values, *page_values)
    rows: list[list[Row]] = [[] for _ in wanted]
    lent = [of_query(query) for query, _ in wanted]
    known = None if None in lent else [tag for some in lent for tag in some or ()]
    for row in unit.rows(" UNION ALL ".join(parts), values, lent=known) if parts else ():
        rows[row[0]].append(row)
        unit.depends(of_posts((row[1],)))
    found = [_in_order(query, each) for (query, _), each in zip(wanted, rows, strict=True)]
    for (_, place), sticky in zip(wanted[len(queries) :], found[len(queries) :], strict=True):
        found[place] = _with_sticky(queries[place], found[place], sticky)
    return found[: len(queries)]


def found_before(unit: Unit, query: PostQuery, found: Found) -> Found:
    """What a query has found in this unit already; what is made of it depends on the same once more."""
    lent = of_query(query)
    unit.depends(of_table("posts") if lent is None else lent)
    unit.depends(of_posts(found.ids))
    return found


def _in_order(query: PostQuery, rows: list[Row]) -> Found:
    """The rows of one of several queries, put in its order again."""
    is_number = query.orderby in _NUMBERS
    rows.sort(key=lambda row: (int(row[4]) if is_number else row[4], row[1]), reverse=query.order == "desc")
    return Found(tuple((row[1], row[2]) for row in rows), rows[0][3] if rows else 0)


def _total(query: PostQuery, search: Search | None, where: Where, *, is_narrowed: bool) -> Part:
    """The number of posts that are found; 0 where nobody asks for it."""
    if not query.with_total:
        return "0", []
    shown, own = _statuses(query)
    if is_narrowed or own:
        return _counted_total(query, search, where)
    return _kept_total(query.types, shown)


def _near(query: PostQuery) -> Where | None:
    """Conditions by which one of the first pages of terms is filled sooner on SQLite; None for any other page."""
    if not query.terms or sum(window(query)) > _NEAR:
        return None
    where = Where()
    _narrow(where, query, along=_ONE_BY_ONE)
    _see(where, query)
    return where


def outline(unit: Unit, query: PostQuery, most: int) -> list[tuple[int, int, str]]:
    """The posts that a query finds, with what each stands under and its title, as lists of a hierarchy have them: by
    their places in the menu, then by title.  At most so many, whatever the page."""
    where = Where()
    _narrow(where, query, along="")
    _see(where, query)
    rows = unit.rows(
        f"SELECT p.id, p.parent, p.title FROM posts p WHERE {where.sql}"
        " ORDER BY p.menu_order, p.title_key, p.id LIMIT ?",
        (*where.values, most),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _shortened(
    unit: Unit, query: PostQuery, where: Where, lent: Iterable[str] | None, *, is_narrowed: bool
) -> tuple[Where, int]:
    """The conditions from which a page is cut, and how far behind: those of the list itself, or, for a far page, from a
    place on that is kept of it.  A write sees what no place tells of."""
    offset = window(query)[1]
    if offset < ladders.FAR or unit.writing or (sorted_by := _sorted_by(query)) is None:
        return where, offset
    if is_narrowed and not _of_one_author(query):
        return where, offset
    return ladders.jump(unit, where, *sorted_by, offset, lent)


def _of_one_author(query: PostQuery) -> bool:
    """Whether a list is that of one author by date and nothing else: an index has it in its order, as it has no other
    narrowed list."""
    others = Where()
    _narrow(others, replace(query, authors=()), along="")
    return len(query.authors) == 1 and query.orderby == "date" and not others.parts and not query.search


def _sorted_by(query: PostQuery) -> tuple[str, str] | None:
    """The column and the way by which a list of what all readers see is sorted, its ids in the same way; None for
    a list that no index has in its order: each step would walk it whole."""
    shown, own = _statuses(query)
    is_public = not own and shown == ["publish"] and len(query.types) == 1
    if not is_public or query.orderby not in _INDEXED:
        return None
    return _ORDERS[query.orderby], "ASC" if query.order == "asc" else "DESC"


def _page(query: PostQuery, search: Search | None, where: Where, offset: int) -> Part:
    """The ids of the page, in their order."""
    limit = window(query)[0]
    order, order_values = _order(query)
    if search and query.orderby == "relevance":
        if ranked := search.ranked_page(where, limit, offset):
            return ranked
        order = "p.date DESC, p.id DESC"
    if search and not search.sqlite and query.orderby == "date":
        return f"SELECT p.id FROM seen p ORDER BY {order} LIMIT ? OFFSET ?", [*order_values, limit, offset]
    if search:
        search.narrow(where)
    sql = f"SELECT p.id FROM posts p WHERE {where.sql} ORDER BY {order} LIMIT ? OFFSET ?"
    return sql, [*where.values, *order_values, limit, offset]


def _statuses(query: PostQuery) -> tuple[list[str], list[str]]:
    """The statuses asked for of which the viewer sees all, and those of which only the viewer's own."""
    seen = query.visibility
    asked = dict.fromkeys(query.statuses)
    shown = [status for status in asked if status in seen.all_of]
    if not seen.viewer:
        return shown, []
    return shown, [status for status in asked if status in seen.own_of and status not in seen.all_of]


def _see(where: Where, query: PostQuery) -> None:
    """Adds the types, and the statuses as far as the viewer sees them."""
    shown, own = _statuses(query)
    where.one_of("p.type", query.types)
    if not own:
        where.one_of("p.status", shown)
        return
    either = Where()
    either.one_of("p.status", own)
    either.add("p.author = ?", query.visibility.viewer)
    if shown:
        either_all = Where()
        either_all.one_of("p.status", shown)
        where.add(f"({either_all.sql} OR ({either.sql}))", *either_all.values, *either.values)
    else:
        where.add(either.sql, *either.values)


def _kept_total(types: Sequence[str], statuses: Sequence[str]) -> Part:
    """The number of posts that `counts` keeps."""
    kept = Where()
    kept.one_of("type", types)
    kept.one_of("status", statuses)
    sql = f"SELECT sum(number) FROM counts WHERE {kept.sql}"
    return f"CAST(coalesce(({sql}), 0) AS BIGINT)", kept.values


def _counted_total(query: PostQuery, search: Search | None, where: Where) -> Part:
    """The number of posts that fulfil all conditions.

    SQLite walks the index of the list and looks each post up among the posts of a term (the plus before `p.id` tells
    it to); where the terms have few posts, the other way round is quicker.
    """
    if search:
        return search.total(where)
    long = f"(SELECT count(*) FROM posts p WHERE {where.sql})"
    if _ALONG not in where.sql or any(wanted.negate or wanted.children for wanted in query.terms):
        return long, list(where.values)
    assigned = Where()
    assigned.one_of("t.id", [term for wanted in query.terms for term in wanted.terms])
    short = long.replace(_ALONG, _ALONG[1:])
    values = [*assigned.values, *where.values, *where.values]
    return f"CASE WHEN {_are_many(assigned)} THEN {long} ELSE {short} END", values


def _are_many(terms: Where) -> str:
    """Whether many posts have the terms `t` that fulfil the conditions, in SQL."""
    return f"(SELECT coalesce(sum(t.count), 0) FROM terms t WHERE {terms.sql}) > {MANY}"


def _narrow(where: Where, query: PostQuery, along: str) -> None:
    """Everything that a query asks for besides type, status and words."""
    if query.authors:
        where.one_of("p.author", query.authors)
    where.none_of("p.author", query.authors_not)
    if query.include:
        where.one_of("p.id", query.include)
    where.none_of("p.id", query.exclude)
    if query.slugs:
        where.one_of("p.slug_key", [sort_key(slug) for slug in query.slugs])
    if query.parents is not None:
        where.one_of("p.parent", query.parents)
    where.none_of("p.parent", query.parents_not)
    if query.menu_order is not None:
        where.one_of("p.menu_order", (query.menu_order,))
    for condition, value in (
        ("p.date > ?", query.after),
        ("p.date < ?", query.before),
        ("p.modified > ?", query.modified_after),
        ("p.modified < ?", query.modified_before),
        ("p.guid = ?", query.guid),
    ):
        if value is not None:
            where.add(condition, value)
    if query.sticky is True:
        where.one_of("p.id", query.sticky_ids)
    elif query.sticky is False:
        where.none_of("p.id", query.sticky_ids)
    _of_mime(where, query)
    _of_sources(where, query, along)
    _of_terms(where, query, along)


def _of_mime(where: Where, query: PostQuery) -> None:
    either = Where()
    if query.mime_types:
        either.one_of("p.mime_type", query.mime_types)
    for name in query.mime_classes:
        either.add("substr(p.mime_type, 1, ?) = ?", len(name) + 1, f"{name}/")
    if either.parts:
        where.add(f"({' OR '.join(either.parts)})", *either.values)


def _of_sources(where: Where, query: PostQuery, along: str) -> None:
    if query.sources:
        taken = Where()
        taken.one_of("o.source", query.sources)
        where.add(f"{'+' if along else ''}p.id IN (SELECT o.post FROM origins o WHERE {taken.sql})", *taken.values)
    if query.original_changed:
        where.add("p.id IN (SELECT c.post FROM original_changes c WHERE c.waiting = 1)")


def _of_terms(where: Where, query: PostQuery, along: str) -> None:
    every = Where()
    for wanted in query.terms:
        _of_filter(every, wanted, along)
    if every.parts:
        where.add(f"({f' {query.terms_relation} '.join(every.parts)})", *every.values)


def _of_filter(where: Where, wanted: TermFilter, along: str) -> None:
    groups: list[Sequence[int]] = [(term,) for term in wanted.terms] if wanted.every else [wanted.terms]
    parts = Where()
    for group in groups:
        chosen = Where()
        if wanted.children:
            ids = storable(group)
            chosen.add(_BRANCHES % marks(len(ids)), wanted.taxonomy, *ids, wanted.taxonomy)
        else:
            chosen.add("t.taxonomy = ?", wanted.taxonomy)
            chosen.one_of("t.id", group)
        verb = "NOT IN" if wanted.negate else "IN"
        having = f"FROM post_terms x JOIN terms t ON t.taxonomy_id = x.taxonomy_id WHERE {chosen.sql}"
        among = f"p.id {verb} (SELECT x.post {having})"
        if along != _ONE_BY_ONE:
            parts.add(f"{along}{among}", *chosen.values)
        elif wanted.negate:
            parts.add(f"+{among}", *chosen.values)
        else:
            one = f"EXISTS (SELECT 1 {having} AND x.post = p.id)"
            parts.add(f"CASE WHEN {_are_many(chosen)} THEN {one} ELSE {among} END", *chosen.values * 3)
    where.add(f"({parts.sql})", *parts.values)


def _sifted(unit: Unit, query: PostQuery, where: Where, matches: Callable[[dict[str, str]], bool]) -> list[int]:
    """The ids of those that match, for types without search texts."""
    among = Where()
    among.add(where.sql, *where.values)
    among.one_of("p.type", query.types)
    rows = unit.rows(f"SELECT p.id, p.title, p.excerpt, p.content FROM posts p WHERE {among.sql}", among.values)
    return [post for post, *texts in rows if matches(dict(zip(("title", "excerpt", "content"), texts, strict=True)))]


def _order(query: PostQuery) -> Part:
    if query.orderby == "include" and query.include:
        return position_order("p.id", query.include)
    if query.orderby == "include_slugs" and query.slugs:
        order, values = position_order("p.slug_key", [sort_key(slug) for slug in query.slugs])
        return f"{order}, p.id", values
    if query.orderby == "include_slugs":
        return "p.id", []
    way = "ASC" if query.order == "asc" else "DESC"
    if query.orderby == "id":
        return f"p.id {way}", []
    # Revisions share their slug, and MariaDB answers them as they were made.
    last = "ASC" if query.orderby == "slug" else way
    return f"{_ORDERS.get(query.orderby, 'p.date')} {way}, p.id {last}", []


def _sticky_first(unit: Unit, query: PostQuery, found: Found) -> Found:
    """The sticky posts before all others: those of the page, then the rest of them, unless they are shut out, newest
    first (WordPress: WP_Query with ignore_sticky_posts off)."""
    others = _sticky_ones(query, found.ids)
    return _with_sticky(query, found, find(unit, others) if others is not None else Found((), 0))


def _sticky_ones(query: PostQuery, shown: Sequence[int] = ()) -> PostQuery | None:
    """The query for the sticky posts that are not shown yet; None where there are none, or they stay where they are."""
    missing = tuple(set(query.sticky_ids).difference(shown, query.exclude))
    if not (missing and query.sticky_first and query.page == 1) or query.sticky is False:
        return None
    return PostQuery(types=query.types, include=missing, per_page=len(missing), with_total=False)


def _with_sticky(query: PostQuery, found: Found, others: Found) -> Found:
    """What a query found, with the sticky posts of the page and then other ones before all else."""
    sticky = set(query.sticky_ids)
    here = [row for row in found.rows if row[0] in sticky]
    rest = [row for row in found.rows if row[0] not in sticky]
    missing = [row for row in others.rows if row not in here]
    return replace(found, rows=(*here, *missing, *rest))
