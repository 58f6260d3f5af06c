"""Wrong passwords are counted for all processes together, and links make a browser known to an account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("since", ID, nullable=False),
        sa.Column("last", ID, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_attempts"),
    )
    op.create_index("ix_attempts_user", "attempts", ["user"])
    op.create_index("ix_attempts_last", "attempts", ["last"])
    op.create_table(
        "device_links",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("made", ID, nullable=False),
        sa.Column("used", ID, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_device_links_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name="pk_device_links"),
    )
    op.create_index("ix_device_links_user_made", "device_links", ["user", "made"])
