"""Logins by cookie, and an index of the posts that wait for their time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("status = 'future'")


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("created", ID, nullable=False),
        sa.Column("expires", ID, nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_sessions_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_created", "sessions", ["user", "created"])
    op.create_index("ix_sessions_expires", "sessions", ["expires"])
    op.create_index("ix_posts_due", "posts", ["date_gmt", "id"], sqlite_where=_WAITING, postgresql_where=_WAITING)
