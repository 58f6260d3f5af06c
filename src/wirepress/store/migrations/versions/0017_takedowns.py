"""Take-downs: what they remember, and what is kept of the content for the day on which one is lifted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    texts = ("type", "title", "url", "original", "reason", "notice", "disclosure", "digest", "folder", "lift_reason")
    numbers = ("at", "user", "post", "erased", "scrubbed", "lifted", "lifted_by")
    op.create_table(
        "takedowns",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(sa.Column(name, ID, nullable=False) for name in numbers),
        sa.PrimaryKeyConstraint("id", name="pk_takedowns"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "takedown_keys",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("takedown", ID, nullable=False),
        sa.ForeignKeyConstraint(["takedown"], ["takedowns.id"], name="fk_takedown_keys_takedown", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "key", "takedown", name="pk_takedown_keys"),
    )
    op.create_index("ix_takedown_keys_takedown", "takedown_keys", ["takedown"])
    op.create_table(
        "takedown_contents",
        sa.Column("takedown", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["takedown"], ["takedowns.id"], name="fk_takedown_contents_takedown", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("takedown", "position", name="pk_takedown_contents"),
    )
    op.create_table(
        "takedown_files",
        sa.Column("takedown", ID, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("post", ID, nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["takedown"], ["takedowns.id"], name="fk_takedown_files_takedown", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("takedown", "path", name="pk_takedown_files"),
    )
    op.create_index("ix_takedown_files_path", "takedown_files", ["path"])
