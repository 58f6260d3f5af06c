"""Tables of the wire in: what is left to do of sources, what originals have changed, and the turns at other hosts."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint, text

from wirepress.store.table_parts import Id, Json, filled, metadata

backlog = Table(
    "backlog",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("source", Id, ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("guid", Text, nullable=False),
    Column("entry", Json, nullable=False),  # model.wire.Entry, within the rights of its source
    Column("state", Text, nullable=False),  # left, failed, dead (store.backlog)
    *filled(Id, "place", "due_at", "since", "tries"),
    Column("error", Text, nullable=False),
    UniqueConstraint("source", "guid"),
    Index(None, "source", "state", "place"),
    sqlite_autoincrement=True,
)
"""Entries that a look did not come to, and those that could not be taken.  Times as in `sources`."""

host_turns = Table("host_turns", metadata, Column("host", Text, primary_key=True), *filled(Id, "next_at"))
"""When a host may be asked again by any process, in milliseconds since 1970."""

_WAITING = text("waiting = 1")
original_changes = Table(
    "original_changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Id, ForeignKey("posts.id", ondelete="CASCADE")),  # NULL: no revision is kept
    Column("at", Id, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("fields", Json, nullable=False),  # by name: state, value, print (model.original)
    Column("waiting", Id, nullable=False),  # 1: some of it is offered
    Index(None, "post"),
    Index(None, "revision"),
    Index("ix_original_changes_waiting", "post", sqlite_where=_WAITING, postgresql_where=_WAITING),
    sqlite_autoincrement=True,
)
"""Changes of originals, and what became of them here."""
