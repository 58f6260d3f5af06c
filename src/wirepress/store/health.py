"""Looking for what should never be: broken pages of the file, counts that drifted, rows that point nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from wirepress.store.unit import Unit

DANGLING = {
    "terms of posts that are gone": "SELECT count(*) FROM post_terms x LEFT JOIN posts p ON p.id = x.post"
    " WHERE p.id IS NULL AND x.taxonomy_id NOT IN (SELECT taxonomy_id FROM terms WHERE taxonomy = 'link_category')",
    "revisions of posts that are gone": "SELECT count(*) FROM posts r LEFT JOIN posts p ON p.id = r.parent"
    " WHERE r.type = 'revision' AND p.id IS NULL",
    "origins of posts that are gone": "SELECT count(*) FROM origins o LEFT JOIN posts p ON p.id = o.post"
    " WHERE o.post IS NOT NULL AND p.id IS NULL",
}

# Both sides: posts that are not counted, and counts of which there is no post.
DRIFTED = (
    "SELECT count(*) FROM (SELECT type, status FROM"
    " (SELECT type, status, number AS n FROM counts UNION ALL"
    " SELECT type, status, -count(*) FROM posts GROUP BY type, status) x"
    " GROUP BY type, status HAVING sum(n) <> 0) d"
)


def broken(unit: Unit) -> list[str]:
    """What the database says of its own file; empty when it is whole (PostgreSQL checks itself)."""
    if unit.dialect != "sqlite":
        return []
    lines = [str(row[0]) for row in unit.rows("PRAGMA integrity_check(20)")]
    return [] if lines == ["ok"] else lines


def dangling(unit: Unit) -> Iterator[str]:
    """Rows that point nowhere, one line for each kind."""
    for words, sql in DANGLING.items():
        if number := unit.rows(sql)[0][0]:
            yield f"{number} {words}"


def drifted(unit: Unit) -> int:
    """How many (type, status) pairs have a wrong count."""
    return int(unit.rows(DRIFTED)[0][0])


def doubled(unit: Unit) -> int:
    """How many articles of a source were published twice."""
    sql = "SELECT count(*) FROM (SELECT post FROM origins WHERE post IS NOT NULL GROUP BY post HAVING count(*) > 1) d"
    return int(unit.rows(sql)[0][0])


def attached(unit: Unit) -> Iterator[tuple[int, str]]:
    """The file of each attachment: its post id and the `_wp_attached_file` in its meta."""
    import json

    for post, meta in unit.rows("SELECT id, CAST(meta AS TEXT) FROM posts WHERE type = 'attachment'"):
        values = json.loads(meta).get("_wp_attached_file") or [""]
        if values[0]:
            yield post, str(values[0])
