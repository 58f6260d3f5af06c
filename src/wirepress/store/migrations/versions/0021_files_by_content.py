"""An index for files that are known by what is in them."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("ix_uploads_sha256", "uploads", ["sha256"])
