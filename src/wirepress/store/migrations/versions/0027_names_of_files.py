"""An index of the names of files, without what names a size and in lower case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wirepress.store.uploads import name_key

revision = "0027"
down_revision = "0026"

_AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("uploads", sa.Column("name_key", sa.Text(), nullable=False, server_default=""))
    uploads = sa.table("uploads", sa.column("path"), sa.column("name_key"))
    kept = sa.update(uploads).where(uploads.c.path == sa.bindparam("place")).values(name_key=sa.bindparam("key"))
    some = sa.select(uploads.c.path).order_by(uploads.c.path).limit(_AT_ONCE)
    connection = op.get_bind()
    last = ""
    while rows := connection.execute(some.where(uploads.c.path > last)).all():
        connection.execute(kept, [{"place": row.path, "key": name_key(row.path)} for row in rows])
        last = rows[-1].path
    op.create_index("ix_uploads_name_key", "uploads", ["name_key"])
