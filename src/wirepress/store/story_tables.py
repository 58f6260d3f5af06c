"""The tables of stories, and of what texts are known again by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, Text, text

from wirepress.store.table_parts import Id, filled, metadata

text_prints = Table(
    "text_prints",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    *filled(Id, "post", "source", "at", "gone"),  # source 0: our own; gone 1: its post was deleted or taken down
    Column("modified", Text, nullable=False),  # of our own: the post's, when its print was made
    Column("lead", LargeBinary, nullable=False),
    Column("rest", LargeBinary, nullable=False),
    Index(None, "post"),
    Index(None, "source", "id"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
"""Prints of texts (model.story.TextPrint), as runs of 32-bit numbers.  Times as in `sources`."""

text_bands = Table(
    "text_bands",
    metadata,
    Column("band", Id, nullable=False),
    Column("print", Id, nullable=False),
    PrimaryKeyConstraint("band", "print"),
    sqlite_with_rowid=False,
)
"""A sample of the numbers of each print: texts that share some are compared.  Which they are follows from the print
itself, so that it is found again without an index of its own when the print goes."""

stories = Table(
    "stories",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    *filled(Id, "at", "latest"),
    Index(None, "latest", "id"),
    sqlite_autoincrement=True,
)
"""Articles that tell the same (model.story.Story).  Times as in `sources`."""

_POST, _ORIGIN = text("post <> 0"), text("origin <> 0")
story_articles = Table(
    "story_articles",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("story", Id, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    *filled(Id, "post", "origin", "at", "likeness", "by_hand", "gone"),  # post, origin 0: none
    *filled(Text, "title", "words"),  # as it was when it joined; words: with the address, folded, to be searched
    Index(None, "story", "id"),
    Index("ix_story_articles_post", "post", unique=True, sqlite_where=_POST, postgresql_where=_POST),
    Index("ix_story_articles_origin", "origin", unique=True, sqlite_where=_ORIGIN, postgresql_where=_ORIGIN),
    sqlite_autoincrement=True,
)
"""What belongs to which story.  An article whose post was deleted stays as gone, until a lift brings it back."""
