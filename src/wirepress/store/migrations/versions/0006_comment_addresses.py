"""An index of the e-mail addresses of those who comment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wirepress.store.collation import sort_key

revision = "0006"
down_revision = "0005"

_AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("comments", sa.Column("email_key", sa.LargeBinary()))
    comments = sa.table("comments", sa.column("id"), sa.column("author_email"), sa.column("email_key"))
    kept = sa.update(comments).where(comments.c.id == sa.bindparam("number")).values(email_key=sa.bindparam("key"))
    some = sa.select(comments.c.id, comments.c.author_email).order_by(comments.c.id).limit(_AT_ONCE)
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(some.where(comments.c.id > last)).all():
        connection.execute(kept, [{"number": row.id, "key": sort_key(row.author_email)} for row in rows])
        last = rows[-1].id
    op.create_index("ix_comments_email_key_date_gmt", "comments", ["email_key", "date_gmt"])
