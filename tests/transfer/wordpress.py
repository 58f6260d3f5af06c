"""WordPress databases in the making: changing the golden one, and reading tables whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON

from wirepress.store import tables
from wirepress.store.database import Database

COMPARED = (
    *("posts", "users", "terms", "post_terms", "comments", "options", "application_passwords"),
    *("counts", "kept_rows", "search_texts", "uploads"),
)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def change(path: Path, *statements: str, **values: Any) -> None:
    """Runs statements in a WordPress database."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement, values)


def table(path: Path, name: str) -> list[dict[str, Any]]:
    """All rows of a table of a WordPress database."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]


def renamed(path: Path, prefix: str) -> None:
    """Gives the site another table prefix, as an installation with that prefix would have it."""
    tables = [row["name"] for row in table(path, "sqlite_master") if row["type"] == "table"]
    change(path, *(f"ALTER TABLE {name} RENAME TO {prefix}{name.removeprefix('wp_')}" for name in tables))
    for meta, column in (("usermeta", "meta_key"), ("options", "option_name")):
        change(
            path,
            f"UPDATE {prefix}{meta} SET {column} = :prefix || substr({column}, 4)"
            f" WHERE {column} IN ('wp_capabilities', 'wp_user_level', 'wp_user_roles')",
            prefix=prefix,
        )


def held(database: Database) -> Mapping[str, list[tuple[Any, ...]]]:
    """Everything that a site holds, the same from either database: columns by name, JSON as text."""
    found = {}
    with database.read() as unit:
        for name in COMPARED:
            columns = sorted(tables.metadata.tables[name].columns, key=lambda column: column.name)
            chosen = ", ".join(
                f'CAST("{column.name}" AS TEXT)' if isinstance(column.type, JSON) else f'"{column.name}"'
                for column in columns
            )
            found[name] = sorted(unit.rows(f"SELECT {chosen} FROM {name}"), key=repr)
    return found


def rows(database: Database, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with database.read() as unit:
        return unit.rows(sql, values)
