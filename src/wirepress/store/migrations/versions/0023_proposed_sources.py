"""When a source was proposed, until somebody turns it on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("sources", sa.Column("proposed_at", ID, nullable=False, server_default="0"))
