"""Reading posts by what names them: ids, slugs, parents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from wirepress.model.moment import Stamp
from wirepress.model.post import Post, RevisionHead, TermRef
from wirepress.model.rendering import Rendering, Text, Used, pieces_from_json, solid
from wirepress.store.clauses import Where, chunks, marks, storable
from wirepress.store.collation import sort_key
from wirepress.store.rows import POSTS
from wirepress.store.tags import of_posts, of_slug
from wirepress.store.unit import Unit

_WIDTH: Final = POSTS.width
_SELECT: Final = f"""SELECT {POSTS.select("p")},
    r.title, r.content, r.excerpt, r.post_version, r.render_version, CAST(r.holes AS TEXT), CAST(r.used AS TEXT), r.flaw
    FROM posts p LEFT JOIN renderings r ON r.post = p.id"""
_TERMS: Final = """SELECT x.post, t.taxonomy, t.id, t.slug, t.name, t.parent
    FROM post_terms x JOIN terms t ON t.taxonomy_id = x.taxonomy_id
    WHERE x.post IN (%s) ORDER BY t.taxonomy, t.name_key, t.taxonomy_id"""


def load(unit: Unit, ids: Sequence[int]) -> dict[int, Post]:
    """The posts of these ids, whole: with their terms and what is kept of their rendering.

    Two statements for any number of ids up to 500.
    """
    found: dict[int, Post] = {}
    for chunk in chunks(storable(tuple(dict.fromkeys(ids)))):
        placed = marks(len(chunk))
        rows = unit.rows(f"{_SELECT} WHERE p.id IN ({placed})", chunk, lent=of_posts(chunk))
        assigned = _assigned(unit, chunk, placed) if rows else {}
        for row in rows:
            terms = tuple(assigned.get(row[0], ()))
            found[row[0]] = POSTS.item(row[:_WIDTH], terms=terms, rendering=_rendering(*row[_WIDTH:]))
    return found


def get(unit: Unit, post_id: int) -> Post | None:
    """The post of this id, as this unit has read it last where nothing was written since."""
    if unit.last_post is None or unit.last_post.id != post_id:
        unit.last_post = load(unit, (post_id,)).get(post_id)
    return unit.last_post


def by_slug(unit: Unit, slug: str, types: Sequence[str], parent: int | None = None) -> Post | None:
    """The post of these types that has the slug (under the parent, when one is given); the first of several."""
    ids = ids_of_slug(unit, slug, types, parent, most=1)
    return get(unit, ids[0]) if ids else None


def ids_of_slug(
    unit: Unit, slug: str, types: Sequence[str], parent: int | None = None, dated: str = "", most: int = 20
) -> list[int]:
    """The posts of these types that have the slug, of which an imported site may have several: the latest first, before
    all others those whose local date begins with `dated` (WP_Query::get_posts).  What is published comes before what is
    not, whose dates no answer depends on."""
    where = Where()
    where.add("slug_key = ?", sort_key(slug))
    where.one_of("type", types)
    if parent is not None:
        where.add("parent = ?", parent)
    latest = "status = 'publish' DESC, substr(date, 1, ?) = ? DESC, date DESC, id"
    sql = f"SELECT id FROM posts WHERE {where.sql} ORDER BY {latest} LIMIT ?"
    # One that moves to another parent is told to the lists, and touched.
    lent = (of_slug(sort_key(slug)),)
    return [row[0] for row in unit.rows(sql, (*where.values, len(dated), dated, most), lent=lent)]


def by_path(unit: Unit, path: str, types: Sequence[str] = ("page",)) -> Post | None:
    """The post at a path of slugs, each under the one before (WordPress: get_page_by_path)."""
    parts = [part for part in path.split("/") if part]
    parents = [0]
    for part in parts:
        where = Where()
        where.add("slug_key = ?", sort_key(part))
        where.one_of("type", types)
        where.one_of("parent", parents)
        sql = f"SELECT id FROM posts WHERE {where.sql} ORDER BY id"
        parents = [row[0] for row in unit.rows(sql, where.values, lent=(of_slug(sort_key(part)),))]
        if not parents:
            return None
    return get(unit, parents[0]) if parts else None


def slugs_taken(
    unit: Unit, slugs: Sequence[str], *, types: Sequence[str] = (), parent: int | None = None, besides: int = 0
) -> set[str]:
    """Those of at most 500 slugs that another post has (of these types, of this parent, when they are given)."""
    keys = {slug: sort_key(slug) for slug in slugs}
    where = Where()
    where.one_of("slug_key", tuple(keys.values()))
    where.add("id <> ?", besides)
    if types:
        where.one_of("type", types)
    if parent is not None:
        where.add("parent = ?", parent)
    used = {row[0] for row in unit.rows(f"SELECT DISTINCT slug_key FROM posts WHERE {where.sql}", where.values)}
    return {slug for slug, key in keys.items() if key in used}


def children(unit: Unit, post_id: int, types: Sequence[str] = ()) -> tuple[int, ...]:
    """The ids of the posts under a post, oldest first."""
    where = Where()
    where.add("parent = ?", post_id)
    if types:
        where.one_of("type", types)
    return tuple(row[0] for row in unit.rows(f"SELECT id FROM posts WHERE {where.sql} ORDER BY id", where.values))


def ancestors(unit: Unit, post_id: int) -> tuple[int, ...]:
    """The ids above a post, nearest first; a loop of parents ends it."""
    found: list[int] = []
    current = post_id
    while rows := unit.rows("SELECT parent FROM posts WHERE id = ?", (current,), lent=of_posts((current,))):
        current = rows[0][0]
        if not current or current in found or current == post_id:
            break
        found.append(current)
    return tuple(found)


def revisions(unit: Unit, post_id: int) -> tuple[RevisionHead, ...]:
    """A post's revisions, autosaves among them, newest first, without their texts."""
    rows = unit.rows(
        "SELECT id, slug, author, modified_gmt FROM posts WHERE parent = ? AND type = 'revision' AND status = 'inherit'"
        " ORDER BY date DESC, id DESC",
        (post_id,),
    )
    return tuple(RevisionHead(number, slug, author, Stamp(modified)) for number, slug, author, modified in rows)


def months(
    unit: Unit, post_type: str = "post", statuses: Sequence[str] = ("publish",)
) -> tuple[tuple[int, int, int], ...]:
    """Year, month and number of posts, newest first; of those that are published unless other statuses are named."""
    where = Where()
    where.one_of("type", (post_type,))
    where.one_of("status", statuses)
    rows = unit.rows(
        f"SELECT substr(date, 1, 7) AS month, count(*) FROM posts WHERE {where.sql}"
        " GROUP BY substr(date, 1, 7) ORDER BY month DESC",
        where.values,
    )
    return tuple((int(month[:4]), int(month[5:]), number) for month, number in rows)


def months_of(unit: Unit, post_type: str, statuses: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The years and months from which there are posts of a type in one of these statuses, newest first.

    From month to month by the index: the posts in between are not looked at.
    """
    rows = unit.rows(
        f"""WITH RECURSIVE kept(status, month) AS (
            SELECT c.status, (SELECT substr(max(p.date), 1, 7) FROM posts p WHERE p.type = ? AND p.status = c.status)
            FROM counts c WHERE c.type = ? AND c.number > 0 AND c.status IN ({marks(len(statuses))})
            UNION ALL SELECT k.status, (SELECT substr(max(p.date), 1, 7) FROM posts p
                WHERE p.type = ? AND p.status = k.status AND p.date < k.month || '-01')
            FROM kept k WHERE k.month IS NOT NULL AND k.month > '0000-00')
        SELECT DISTINCT month FROM kept WHERE month > '0000-00' ORDER BY month DESC""",
        (post_type, post_type, *statuses, post_type),
    )
    return tuple((int(month[:4]), int(month[5:])) for (month,) in rows)


def counts_beside(unit: Unit, post_type: str, author: int) -> tuple[dict[str, int], dict[str, int]]:
    """How many posts of a type there are by status, and how many of these somebody has written."""
    found: tuple[dict[str, int], dict[str, int]] = {}, {}
    for own, status, number in unit.rows(
        "SELECT 0, status, number FROM counts WHERE type = ? AND number > 0"
        " UNION ALL SELECT 1, status, count(*) FROM posts WHERE author = ? AND type = ? GROUP BY status",
        (post_type, author, post_type),
    ):
        found[own][status] = number
    return found


def beside(unit: Unit, post: Post) -> tuple[int, int]:
    """The posts of its type and status that stand just before and just after a post, newest first; 0 for none."""
    like = "SELECT id FROM posts WHERE type = ? AND status = ? AND (date, id)"
    values = (post.type, post.status, post.date, post.id)
    rows = unit.rows(
        f"SELECT coalesce(({like} > (?, ?) ORDER BY date, id LIMIT 1), 0),"
        f" coalesce(({like} < (?, ?) ORDER BY date DESC, id DESC LIMIT 1), 0)",
        (*values, *values),
        lent=(f"beside:{post.id}",),
    )
    return rows[0][0], rows[0][1]


def led_by(unit: Unit, pictures: Sequence[int]) -> dict[int, int]:
    """How many posts each of some pictures is the featured image of."""
    where = Where()
    where.one_of("thumbnail", pictures)
    # Said in the words of the index, so that it is used.
    rows = unit.rows(
        f"SELECT thumbnail, count(*) FROM posts WHERE thumbnail <> 0 AND {where.sql} AND type <> 'revision'"
        " GROUP BY thumbnail",
        where.values,
    )
    return dict(rows)


def users_of(unit: Unit, post_id: int, limit: int) -> tuple[int, ...]:
    """Some posts that have another as their featured image, or whose rendering looked at it, newest first."""
    rows = unit.rows(
        "SELECT id FROM posts WHERE thumbnail <> 0 AND thumbnail = ? AND type <> 'revision'"
        " UNION SELECT post FROM rendering_uses WHERE kind = 'post' AND ref = ? ORDER BY 1 DESC LIMIT ?",
        (post_id, str(post_id), limit),
    )
    return tuple(row[0] for row in rows)


def counts(unit: Unit) -> dict[tuple[str, str], int]:
    """How many posts there are by (type, status)."""
    return {(t, s): number for t, s, number in unit.rows("SELECT type, status, number FROM counts WHERE number > 0")}


def _assigned(unit: Unit, ids: Sequence[int], placed: str) -> dict[int, list[TermRef]]:
    assigned: dict[int, list[TermRef]] = {}
    # Their names raise the shared version, and what a post has of them touches the post.
    for post, *fields in unit.rows(_TERMS % placed, ids, lent=of_posts(ids)):
        assigned.setdefault(post, []).append(TermRef(*fields))
    return assigned


def _rendering(
    title: str | None,
    content: str,
    excerpt: str,
    post_version: int,
    render_version: int,
    holes: str | None,
    used: str | None,
    flaw: str,
) -> Rendering | None:
    if title is None:  # nothing is kept
        return None
    texts = [solid(title), solid(content), solid(excerpt)]
    if holes is not None:
        texts = _with_holes(texts, json.loads(holes))
    looked = _UNUSED if used is None else _used(json.loads(used))
    return Rendering(texts[0], texts[1], texts[2], post_version, render_version, looked, flaw)


def _with_holes(texts: list[Text], holes: dict[str, Any]) -> list[Text]:
    return [
        pieces_from_json(holes[name]) if name in holes else text
        for name, text in zip(("title", "content", "excerpt"), texts, strict=True)
    ]


def _used(value: dict[str, Any]) -> Used:
    return Used(
        frozenset(value.get("posts", ())), frozenset(value.get("terms", ())), frozenset(value.get("options", ()))
    )


_UNUSED: Final = Used()
