"""Renderings: keeping them with their posts, and which of them another change makes stale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wirepress.model.rendering import Rendering, Used, pieces_to_json
from wirepress.store.clauses import chunks, marks, storable
from wirepress.store.tags import of_posts
from wirepress.store.unit import Unit, encode

_PARTS: Final = ("title", "content", "excerpt")


def stale(unit: Unit, kind: str, ref: str | int) -> tuple[int, ...]:
    """The posts whose rendering looked at this `post`, `term` or `option`, or wanted this `embed` or `feed`."""
    rows = unit.rows("SELECT post FROM rendering_uses WHERE kind = ? AND ref = ? ORDER BY post", (kind, str(ref)))
    return tuple(row[0] for row in rows)


def spoil(unit: Unit, kind: str, ref: str | int) -> tuple[int, ...]:
    """Drops the renderings that looked at this, gives their posts a new version and says so to readers; their ids."""
    posts = stale(unit, kind, ref)
    if posts:
        unit.touched("rendering", posts)
        if kind != "option":  # those may be of every post: they wait until they are read
            unit.spoiled.update(dict.fromkeys(posts))
        for chunk in chunks(posts):
            placed = marks(len(chunk))
            unit.run(f"UPDATE posts SET version = version + 1 WHERE id IN ({placed})", chunk)
            unit.run(f"DELETE FROM renderings WHERE post IN ({placed})", chunk)
            unit.run(f"DELETE FROM rendering_uses WHERE post IN ({placed})", chunk)
        unit.raise_epoch()
    return posts


def rendered_otherwise(unit: Unit, render_version: int, limit: int) -> tuple[int, ...]:
    """Some posts that are kept without a rendering, or with one of another version of it or of themselves."""
    rows = unit.rows(
        "SELECT p.id FROM posts p LEFT JOIN renderings r ON r.post = p.id WHERE p.type <> 'revision'"
        " AND (r.post IS NULL OR r.render_version <> ? OR r.post_version <> p.version) ORDER BY p.id DESC LIMIT ?",
        (render_version, limit),
    )
    return tuple(row[0] for row in rows)


def save_rendering(unit: Unit, post_id: int, rendering: Rendering) -> None:
    """Keeps a rendering with its post, in place of the one before.  What answers show does not change by it."""
    unit.touched("rendering", (post_id,))
    unit.spoiled.pop(post_id, None)
    unit.run("DELETE FROM rendering_uses WHERE post = ?", (post_id,))
    unit.run(
        "INSERT INTO renderings (post, post_version, render_version, title, content, excerpt, holes, used, flaw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (post) DO UPDATE SET post_version = excluded.post_version,"
        " render_version = excluded.render_version, title = excluded.title, content = excluded.content,"
        " excerpt = excluded.excerpt, holes = excluded.holes, used = excluded.used,"
        " flaw = excluded.flaw",
        rendering_row(post_id, rendering),
    )
    unit.run_many("INSERT INTO rendering_uses (post, kind, ref) VALUES (?, ?, ?)", uses_rows(post_id, rendering.used))


def postpone_rendering(unit: Unit, post_id: int) -> None:
    """Drops a post's rendering; it is made anew after the commit."""
    unit.touched("rendering", (post_id,))
    unit.spoiled[post_id] = None
    unit.run("DELETE FROM renderings WHERE post = ?", (post_id,))
    unit.run("DELETE FROM rendering_uses WHERE post = ?", (post_id,))


def versions(unit: Unit, ids: Iterable[int]) -> dict[int, int]:
    """The versions of those of these posts that there are."""
    found: dict[int, int] = {}
    for chunk in chunks(storable(tuple(sorted(ids)))):
        sql = f"SELECT id, version FROM posts WHERE id IN ({marks(len(chunk))})"
        found.update(unit.rows(sql, chunk, lent=of_posts(chunk)))
    return found


def longest(unit: Unit, ids: Iterable[int]) -> int:
    """How many characters the longest content of these posts has."""
    found = 0
    for chunk in chunks(storable(tuple(sorted(ids)))):
        sql = f"SELECT coalesce(max(length(content)), 0) FROM posts WHERE id IN ({marks(len(chunk))})"
        found = max(found, int(unit.rows(sql, chunk)[0][0]))
    return found


def rendering_row(post_id: int, rendering: Rendering) -> tuple[object, ...]:
    """The values of a row of renderings, in the order of its columns."""
    texts = dict(zip(_PARTS, (rendering.title, rendering.content, rendering.excerpt), strict=True))
    holes = {name: pieces_to_json(text) for name, text in texts.items() if not text.solid}
    used = rendering.used
    looked = {"posts": sorted(used.posts), "terms": sorted(used.terms), "options": sorted(used.options)}
    return (
        post_id,
        rendering.post_version,
        rendering.render_version,
        *(str(text) for text in texts.values()),
        encode(holes) if holes else None,
        encode(looked) if any(looked.values()) else None,
        rendering.flaw,
    )


def uses_rows(post_id: int, used: Used) -> list[tuple[int, str, str]]:
    """The rows of rendering_uses."""
    wishes = sorted((post_id, wish.kind.value, wish.key) for wish in used.wishes)
    return wishes + [
        (post_id, kind, str(ref))
        for kind, refs in (("post", used.posts), ("term", used.terms), ("option", used.options))
        for ref in sorted(refs, key=str)
    ]
