"""What other sites answered: embeds and feeds that posts show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "remote_answers",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("width", ID, nullable=False),
        sa.Column("height", ID, nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("memory", sa.JSON(), nullable=False),
        sa.Column("fetched_at", ID, nullable=False),
        sa.Column("next_at", ID, nullable=True),
        sa.Column("attempts", ID, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_remote_answers"),
    )
    op.create_index("ix_remote_answers_next_at", "remote_answers", ["next_at"])
