"""An index for lists of posts that are sorted by their comments."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("ix_posts_type_status_comment_count_id", "posts", ["type", "status", "comment_count", "id"])
