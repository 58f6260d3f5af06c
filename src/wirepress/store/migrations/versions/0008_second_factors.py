"""Second factors of users, and their recovery codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("user", ID, autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("since", ID, nullable=False),
        sa.Column("last_step", ID, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_second_factors_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user", name="pk_second_factors"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["second_factors.user"], name="fk_recovery_codes_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user", "hash", name="pk_recovery_codes"),
    )
