"""What the tables are made of: their types, how their keys and indexes are called, the columns of nouns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from sqlalchemy import JSON, BigInteger, Column, Integer, LargeBinary, MetaData, String, Text

from wirepress.model import moment
from wirepress.store.columns import Columns

Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON()
"""Kept as text on both databases: the order of keys is part of WordPress's answers, which JSONB loses."""
Stamp = String(19, collation="C").with_variant(String(19), "sqlite")
_TYPES: dict[Any, Any] = {int: Id, str: Text, bytes: LargeBinary, moment.Stamp: Stamp, Mapping: Json}

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def columns(noun: Columns[Any]) -> Iterator[Column[Any]]:
    """The columns that hold a noun."""
    for name, hint in noun.types.items():
        optional = type(None) in get_args(hint)
        kind = get_args(hint)[0] if optional else get_origin(hint) or hint
        yield Column(name, _TYPES[kind], primary_key=name == noun.key, nullable=optional)


def filled(kind: Any, *names: str) -> Iterator[Column[Any]]:
    """Columns that every row fills."""
    return (Column(name, kind, nullable=False) for name in names)
