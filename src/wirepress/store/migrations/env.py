"""Run by Alembic: the steps go through the connection of the write unit that asked for them."""

from __future__ import annotations

from alembic import context

from wirepress.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
