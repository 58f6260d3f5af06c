"""Subscriptions at hubs (WebSub)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LIVING = sa.text("state <> 'ending'")
_TEXTS = ("hub", "topic", "callback", "token", "secret", "state", "reason")
_NUMBERS = (
    "active_since", "lease_until", "next_at", "tries", "delivery", "delivered_at", "looked_at", "doubted_at", "missed",
    "confirmed",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source", ID),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, ID, nullable=False) for name in _NUMBERS),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_subscriptions_source", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("token", name="uq_subscriptions_token"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_subscriptions_source",
        "subscriptions",
        ["source"],
        unique=True,
        sqlite_where=_LIVING,
        postgresql_where=_LIVING,
    )
    op.create_index("ix_subscriptions_next_at", "subscriptions", ["next_at"])
