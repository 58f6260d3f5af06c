"""The audit log, and apart from it what is known of the persons in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", ID, nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_user_id", "audit", ["user", "id"])
    op.create_index("ix_audit_action_id", "audit", ["action", "id"])
    op.create_index("ix_audit_object_object_id_id", "audit", ["object", "object_id", "id"])
    op.create_table(
        "audit_people",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("seen", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_people"),
        sa.UniqueConstraint("user", "login", "ip", "agent", name="uq_audit_people_user_login_ip_agent"),
        sqlite_autoincrement=True,
    )
