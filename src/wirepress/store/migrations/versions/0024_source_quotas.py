"""How many articles a source has brought in a run and on a day is counted with it; what its filters reject leaves the
address to other sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("quota_day", "came_in_day", "run_began", "came_in_run"):
        op.add_column("sources", sa.Column(name, ID, nullable=False, server_default="0"))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    filters = "json_extract(facts, '$.filters')" if is_sqlite else "facts ->> 'filters'"
    op.execute(
        "UPDATE origins SET url_key = url_key || '#left-out-by-' || source, canonical = ''"
        f" WHERE state = 'skipped' AND post IS NULL AND url_key <> '' AND {filters} <> ''"
    )
