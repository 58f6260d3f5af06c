"""Tables of the wire in: entries of sources, what originals have changed, and the turns at other hosts."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint, text

from wirepress.store.table_parts import Id, Json, filled, metadata

entries = Table(
    "entries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("source", Id, ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    *filled(Text, "guid", "link", "title"),
    Column("entry", Json, nullable=False),  # model.wire.Entry, within the rights of its source; {} once it is done
    *filled(Text, "state", "reason", "detail"),  # model.entry; what is held or removed is told by the post
    Column("origin", Id, ForeignKey("origins.id", ondelete="SET NULL")),  # which knows its post
    *filled(Id, "other", "place", "due_at", "since", "tries", "at", "seen", "decided_by"),
    UniqueConstraint("source", "guid"),
    Index(None, "source", "state", "place"),
    Index(None, "state", "source"),
    Index(None, "origin"),
    Index(None, "at", "id"),
    sqlite_autoincrement=True,
)
"""What became of the entries that sources have brought, and what is still to be done of them.  Times as in `sources`;
`seen` is when a source was last known to list it."""

held_originals = Table(
    "held_originals",
    metadata,
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    *filled(Text, "kind", "markup"),
    *filled(Id, "at"),
)
"""What came of articles that wait for a decision, beside which they are looked at: until it is made."""

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

_LIVING = text("state <> 'ending'")
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("source", Id, ForeignKey("sources.id", ondelete="SET NULL")),  # its hub is told where that is gone
    *filled(Text, "hub", "topic", "callback", "token", "secret", "state", "reason"),
    *filled(Id, "active_since", "lease_until", "next_at", "tries"),
    *filled(Id, "delivery", "delivered_at", "looked_at", "doubted_at", "missed", "confirmed"),
    UniqueConstraint("token"),
    Index("ix_subscriptions_source", "source", unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING),
    Index(None, "next_at"),
    sqlite_autoincrement=True,
)
"""What hubs were asked to tell (model.subscription), one living a source.  Times as in `sources`."""
