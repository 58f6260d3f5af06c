"""Every column of every table has somebody's word on whose data it may hold."""

from __future__ import annotations

from wirepress.store.personal_columns import COLUMNS, REDACTED, Holds, searched
from wirepress.store.personal_data import LISTS
from wirepress.store.tables import metadata

OF_ACCOUNTS = {"id", "user", "author", "decided_by", "lifted_by"}


def test_no_table_and_no_column_is_left_out() -> None:
    """Whoever adds one says what it may hold of a person: in `store/personal_columns.py`, and in docs/privacy.md where
    it is a new kind of data."""
    there_are = {name: {column.name for column in table.columns} for name, table in metadata.tables.items()}
    assert {name: set(columns) for name, columns in COLUMNS.items()} == there_are


def test_what_names_an_account_is_called_so() -> None:
    named = {
        f"{table}.{name}" for table, columns in COLUMNS.items() for name in columns if name in OF_ACCOUNTS - {"id"}
    }
    accounts = {
        f"{t}.{name}" for t, columns in COLUMNS.items() for name, holds in columns.items() if holds == "account"
    }
    assert accounts == named | {"users.id"}
    keyed = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "users" for key in column.foreign_keys)
    }
    assert keyed <= accounts


def test_an_address_is_looked_for_in_all_that_people_write() -> None:
    """Also in what an erasure rewrites, and nowhere that secrets lie."""
    places = {(table, column) for table, _, column in searched()}
    assert {("comments", "content"), ("options", "value"), ("kept_rows", "row"), ("users", "meta")} <= places
    assert {(table, column) for table, columns in REDACTED.items() for column in columns} <= places
    assert not {(t, c) for t, c in places if COLUMNS[t][c] in (Holds.CREDENTIAL, Holds.NOTHING, Holds.DERIVED)}


def test_an_export_of_rows_shows_no_secret() -> None:
    for table, (account, names, _) in LISTS.items():
        assert COLUMNS[table][account] == "account"
        assert [name for name in names.split() if COLUMNS[table][name] == "credential"] == []
