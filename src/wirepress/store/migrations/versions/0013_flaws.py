"""Why a post's text is shown as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("renderings", sa.Column("flaw", sa.Text(), nullable=False, server_default=""))
