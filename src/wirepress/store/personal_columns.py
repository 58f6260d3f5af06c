"""What each column of each table may hold of a person: the list that exports and erasures go by.

A column that is not in the list fails a test: nothing comes into the schema before somebody says whose data it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from sqlalchemy import JSON, String

from wirepress.store.tables import metadata


class Holds(StrEnum):
    """What a column may hold of a person."""

    NOTHING = "nothing"
    """Nothing: keys, times, counts, states, settings of machines."""
    ACCOUNT = "account"
    """The number of an account, which says nothing any more once the account is gone."""
    PERSON = "person"
    """What is known of whoever the row belongs to: exported, and erased with them."""
    CREDENTIAL = "credential"
    """What a secret is recognised by: erased with its account, and never exported."""
    TEXT = "text"
    """What people or other sites wrote: anybody may be named in it, so addresses are looked for there."""
    DERIVED = "derived"
    """What is made of other columns, and made anew when they change."""


def _table(**columns: str) -> Mapping[str, Holds]:
    """The columns of a table, those of a kind under its name."""
    return {name: Holds(kind) for kind, names in columns.items() for name in names.split()}


COLUMNS: Final[Mapping[str, Mapping[str, Holds]]] = {
    # Accounts, and what is theirs alone.
    "users": _table(
        account="id",
        person="login slug email url name registered first_name last_name nickname description locale grants meta",
        credential="password activation_key",
        derived="login_key slug_key email_key name_key",
        nothing="version status",
    ),
    "application_passwords": _table(
        account="user", person="name app_id created last_used last_ip", credential="hash", nothing="uuid position"
    ),
    "sessions": _table(account="user", person="created expires ip agent", credential="token"),
    "second_factors": _table(account="user", person="since", credential="secret", nothing="last_step"),
    "recovery_codes": _table(account="user", credential="hash"),
    "device_links": _table(account="user", person="made used", credential="hash"),
    "attempts": _table(account="user", person="number since last", credential="key"),
    # What people leave.
    "comments": _table(
        account="user",
        person="author_name author_email author_url author_ip agent meta",
        text="content",
        derived="email_key",
        nothing="id post date date_gmt karma approved type parent version",
    ),
    "audit": _table(account="user", text="details object_id", nothing="id at person kind action object"),
    "audit_people": _table(account="user", person="login ip agent seen", nothing="id"),
    "orders": _table(
        account="user",
        text="error given progress result",
        nothing="id kind state lease_by source placed begun ended lease_until",
    ),
    # What was written, and what is made of it.
    "posts": _table(
        account="author",
        text="title slug content excerpt guid to_ping pinged content_filtered meta",
        derived="slug_key title_key thumbnail",
        nothing="id type status date date_gmt modified modified_gmt parent menu_order password mime_type"
        " comment_status ping_status comment_count revisions last_revision version",
    ),
    "renderings": _table(derived="title content excerpt holes used flaw", nothing="post post_version render_version"),
    "rendering_uses": _table(nothing="post kind ref"),
    "search_texts": _table(derived="title excerpt content file", nothing="post"),
    "terms": _table(
        text="name slug description meta",
        derived="name_key slug_key",
        nothing="id taxonomy parent count taxonomy_id group version",
    ),
    "post_terms": _table(nothing="post taxonomy_id position"),
    "uploads": _table(text="path name_key", nothing="post size sha256"),
    "options": _table(text="value", nothing="name autoload"),
    "feed_notices": _table(text="reason hub", nothing="feed format edition next_at tries"),
    "gone_addresses": _table(text="path", nothing="at"),
    "redirects": _table(text="path target", nothing="status"),
    "counts": _table(nothing="type status number"),
    "state": _table(nothing="name number"),
    "journal": _table(nothing="epoch tags"),
    "kept_rows": _table(text="row", nothing="source_table source_key"),
    # The wire in: whom other sites name.
    "sources": _table(
        text="url name rules memory",
        nothing="id kind rights active interval next_at lease_until lease_by attempts removed_at proposed_at quota_day"
        " came_in_day run_began came_in_run",
    ),
    "origins": _table(
        text="guid url canonical facts",
        derived="url_key content_hash",
        nothing="id source post state first_seen last_checked",
    ),
    "entries": _table(
        account="decided_by",
        text="guid link title entry detail",
        nothing="id source state reason origin other place due_at since tries at seen",
    ),
    "held_originals": _table(text="markup", nothing="post kind at"),
    "original_changes": _table(text="reason fields", nothing="id post revision at waiting"),
    "remote_answers": _table(text="key url value memory", nothing="kind width height fetched_at next_at attempts"),
    "runs": _table(text="result facts", nothing="id source started ended"),
    "subscriptions": _table(
        text="hub topic reason",
        credential="callback token secret",
        nothing="id source state active_since lease_until next_at tries delivery delivered_at looked_at doubted_at"
        " missed confirmed",
    ),
    "host_turns": _table(nothing="host next_at"),
    "stories": _table(nothing="id at latest"),
    "story_articles": _table(text="title", derived="words", nothing="id story post origin at likeness by_hand gone"),
    "text_prints": _table(derived="lead rest", nothing="id post source at gone modified"),
    "text_bands": _table(derived="band", nothing="print"),
    "takedowns": _table(
        account="user lifted_by",
        text="title url original reason notice lift_reason",
        nothing="id type disclosure digest folder at post erased scrubbed lifted",
    ),
    "takedown_keys": _table(derived="key", nothing="kind takedown"),
    "takedown_contents": _table(text="row", nothing="takedown position kind"),
    "takedown_files": _table(text="path", nothing="takedown post size sha256"),
}
"""By table and column."""

REDACTED: Final[Mapping[str, tuple[str, ...]]] = {
    "audit": ("details", "object_id"),
    "orders": ("error", "given", "progress", "result"),
}
"""The texts that nobody has written: an erasure takes an address out of them wherever it stands."""


def searched() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Where an address is looked for: the tables, their keys and their columns, one after the other."""
    for table, columns in COLUMNS.items():
        found = metadata.tables[table]
        keys = tuple(column.name for column in found.primary_key)
        for name, holds in columns.items():
            if holds in (Holds.TEXT, Holds.PERSON) and isinstance(found.c[name].type, String | JSON):
                yield table, keys, name
