"""Which hub is left alone, of those that feeds are still to be told to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("feed_notices", sa.Column("hub", sa.Text(), nullable=False, server_default=""))
