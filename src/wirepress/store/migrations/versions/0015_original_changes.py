"""Changes of originals are kept with what became of them; what was deleted here is known as that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("waiting = 1")


def upgrade() -> None:
    op.create_table(
        "original_changes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("post", ID, nullable=False),
        sa.Column("revision", ID, nullable=True),
        sa.Column("at", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("waiting", ID, nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_original_changes_post", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision"], ["posts.id"], name="fk_original_changes_revision", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_original_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_original_changes_post", "original_changes", ["post"])
    op.create_index("ix_original_changes_revision", "original_changes", ["revision"])
    op.create_index(
        "ix_original_changes_waiting",
        "original_changes",
        ["post"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.execute(
        "UPDATE origins SET post = NULL, state = 'taken-down'"
        " WHERE post IS NOT NULL AND post NOT IN (SELECT id FROM posts)"
    )
