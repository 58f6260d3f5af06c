"""Redirects of the site's own, by their paths."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Table, Text

from wirepress.model.redirect import Redirect
from wirepress.store.table_parts import Id, filled, metadata
from wirepress.store.unit import Unit

redirects: Final = Table(
    "redirects", metadata, Column("path", Text, primary_key=True), *filled(Text, "target"), *filled(Id, "status")
)


def get(unit: Unit, path: str) -> Redirect | None:
    rows = unit.rows("SELECT path, target, status FROM redirects WHERE path = ?", (path,))
    return Redirect(*rows[0]) if rows else None


def all_of(unit: Unit) -> list[Redirect]:
    """Every redirect, by path."""
    return [Redirect(*row) for row in unit.rows("SELECT path, target, status FROM redirects ORDER BY path")]


def find(unit: Unit, search: str, offset: int, limit: int) -> tuple[list[Redirect], int]:
    """Some redirects by path, those that hold a text in path or target, and how many there are of these."""
    where = ""
    values: tuple[str, ...] = ()
    if search:
        pattern = "%" + search.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
        where = " WHERE lower(path) LIKE ? ESCAPE '!' OR lower(target) LIKE ? ESCAPE '!'"
        values = (pattern, pattern)
    total = unit.rows(f"SELECT count(*) FROM redirects{where}", values)[0][0]
    sql = f"SELECT path, target, status FROM redirects{where} ORDER BY path LIMIT ? OFFSET ?"
    return [Redirect(*row) for row in unit.rows(sql, (*values, limit, offset))], int(total)


def put(unit: Unit, redirect: Redirect) -> None:
    """Keeps a redirect, in the place of one from the same path."""
    unit.run(
        "INSERT INTO redirects (path, target, status) VALUES (?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET target = excluded.target, status = excluded.status",
        (redirect.path, redirect.target, redirect.status),
    )
    unit.note("redirect.set", "redirect", redirect.path, target=redirect.target, status=redirect.status)


def remove(unit: Unit, path: str) -> bool:
    """Removes a redirect and says whether there was one."""
    if not unit.run("DELETE FROM redirects WHERE path = ?", (path,)):
        return False
    unit.note("redirect.remove", "redirect", path)
    return True
