"""What goes with rows that were written many at a time, as an import does.

After the last of them comes `settle`: from then on whoever holds rows of the unit loads them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.store.columns import insert_sql
from wirepress.store.unit import Unit, encode


def options(unit: Unit, values: Mapping[str, Any]) -> None:
    """Options that are not set yet."""
    pairs = [(name, encode(value), True) for name, value in values.items()]
    unit.touched("option", values.keys())
    unit.run_many(insert_sql("options", ("name", "value", "autoload"), tail="ON CONFLICT DO NOTHING"), pairs)


def settle(unit: Unit) -> None:
    """Makes anew what is kept beside the rows: totals, revisions, featured images; and raises both counters."""
    unit.run("DELETE FROM counts")
    unit.run("INSERT INTO counts (type, status, number) SELECT type, status, count(*) FROM posts GROUP BY type, status")
    unit.run(
        "UPDATE posts SET revisions = (SELECT count(*) FROM posts r WHERE r.parent = posts.id"
        " AND r.type = 'revision' AND r.status = 'inherit'),"
        " last_revision = coalesce((SELECT r.id FROM posts r WHERE r.parent = posts.id AND r.type = 'revision'"
        " AND r.status = 'inherit' ORDER BY r.date DESC, r.id DESC LIMIT 1), 0)"
        " WHERE id IN (SELECT parent FROM posts WHERE type = 'revision')"
    )
    if unit.dialect != "sqlite":
        for table, column in (("posts", "id"), ("terms", "taxonomy_id"), ("users", "id"), ("comments", "id")):
            unit.rows(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
                f" greatest((SELECT coalesce(max({column}), 0) FROM {table}), 1),"
                f" EXISTS (SELECT 1 FROM {table}))"
            )
    unit.run("ANALYZE")
    for what in ("post", "term", "user", "option"):
        unit.touched(what)
    unit.raise_shared_version()
