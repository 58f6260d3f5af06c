"""Entries of classic menus: which there are, and which lead to a thing."""

from __future__ import annotations

import json
from typing import Any

from wirepress.store.unit import Unit


def entries_of(unit: Unit, taxonomy_id: int) -> tuple[int, ...]:
    """The ids of a menu's entries, by their places."""
    rows = unit.rows(
        "SELECT p.id FROM posts p JOIN post_terms w ON w.post = p.id"
        " WHERE p.type = 'nav_menu_item' AND w.taxonomy_id = ? ORDER BY p.menu_order, p.id",
        (taxonomy_id,),
    )
    return tuple(row[0] for row in rows)


def entries_to(unit: Unit, kind: str, name: str, thing: int) -> tuple[int, ...]:
    """The ids of the entries that lead to a thing: `kind` is taxonomy or post_type, `name` which of them (WordPress:
    wp_get_associated_nav_menu_items)."""
    rows = unit.rows("SELECT id, CAST(meta AS TEXT) FROM posts WHERE type = 'nav_menu_item' ORDER BY id")
    wanted = {"type": kind, "object": name, "object_id": str(thing)}
    return tuple(row[0] for row in rows if _noted(json.loads(row[1]), wanted))


def _noted(meta: dict[str, list[Any]], wanted: dict[str, str]) -> bool:
    return all(str((meta.get(f"_menu_item_{key}") or [""])[0]) == value for key, value in wanted.items())
