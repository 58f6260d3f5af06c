"""The tables, one set for SQLite and PostgreSQL.

WordPress's identifiers are kept: posts of every type share one id sequence, a term has its term id and its
term_taxonomy id.  Dates are WordPress's own texts (`YYYY-MM-DD HH:MM:SS`), which sort as they are and can hold
its zero date.  A `*_key` column holds the sort key of its neighbour as WordPress's database compares text
(`store.collation`); ORDER BY, equality and uniqueness use it.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from wirepress.store import feed_notices as feed_notices  # its table is among them
from wirepress.store import gone_addresses as gone_addresses  # likewise
from wirepress.store import journal as journal  # likewise
from wirepress.store import pull_tables as pull_tables  # likewise
from wirepress.store import redirects as redirects  # likewise
from wirepress.store import rows
from wirepress.store import story_tables as story_tables  # likewise
from wirepress.store.table_parts import Id, Json, columns, filled
from wirepress.store.table_parts import metadata as metadata  # with the tables of this module in it
from wirepress.store.takedown_tables import takedowns as takedowns  # and of that one

RENAMED = {
    "sqlite": "(meta ->> '_wp_old_slug') IS NOT NULL",
    "postgresql": "position('\"_wp_old_slug\":' IN CAST(meta AS TEXT)) > 0",
}
"""A post that had another slug; queries say it in the same words, so that the index is used.

PostgreSQL looks at the text: its JSON operators refuse a document that holds an escaped NUL anywhere."""


posts = Table(
    "posts",
    metadata,
    *columns(rows.POSTS),
    Index(None, "type", "status", "date", "id"),
    Index(None, "type", "status", "modified", "id"),
    Index(None, "type", "status", "title_key", "id"),
    Index(None, "type", "status", "comment_count", "id"),
    Index(None, "author", "type", "status", "date", "id"),
    Index(None, "slug_key", "type"),
    Index(None, "parent", "type", "status", "date", "id"),
    Index(None, "guid"),
    Index(None, "id", "type", "status", "date"),
    Index("ix_posts_locked", "id", sqlite_where=text("password <> ''"), postgresql_where=text("password <> ''")),
    Index(
        "ix_posts_thumbnail", "thumbnail", sqlite_where=text("thumbnail <> 0"), postgresql_where=text("thumbnail <> 0")
    ),
    Index(
        "ix_posts_renamed",
        "type",
        "id",
        sqlite_where=text(RENAMED["sqlite"]),
        postgresql_where=text(RENAMED["postgresql"]),
    ),
    Index(
        "ix_posts_due",
        "date_gmt",
        "id",
        sqlite_where=text("status = 'future'"),
        postgresql_where=text("status = 'future'"),
    ),
    sqlite_autoincrement=True,
)

renderings = Table(
    "renderings",
    metadata,
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("post_version", Id, nullable=False),
    Column("render_version", Id, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    # JSON texts of pieces with holes where a text has any; else NULL and the column above is the whole.
    Column("holes", Json),
    Column("used", Json),
    Column("flaw", Text, nullable=False, server_default=""),
)
"""A post's rendering.  `used` is NULL when nothing else was looked at; `flaw` says why a text is shown as it was
written."""

rendering_uses = Table(
    "rendering_uses",
    metadata,
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),  # post, term, option, embed, feed
    Column("ref", Text, nullable=False),
    PrimaryKeyConstraint("kind", "ref", "post"),
    Index(None, "post"),
)
"""Which renderings are stale when a post, term or option changes."""

terms = Table(
    "terms",
    metadata,
    *columns(rows.TERMS),
    UniqueConstraint("taxonomy", "id"),
    Index(None, "id"),
    Index(None, "taxonomy", "slug_key"),
    Index(None, "taxonomy", "name_key"),
    sqlite_autoincrement=True,
)

post_terms = Table(
    "post_terms",
    metadata,
    Column("post", Id, nullable=False),
    Column("taxonomy_id", Id, nullable=False),
    Column("position", Id, nullable=False, default=0),
    PrimaryKeyConstraint("post", "taxonomy_id"),
    Index(None, "taxonomy_id", "post"),
)

users = Table(
    "users",
    metadata,
    *columns(rows.USERS),
    Column("activation_key", Text, nullable=False, server_default=""),
    Column("status", Id, nullable=False, server_default="0"),
    UniqueConstraint("login_key"),
    Index(None, "slug_key"),
    Index(None, "email_key"),
    sqlite_autoincrement=True,
)

application_passwords = Table(
    "application_passwords",
    metadata,
    *columns(rows.PASSWORDS),
    Column("position", Id, nullable=False),
    ForeignKeyConstraint(["user"], ["users.id"], ondelete="CASCADE"),
    Index(None, "user", "position"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),  # the hash of what the cookie holds
    Column("user", Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("created", Id, nullable=False),
    Column("expires", Id, nullable=False),
    Column("ip", Text, nullable=False, default=""),
    Column("agent", Text, nullable=False, default=""),
    Index(None, "user", "created"),
    Index(None, "expires"),
)
"""Who is logged in by cookie, and until when (seconds since 1970)."""

second_factors = Table(
    "second_factors",
    metadata,
    Column("user", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False),
    Column("since", Id, nullable=False),  # 0: it waits for its first code
    Column("last_step", Id, nullable=False),
)
"""What codes of a second factor are made of; `last_step` is that of the last code that was taken (RFC 6238)."""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user", Id, ForeignKey("second_factors.user", ondelete="CASCADE"), nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("user", "hash"),
)

comments = Table(
    "comments",
    metadata,
    *columns(rows.COMMENTS),
    Index(None, "post", "approved", "date_gmt", "id"),
    Index(None, "approved", "date_gmt", "id", "type", "user", "post"),
    Index(None, "parent"),
    Index(None, "user"),
    Index(None, "email_key", "date_gmt"),
    sqlite_autoincrement=True,
)
comments.c.email_key.nullable = True  # it was added later and stayed so; every row has one

options = Table(
    "options",
    metadata,
    Column("name", Text, primary_key=True),
    # The value as JSON: a string as WordPress stores most of them, or what a PHP-serialised value holds.
    Column("value", Json, nullable=False),
    Column("autoload", Boolean, nullable=False, default=True),
)

counts = Table(
    "counts",
    metadata,
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("number", Id, nullable=False, default=0),
    PrimaryKeyConstraint("type", "status"),
)
"""How many posts there are by type and status, kept in each write."""

state = Table(
    "state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Id, nullable=False, default=0),
)
"""Counters of the whole site: `epoch` (a reader can see a change) and `shape` (the shared version:
what rows lend to other items)."""

kept_rows = Table(
    "kept_rows",
    metadata,
    Column("source_table", Text, nullable=False),
    Column("source_key", Text, nullable=False),
    Column("row", Json, nullable=False),
    PrimaryKeyConstraint("source_table", "source_key"),
)
"""Rows of an imported database that nothing here serves yet: kept whole, never dropped."""

search_texts = Table(
    "search_texts",
    metadata,
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("file", Text, nullable=False, default=""),  # an attachment's file name, found by a search of media
)
"""Folded copies of what search looks at (see `store.collation.fold`)."""

uploads = Table(
    "uploads",
    metadata,
    Column("path", Text, primary_key=True),
    Column("post", Id, nullable=False),
    Column("size", Id, nullable=False, default=0),
    Column("sha256", Text, nullable=False, default=""),
    Column("name_key", Text, nullable=False, default=""),  # see `store.uploads.name_key`
    Index(None, "post"),
    Index(None, "sha256"),
    Index(None, "name_key"),
)
"""Files under the uploads folder that belong to a committed row."""

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, default=""),
    Column("kind", Text, nullable=False, default="feed"),
    Column("rights", Text, nullable=False, default="excerpt"),
    Column("active", Boolean, nullable=False, default=True),
    # How to read it: selectors, category, author, date and comment policy; see model.wire.Source.
    Column("rules", Json, nullable=False, default=dict),
    # What the last answer said (etag, last_modified) and how it went (status, error, counts).
    Column("memory", Json, nullable=False, default=dict),
    Column("interval", Id, nullable=False, default=1800),
    Column("next_at", Id, nullable=False, default=0),
    Column("lease_until", Id, nullable=False, default=0),
    Column("lease_by", Text, nullable=False, default=""),
    Column("attempts", Id, nullable=False, default=0),
    Column("removed_at", Id, nullable=False, server_default="0"),  # it stays for the attribution of its articles
    Column("proposed_at", Id, nullable=False, server_default="0"),  # until somebody turns it on
    # How many articles came in on a day (an ordinal number, in the site's zone) and in a run: store.quotas.
    *(
        Column(name, Id, nullable=False, server_default="0")
        for name in ("quota_day", "came_in_day", "run_began", "came_in_run")
    ),
    Index(None, "active", "next_at"),
    sqlite_autoincrement=True,
)
"""Times are seconds since 1970 of the machine's own clock, never the content's (which may be frozen)."""

origins = Table(
    "origins",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("source", Id, ForeignKey("sources.id"), nullable=False),
    Column("post", Id),  # NULL: known, not published (skipped, taken down)
    Column("guid", Text, nullable=False, default=""),
    Column("url", Text, nullable=False, default=""),
    Column("url_key", Text, nullable=False, default=""),  # the normalised address
    Column("canonical", Text, nullable=False, default=""),
    Column("content_hash", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, default="live"),  # live, skipped, gone, taken-down
    Column("facts", Json, nullable=False, default=dict),  # authors, publisher, dates, licence as named there
    Column("first_seen", Id, nullable=False),
    Column("last_checked", Id, nullable=False),
    Index(None, "post"),
    UniqueConstraint("source", "guid"),
    UniqueConstraint("url_key"),
    Index(None, "canonical"),
    Index(None, "source", "first_seen", "post"),
    sqlite_autoincrement=True,
)

remote_answers = Table(
    "remote_answers",
    metadata,
    Column("kind", Text, nullable=False),  # embed, feed, page, pingback
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("width", Id, nullable=False, default=0),
    Column("height", Id, nullable=False, default=0),
    Column("value", Json),  # NULL: nothing is known (yet)
    Column("memory", Json, nullable=False, default=dict),  # etag, last_modified; or why nothing came
    Column("fetched_at", Id, nullable=False, default=0),
    Column("next_at", Id),  # NULL: not asked any more
    Column("attempts", Id, nullable=False, default=0),  # failures in a row
    PrimaryKeyConstraint("kind", "key"),
    Index(None, "next_at"),
)
"""What other sites answered about what posts want to show of them: embeds and feeds.  Times as in `sources`."""

runs = Table(
    "runs",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("source", Id, ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("started", Id, nullable=False),
    Column("ended", Id),
    Column("result", Text, nullable=False, default=""),
    Column("facts", Json, nullable=False, default=dict),
    Index(None, "source", "started"),
    sqlite_autoincrement=True,
)


orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    *filled(Text, "kind", "state", "error", "lease_by"),
    *filled(Id, "user", "source", "placed", "begun", "ended", "lease_until"),  # source 0: none that is kept
    *filled(Json, "given", "progress", "result"),
    Index(None, "state", "id"),
    Index(None, "source", "id"),
    sqlite_autoincrement=True,
)
"""What the worker is to do for somebody in the administration (model.order.Order).  Times as in `sources`."""

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    *filled(Id, "at", "user", "person"),  # user 0: nobody's account
    *filled(Text, "kind", "action", "object", "object_id"),
    *filled(Json, "details"),
    Index(None, "at"),
    Index(None, "user", "id"),
    Index(None, "action", "id"),
    Index(None, "object", "object_id", "id"),
    sqlite_autoincrement=True,
)

audit_people = Table(
    "audit_people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    *filled(Id, "user", "seen"),
    *filled(Text, "login", "ip", "agent"),
    UniqueConstraint("user", "login", "ip", "agent"),
    sqlite_autoincrement=True,
)
"""What is known of those in the audit log, apart from it, so that it can be erased."""

attempts = Table(
    "attempts",
    metadata,
    Column("key", Text, primary_key=True),
    *filled(Id, "user", "number", "since", "last"),  # user 0: nobody's account
    Index(None, "user"),
    Index(None, "last"),
)
"""Wrong passwords and codes, and mails that were asked for, counted (`content.identity.attempts`).  Times as in
`sources`."""

device_links = Table(
    "device_links",
    metadata,
    Column("hash", Text, primary_key=True),  # of what the link holds
    Column("user", Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    *filled(Id, "made", "used"),  # used 0: not yet
    Index(None, "user", "made"),
)
"""Links that were mailed, each of which makes a browser known to an account."""
