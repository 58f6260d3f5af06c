"""An index of the posts that were called otherwise before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_RENAMED = sa.text("(meta ->> '_wp_old_slug') IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_posts_renamed", "posts", ["type", "id"], sqlite_where=_RENAMED, postgresql_where=_RENAMED)
