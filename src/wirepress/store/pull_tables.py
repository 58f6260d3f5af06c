"""Tables of the wire in: what is left to do of sources, and the turns at other hosts."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

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
