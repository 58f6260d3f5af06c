"""An index of the posts that were called otherwise before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = sa.text("(meta ->> '_wp_old_slug') IS NOT NULL")
# The text, not the JSON: PostgreSQL's operators refuse a document that holds an escaped NUL anywhere.
_POSTGRESQL = sa.text("position('\"_wp_old_slug\":' IN CAST(meta AS TEXT)) > 0")


def upgrade() -> None:
    op.create_index("ix_posts_renamed", "posts", ["type", "id"], sqlite_where=_SQLITE, postgresql_where=_POSTGRESQL)
