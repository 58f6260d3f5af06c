"""What is kept that could be made anew: renderings, and answers of other sites."""

from __future__ import annotations

from wirepress.store.clauses import marks
from wirepress.store.unit import Unit


def renderings(unit: Unit, render_version: int) -> tuple[int, int]:
    """How many posts have a rendering that holds, and how many have none or another."""
    rows = unit.rows(
        "SELECT count(*), coalesce(sum(CASE WHEN r.render_version = ? AND r.post_version = p.version THEN 1 ELSE 0 END)"
        ", 0) FROM posts p LEFT JOIN renderings r ON r.post = p.id WHERE p.type <> 'revision'",
        (render_version,),
    )
    total, holding = rows[0]
    return int(holding), int(total) - int(holding)


def answers(unit: Unit) -> dict[str, tuple[int, int]]:
    """By kind of answer of other sites, how many are kept and how many are still wanted."""
    rows = unit.rows(
        "SELECT kind, sum(CASE WHEN value IS NULL THEN 0 ELSE 1 END), sum(CASE WHEN value IS NULL THEN 1 ELSE 0 END)"
        " FROM remote_answers GROUP BY kind ORDER BY kind"
    )
    return {kind: (int(kept), int(wanted)) for kind, kept, wanted in rows}


def drop_renderings(unit: Unit, after: int, limit: int) -> tuple[int, int]:
    """Drops the renderings of some posts above an id, and gives the posts a new version: how many there were, and the
    last of their ids, 0 where there is none left."""
    rows = unit.rows("SELECT post FROM renderings WHERE post > ? ORDER BY post LIMIT ?", (after, limit))
    ids = [row[0] for row in rows]
    if not ids:
        return 0, 0
    placed = marks(len(ids))
    unit.touched("rendering", ids)
    unit.run(f"UPDATE posts SET version = version + 1 WHERE id IN ({placed})", ids)
    unit.run(f"DELETE FROM renderings WHERE post IN ({placed})", ids)
    unit.run(f"DELETE FROM rendering_uses WHERE post IN ({placed})", ids)
    unit.raise_epoch()
    return len(ids), ids[-1]


def ask_anew(unit: Unit) -> int:
    """Has all answers of other sites asked for again; what is kept is shown until then.  How many there are."""
    return unit.run("UPDATE remote_answers SET next_at = 0, attempts = 0")
