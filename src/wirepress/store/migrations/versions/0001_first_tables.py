"""The first tables, and the trigram indexes of the search texts."""

from __future__ import annotations

from alembic import op

from wirepress.store.tables import metadata, state

revision = "0001"
down_revision = None

_SQLITE = (
    # The index keeps no copy of the texts; the triggers tell it of every change.
    (
        "CREATE VIRTUAL TABLE search_index USING fts5(title, excerpt, content, file, content='search_texts',"
        " content_rowid='post', tokenize='trigram case_sensitive 1', detail='none', columnsize=0)"
    ),
    "CREATE VIRTUAL TABLE search_grams USING fts5vocab(search_index, 'row')",
    (
        "CREATE TRIGGER search_texts_insert AFTER INSERT ON search_texts BEGIN"
        " INSERT INTO search_index (rowid, title, excerpt, content, file)"
        " VALUES (new.post, new.title, new.excerpt, new.content, new.file); END"
    ),
    (
        "CREATE TRIGGER search_texts_delete AFTER DELETE ON search_texts BEGIN"
        " INSERT INTO search_index (search_index, rowid, title, excerpt, content, file)"
        " VALUES ('delete', old.post, old.title, old.excerpt, old.content, old.file); END"
    ),
    (
        "CREATE TRIGGER search_texts_update AFTER UPDATE ON search_texts BEGIN"
        " INSERT INTO search_index (search_index, rowid, title, excerpt, content, file)"
        " VALUES ('delete', old.post, old.title, old.excerpt, old.content, old.file);"
        " INSERT INTO search_index (rowid, title, excerpt, content, file)"
        " VALUES (new.post, new.title, new.excerpt, new.content, new.file); END"
    ),
)
_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    *(
        f"CREATE INDEX ix_search_texts_{column} ON search_texts USING gin ({column} gin_trgm_ops)"
        for column in ("title", "excerpt", "content", "file")
    ),
)


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
    op.bulk_insert(
        state, [{"name": name, "number": number} for name, number in (("epoch", 1), ("shape", 1), ("term", 0))]
    )
