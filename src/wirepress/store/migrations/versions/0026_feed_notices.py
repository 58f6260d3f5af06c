"""Feeds whose news a hub is still to be told of, and addresses of posts that are gone for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feed_notices",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("edition", ID, nullable=False),
        sa.Column("next_at", ID, nullable=True),
        sa.Column("tries", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "format", name="pk_feed_notices"),
    )
    op.create_index("ix_feed_notices_next_at", "feed_notices", ["next_at"])
    op.create_table(
        "gone_addresses",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", ID, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_gone_addresses"),
    )
    op.create_index("ix_gone_addresses_at", "gone_addresses", ["at"])
