"""The first tables, and the trigram indexes of the search texts.

Written out: what `store.tables` becomes later comes by later steps.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STAMP = sa.String(19, collation="C").with_variant(sa.String(19), "sqlite")

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
    for make in (
        _comments, _counts, _kept_rows, _options, _post_terms, _posts,
        _sources, _state, _terms, _uploads, _users, _application_passwords,
        _origins, _rendering_uses, _renderings, _runs, _search_texts,
    ):  # fmt: skip
        make()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
    state = sa.table("state", sa.column("name"), sa.column("number"))
    op.bulk_insert(
        state, [{"name": name, "number": number} for name, number in (("epoch", 1), ("shape", 1), ("term", 0))]
    )


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("post", ID, nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_email", sa.Text(), nullable=False),
        sa.Column("author_url", sa.Text(), nullable=False),
        sa.Column("author_ip", sa.Text(), nullable=False),
        sa.Column("date", STAMP, nullable=False),
        sa.Column("date_gmt", STAMP, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("karma", ID, nullable=False),
        sa.Column("approved", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("parent", ID, nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_approved_date_gmt_id", "comments", ["approved", "date_gmt", "id"])
    op.create_index("ix_comments_parent", "comments", ["parent"])
    op.create_index("ix_comments_post_approved_date_gmt_id", "comments", ["post", "approved", "date_gmt", "id"])
    op.create_index("ix_comments_user", "comments", ["user"])


def _counts() -> None:
    op.create_table(
        "counts",
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.PrimaryKeyConstraint("type", "status", name="pk_counts"),
    )


def _kept_rows() -> None:
    op.create_table(
        "kept_rows",
        sa.Column("source_table", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source_table", "source_key", name="pk_kept_rows"),
    )


def _options() -> None:
    op.create_table(
        "options",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("autoload", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_options"),
    )


def _post_terms() -> None:
    op.create_table(
        "post_terms",
        sa.Column("post", ID, nullable=False),
        sa.Column("taxonomy_id", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.PrimaryKeyConstraint("post", "taxonomy_id", name="pk_post_terms"),
    )
    op.create_index("ix_post_terms_taxonomy_id_post", "post_terms", ["taxonomy_id", "post"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("slug_key", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("date", STAMP, nullable=False),
        sa.Column("date_gmt", STAMP, nullable=False),
        sa.Column("modified", STAMP, nullable=False),
        sa.Column("modified_gmt", STAMP, nullable=False),
        sa.Column("parent", ID, nullable=False),
        sa.Column("menu_order", ID, nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("comment_status", sa.Text(), nullable=False),
        sa.Column("ping_status", sa.Text(), nullable=False),
        sa.Column("comment_count", ID, nullable=False),
        sa.Column("to_ping", sa.Text(), nullable=False),
        sa.Column("pinged", sa.Text(), nullable=False),
        sa.Column("content_filtered", sa.Text(), nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("thumbnail", ID, nullable=False),
        sa.Column("revisions", ID, nullable=False),
        sa.Column("last_revision", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_author_type_status_date_id", "posts", ["author", "type", "status", "date", "id"])
    op.create_index("ix_posts_guid", "posts", ["guid"])
    op.create_index(
        "ix_posts_locked",
        "posts",
        ["id"],
        sqlite_where=sa.text("password <> ''"),
        postgresql_where=sa.text("password <> ''"),
    )
    op.create_index("ix_posts_parent_type_status_date_id", "posts", ["parent", "type", "status", "date", "id"])
    op.create_index("ix_posts_slug_key_type", "posts", ["slug_key", "type"])
    op.create_index(
        "ix_posts_thumbnail",
        "posts",
        ["thumbnail"],
        sqlite_where=sa.text("thumbnail <> 0"),
        postgresql_where=sa.text("thumbnail <> 0"),
    )
    op.create_index("ix_posts_type_status_date_id", "posts", ["type", "status", "date", "id"])
    op.create_index("ix_posts_type_status_modified_id", "posts", ["type", "status", "modified", "id"])
    op.create_index("ix_posts_type_status_title_key_id", "posts", ["type", "status", "title_key", "id"])


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("memory", sa.JSON(), nullable=False),
        sa.Column("interval", ID, nullable=False),
        sa.Column("next_at", ID, nullable=False),
        sa.Column("lease_until", ID, nullable=False),
        sa.Column("lease_by", sa.Text(), nullable=False),
        sa.Column("attempts", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("url", name="uq_sources_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sources_active_next_at", "sources", ["active", "next_at"])


def _state() -> None:
    op.create_table(
        "state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_state"),
    )


def _terms() -> None:
    op.create_table(
        "terms",
        sa.Column("taxonomy_id", ID, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("taxonomy", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("slug_key", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("parent", ID, nullable=False),
        sa.Column("count", ID, nullable=False),
        sa.Column("group", ID, nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.PrimaryKeyConstraint("taxonomy_id", name="pk_terms"),
        sa.UniqueConstraint("taxonomy", "id", name="uq_terms_taxonomy_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_terms_id", "terms", ["id"])
    op.create_index("ix_terms_taxonomy_name_key", "terms", ["taxonomy", "name_key"])
    op.create_index("ix_terms_taxonomy_slug_key", "terms", ["taxonomy", "slug_key"])


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("post", ID, nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_uploads"),
    )
    op.create_index("ix_uploads_post", "uploads", ["post"])


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("login_key", sa.LargeBinary(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("slug_key", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.LargeBinary(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("registered", STAMP, nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("activation_key", sa.Text(), server_default="", nullable=False),
        sa.Column("status", ID, server_default="0", nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("grants", sa.JSON(), nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("login_key", name="uq_users_login_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_users_email_key", "users", ["email_key"])
    op.create_index("ix_users_slug_key", "users", ["slug_key"])


def _application_passwords() -> None:
    op.create_table(
        "application_passwords",
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("app_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("created", ID, nullable=False),
        sa.Column("last_used", ID, nullable=True),
        sa.Column("last_ip", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_application_passwords_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name="pk_application_passwords"),
    )
    op.create_index("ix_application_passwords_user_position", "application_passwords", ["user", "position"])


def _origins() -> None:
    op.create_table(
        "origins",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source", ID, nullable=False),
        sa.Column("post", ID, nullable=True),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("first_seen", ID, nullable=False),
        sa.Column("last_checked", ID, nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_origins_source"),
        sa.PrimaryKeyConstraint("id", name="pk_origins"),
        sa.UniqueConstraint("source", "guid", name="uq_origins_source_guid"),
        sa.UniqueConstraint("url_key", name="uq_origins_url_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_origins_canonical", "origins", ["canonical"])
    op.create_index("ix_origins_post", "origins", ["post"])


def _rendering_uses() -> None:
    op.create_table(
        "rendering_uses",
        sa.Column("post", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_rendering_uses_post", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "ref", "post", name="pk_rendering_uses"),
    )
    op.create_index("ix_rendering_uses_post", "rendering_uses", ["post"])


def _renderings() -> None:
    op.create_table(
        "renderings",
        sa.Column("post", ID, autoincrement=False, nullable=False),
        sa.Column("post_version", ID, nullable=False),
        sa.Column("render_version", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("holes", sa.JSON(), nullable=True),
        sa.Column("used", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_renderings_post", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post", name="pk_renderings"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source", ID, nullable=False),
        sa.Column("started", ID, nullable=False),
        sa.Column("ended", ID, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_runs_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_source_started", "runs", ["source", "started"])


def _search_texts() -> None:
    op.create_table(
        "search_texts",
        sa.Column("post", ID, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name="fk_search_texts_post", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post", name="pk_search_texts"),
    )
