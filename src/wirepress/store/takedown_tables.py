"""The tables of take-downs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from wirepress.store.table_parts import Id, Json, filled, metadata

takedowns = Table(
    "takedowns",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    *filled(Text, "type", "title", "url", "original", "reason", "notice", "disclosure", "digest", "folder"),
    *filled(Text, "lift_reason"),
    *filled(Id, "at", "user", "post", "erased", "scrubbed", "lifted", "lifted_by"),  # 0: nobody, or not yet
    sqlite_autoincrement=True,
)
"""What was taken down (model.takedown.Takedown).  Times as in `sources`.  No row is ever removed."""

takedown_keys = Table(
    "takedown_keys",
    metadata,
    Column("kind", Text, nullable=False),  # url, text, path, post
    Column("key", Text, nullable=False),
    Column("takedown", Id, ForeignKey("takedowns.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("kind", "key", "takedown"),
    Index(None, "takedown"),
)
"""What is known again of what was taken down, as long as the take-down stands."""

takedown_contents = Table(
    "takedown_contents",
    metadata,
    Column("takedown", Id, ForeignKey("takedowns.id", ondelete="CASCADE"), nullable=False),
    Column("position", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("row", Json, nullable=False),
    PrimaryKeyConstraint("takedown", "position"),
)
"""The rows that were taken down, for the take-down's lift and nothing else."""

takedown_files = Table(
    "takedown_files",
    metadata,
    Column("takedown", Id, ForeignKey("takedowns.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    *filled(Id, "post", "size"),
    *filled(Text, "sha256"),
    PrimaryKeyConstraint("takedown", "path"),
    Index(None, "path"),
)
"""The files that were taken down, under the names that they had below the uploads folder."""
