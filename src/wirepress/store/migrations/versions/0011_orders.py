"""Orders for the worker; sources that were removed while their articles stay; the newest articles of a source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("source", ID, nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("placed", ID, nullable=False),
        sa.Column("begun", ID, nullable=False),
        sa.Column("ended", ID, nullable=False),
        sa.Column("lease_until", ID, nullable=False),
        sa.Column("lease_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_orders_state_id", "orders", ["state", "id"])
    op.create_index("ix_orders_source_id", "orders", ["source", "id"])
    op.add_column("sources", sa.Column("removed_at", ID, nullable=False, server_default="0"))
    op.create_index("ix_origins_source_first_seen_post", "origins", ["source", "first_seen", "post"])
