"""An index that holds all that a list of comments is found, counted and put in order by."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(
        "ix_comments_approved_date_gmt_id_type_user_post",
        "comments",
        ["approved", "date_gmt", "id", "type", "user", "post"],
    )
    op.drop_index("ix_comments_approved_date_gmt_id", "comments")
