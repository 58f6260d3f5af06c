"""What became of each entry of a source, in the table of those that are still to be done; what came of held ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LEFT = (
    "INSERT INTO entries (source, guid, link, title, entry, state, reason, detail, other, place, due_at, since, tries,"
    " at, seen, decided_by)"
)
_KNOWN = (
    "INSERT INTO entries (source, guid, link, title, entry, state, reason, detail, origin, other, place, due_at, since,"
    " tries, at, seen, decided_by)"
    " SELECT o.source, o.guid, o.url, coalesce(o.facts->>'title', ''), '{}',"
    " CASE WHEN p.id IS NOT NULL THEN 'taken' ELSE 'rejected' END,"
    " CASE WHEN p.id IS NOT NULL THEN '' WHEN o.state = 'taken-down' THEN 'taken-down' ELSE 'skipped-before' END,"
    " '', o.id, 0, 0, 0, o.first_seen, 0, o.first_seen, o.last_checked, 0"
    " FROM origins o LEFT JOIN posts p ON p.id = o.post"
    " WHERE o.guid <> '' AND length(o.guid) <= 500 AND (p.id IS NOT NULL OR o.state IN ('skipped', 'taken-down'))"
    " AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.source = o.source AND e.guid = o.guid) ORDER BY o.id"
)


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source", ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("guid", "link", "title")),
        sa.Column("entry", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "reason", "detail")),
        sa.Column("origin", ID),
        *(
            sa.Column(name, ID, nullable=False)
            for name in ("other", "place", "due_at", "since", "tries", "at", "seen", "decided_by")
        ),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_entries_source", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin"], ["origins.id"], name="fk_entries_origin", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("source", "guid", name="uq_entries_source_guid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entries_source_state_place", "entries", ["source", "state", "place"])
    op.create_index("ix_entries_state_source", "entries", ["state", "source"])
    op.create_index("ix_entries_origin", "entries", ["origin"])
    op.create_index("ix_entries_at_id", "entries", ["at", "id"])
    op.execute(
        f"{_LEFT} SELECT source, guid, coalesce(entry->>'link', ''), coalesce(entry->>'title', ''), entry, state, '',"
        " error, 0, place, due_at, since, tries, since, since, 0 FROM backlog ORDER BY id"
    )
    op.execute(_KNOWN)
    op.drop_table("backlog")
    op.create_table(
        "held_originals",
        sa.Column("post", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("markup", sa.Text(), nullable=False),
        sa.Column("at", ID, nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_held_originals_post", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post", name="pk_held_originals"),
    )
