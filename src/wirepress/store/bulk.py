"""Fast inserts for imports: many rows a statement, ids as given, what follows from the rows made once at the end.

A row whose id is there already stays as it is.  After the last row of an import comes `settle`:
from then on whoever holds rows of the unit loads them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import ApplicationPassword, User
from wirepress.store import rows
from wirepress.store.post_stale import rendering_row, uses_rows
from wirepress.store.unit import Unit, encode

T = TypeVar("T")
_BATCH: Final = 500
_STAY: Final = "ON CONFLICT DO NOTHING"


def posts(unit: Unit, items: Iterable[Post]) -> None:
    """Posts with their renderings and search texts; what they wear comes by `post_terms`."""
    for batch in _batches(items):
        _insert(unit, "posts", rows.POSTS, batch, rows.post_row)
        searched = [post for post in batch if post.type not in rows.UNSEARCHED]
        _insert(unit, "search_texts", rows.SEARCH_TEXTS, searched, rows.search_row)
        rendered = [(post.id, post.rendering) for post in batch if post.rendering]
        _insert(unit, "renderings", rows.RENDERINGS, rendered, lambda pair: rendering_row(*pair))
        uses = [use for post_id, rendering in rendered for use in uses_rows(post_id, rendering.used)]
        _insert(unit, "rendering_uses", ("post", "kind", "ref"), uses, tuple)


def terms(unit: Unit, items: Iterable[Term]) -> None:
    """Terms with the counts that they carry."""
    for batch in _batches(items):
        _insert(unit, "terms", rows.TERMS, batch, rows.term_row)


def post_terms(unit: Unit, items: Iterable[tuple[int, int, int]]) -> None:
    """What posts wear: post, taxonomy id and position."""
    for batch in _batches(items):
        _insert(unit, "post_terms", ("post", "taxonomy_id", "position"), batch, tuple)


def users(unit: Unit, items: Iterable[User]) -> None:
    """Users."""
    for batch in _batches(items):
        _insert(unit, "users", rows.USERS, batch, rows.user_row)


def application_passwords(unit: Unit, items: Iterable[ApplicationPassword]) -> None:
    """Application passwords, in the order they were made."""
    for batch in _batches(enumerate(items)):
        _insert(unit, "application_passwords", rows.PASSWORDS, batch, lambda pair: rows.password_row(pair[1], pair[0]))


def comments(unit: Unit, items: Iterable[Comment]) -> None:
    """Comments; the posts keep the numbers of comments that they carry."""
    for batch in _batches(items):
        _insert(unit, "comments", rows.COMMENTS, batch, rows.comment_row)


def options(unit: Unit, values: Mapping[str, Any]) -> None:
    """Options that are not set yet."""
    pairs = [(name, encode(value), True) for name, value in values.items()]
    unit.touched("option", values.keys())
    _insert(unit, "options", ("name", "value", "autoload"), pairs, tuple)


def uploads(unit: Unit, items: Iterable[tuple[str, int, int, str]]) -> None:
    """Files of posts: path under uploads, post, size and SHA-256."""
    for batch in _batches(items):
        _insert(unit, "uploads", ("path", "post", "size", "sha256"), batch, tuple)


def kept_rows(unit: Unit, items: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Rows of an imported database that nothing here serves: table, key and the row."""
    for batch in _batches(items):
        pairs = [(table, key, encode(dict(row))) for table, key, row in batch]
        _insert(unit, "kept_rows", ("source_table", "source_key", "row"), pairs, tuple)


def settle(unit: Unit) -> None:
    """Makes anew what is kept beside the rows: totals, revisions, featured images; and raises both counters."""
    unit.run("DELETE FROM counts")
    unit.run("INSERT INTO counts (type, status, number) SELECT type, status, count(*) FROM posts GROUP BY type, status")
    unit.run(
        "UPDATE posts SET revisions = (SELECT count(*) FROM posts r WHERE r.parent = posts.id"
        " AND r.type = 'revision' AND r.status = 'inherit'),"
        " last_revision = coalesce((SELECT r.id FROM posts r WHERE r.parent = posts.id AND r.type = 'revision'"
        " AND r.status = 'inherit' ORDER BY r.date DESC, r.id DESC LIMIT 1), 0)"
        " WHERE id IN (SELECT parent FROM posts WHERE type = 'revision')"
    )
    if unit.dialect != "sqlite":
        for table, column in (("posts", "id"), ("terms", "taxonomy_id"), ("users", "id"), ("comments", "id")):
            unit.rows(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
                f" greatest((SELECT coalesce(max({column}), 0) FROM {table}), 1),"
                f" EXISTS (SELECT 1 FROM {table}))"
            )
    unit.run("ANALYZE")
    for what in ("post", "term", "user", "option"):
        unit.touched(what)
    unit.raise_shared_version()


def _insert(
    unit: Unit, table: str, columns: Sequence[str], items: Sequence[T], row: Callable[[T], Sequence[Any]]
) -> None:
    unit.run_many(rows.insert_sql(table, columns, tail=_STAY), [row(item) for item in items])


def _batches(items: Iterable[T]) -> Iterable[list[T]]:
    """Lists of some hundred: a whole import is never held in memory."""
    stream = iter(items)
    while batch := list(islice(stream, _BATCH)):
        yield batch
