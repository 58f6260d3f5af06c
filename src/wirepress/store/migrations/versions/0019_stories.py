"""Stories, and the prints by which texts are known again; addresses are compared without what is for small screens."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
POST, ORIGIN = sa.text("post <> 0"), sa.text("origin <> 0")
_SMALL_SCREENS = ("m", "mobile", "amp")
_PATH = re.compile(r"^/amp(?=/[^/])|(?<=[^/])(?:/amp/?|\.amp)$|\.amp(?=\.html?$)", re.IGNORECASE)


def upgrade() -> None:
    _tables()
    _keys("origins", "url_key")
    _keys("takedown_keys", "key", "kind = 'url'")


def _tables() -> None:
    op.create_table(
        "text_prints",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *(sa.Column(name, ID, nullable=False) for name in ("post", "source", "at", "gone")),
        sa.Column("modified", sa.Text(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("lead", "rest")),
        sa.PrimaryKeyConstraint("id", name="pk_text_prints"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_text_prints_post", "text_prints", ["post"])
    op.create_index("ix_text_prints_source_id", "text_prints", ["source", "id"])
    op.create_index("ix_text_prints_at", "text_prints", ["at"])
    op.create_table(
        "text_bands",
        sa.Column("band", ID, nullable=False),
        sa.Column("print", ID, nullable=False),
        sa.PrimaryKeyConstraint("band", "print", name="pk_text_bands"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *(sa.Column(name, ID, nullable=False) for name in ("at", "latest")),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stories_latest_id", "stories", ["latest", "id"])
    op.create_table(
        "story_articles",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *(
            sa.Column(name, ID, nullable=False)
            for name in ("story", "post", "origin", "at", "likeness", "by_hand", "gone")
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "words")),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_story_articles_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_story_articles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_articles_story_id", "story_articles", ["story", "id"])
    for name, some in (("post", POST), ("origin", ORIGIN)):
        op.create_index(
            f"ix_story_articles_{name}",
            "story_articles",
            [name],
            unique=True,
            sqlite_where=some,
            postgresql_where=some,
        )


def _keys(table: str, column: str, where: str = "1 = 1") -> None:
    """Has addresses that were kept known by what they are compared by now, where no other has that already."""
    connection = op.get_bind()
    small = " OR ".join(f"{column} LIKE '{label}.%' OR {column} LIKE '%.{label}.%'" for label in _SMALL_SCREENS)
    asked = f"SELECT DISTINCT {column} FROM {table} WHERE {where} AND ({small} OR lower({column}) LIKE '%amp%')"
    for (key,) in connection.execute(sa.text(asked)).all():
        shorter = _without_small_screens(key)
        taken = f"SELECT 1 FROM {table} WHERE {where} AND {column} = :shorter"
        if shorter != key and connection.execute(sa.text(taken), {"shorter": shorter}).first() is None:
            change = f"UPDATE {table} SET {column} = :shorter WHERE {where} AND {column} = :key"
            connection.execute(sa.text(change), {"shorter": shorter, "key": key})


def _without_small_screens(key: str) -> str:
    place, hash_sign, fragment = key.partition("#")
    front, mark, query = place.partition("?")
    authority, slash, path = front.partition("/")
    host, colon, port = authority.partition(":")
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in ("www", *_SMALL_SCREENS):
        del labels[0]
    if len(labels) > 3 and labels[1] in _SMALL_SCREENS:
        del labels[1]
    path = f"{slash}{path}"
    while (shorter := _PATH.sub("", path)) != path:
        path = shorter
    return f"{'.'.join(labels)}{colon}{port}{path.rstrip('/') or '/'}{mark}{query}{hash_sign}{fragment}"
