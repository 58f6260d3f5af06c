"""The tables that the steps make are the tables as they are written down, on every database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Inspector, inspect

from wirepress.store.database import Database, open_database
from wirepress.store.tables import metadata

Schema = dict[str, Any]
DEFINITIONS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
        " SELECT table_name || '.' || column_name, concat_ws(' ', data_type, character_maximum_length, is_nullable,"
        " substring(column_default FROM '^nextval.*'), collation_name)"
        " FROM information_schema.columns WHERE table_schema = 'public'"
    ),
}
"""What the inspector does not tell whole: SQLite's AUTOINCREMENT; PostgreSQL's collations and sequences; indexes."""
BY_STEPS_ONLY = re.compile(
    r"^(search_(index|grams|words?|vocabulary)(_|\.|$)|search_texts_(insert|delete|update)$|alembic_version"
    r"|ix_search_(texts|words?)_|sqlite_)"
)
"""What no table is written down for: the indexes of the search, Alembic's own."""
LINES = re.compile(r"\n|, (?=\w+ [A-Z]{4})")
"""A statement's parts: SQLite puts a column that comes later on the line of the one before it."""
DEFAULT = re.compile(r" DEFAULT '[^']*'")
"""What a column that came later holds in the rows that were there; the rows after them name their values."""


def schema(connection: Connection) -> Schema:
    """Everything that two databases may differ in."""
    seen = inspect(connection)
    held: Schema = {}
    for table in seen.get_table_names():
        if BY_STEPS_ONLY.match(table):
            continue
        held[table] = {
            "columns": {column["name"]: plain(column) for column in seen.get_columns(table)},
            "key": plain(seen.get_pk_constraint(table)),
            "foreign": sorted(repr(plain(key)) for key in seen.get_foreign_keys(table)),
            "unique": sorted(repr(plain(key)) for key in seen.get_unique_constraints(table)),
            "indexes": sorted(i for i in index_names(seen, table) if not BY_STEPS_ONLY.match(i)),
        }
    for name, definition in connection.exec_driver_sql(DEFINITIONS[connection.dialect.name]):
        if not BY_STEPS_ONLY.match(name):
            # The order of constraints in a statement says nothing, nor where its lines end.
            parts = (DEFAULT.sub("", part).strip(" \t,)") for part in LINES.split(definition))
            held[f"definition of {name}"] = sorted(filter(None, parts))
    return held


def index_names(seen: Inspector, table: str) -> list[str]:
    return [str(index["name"]) for index in seen.get_indexes(table)]


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """A reflected thing as values that compare: types by how they are written."""
    return {n: str(value) if n == "type" else value for n, value in sorted(facts.items()) if n != "default"}


class Schemas:
    """A change of `store.tables` without a step that makes it is seen here."""

    def test_the_steps_lead_to_the_tables(self, database: Database, unmigrated: str) -> None:
        written = open_database(unmigrated)
        try:
            with written.write() as unit:
                metadata.create_all(unit.connection)
                wanted = schema(unit.connection)
        finally:
            written.close()
        with database.read() as unit:
            made = schema(unit.connection)
        assert made.keys() == wanted.keys()
        for name in wanted:
            assert made[name] == wanted[name], name
