"""What is left to do of sources is kept, and hosts have their turns for all processes together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "backlog",
        sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("source", ID, nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", ID, nullable=False),
        sa.Column("due_at", ID, nullable=False),
        sa.Column("since", ID, nullable=False),
        sa.Column("tries", ID, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_backlog_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_backlog"),
        sa.UniqueConstraint("source", "guid", name="uq_backlog_source_guid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_backlog_source_state_place", "backlog", ["source", "state", "place"])
    op.create_table(
        "host_turns",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("next_at", ID, nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_host_turns"),
    )
