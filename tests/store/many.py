"""Rows of tests and the bench, many a statement, ids as given: `bulk.settle` makes what follows from them.

A row whose id is there already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final, TypeVar

from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import rows
from wirepress.store.columns import Columns, N, insert_sql
from wirepress.store.post_stale import rendering_row, uses_rows
from wirepress.store.unit import Row, Unit

T = TypeVar("T")
_BATCH: Final = 500
_RENDERINGS: Final = ("post", "post_version", "render_version", "title", "content", "excerpt", "holes", "used", "flaw")
_STAY: Final = "ON CONFLICT DO NOTHING"


def posts(unit: Unit, items: Iterable[Post]) -> None:
    """Posts with their renderings and search texts; their terms come by `post_terms`."""
    for batch in _batches(items):
        _insert_nouns(unit, rows.POSTS, batch)
        searched = [rows.search_row(post) for post in batch if post.type not in rows.UNSEARCHED]
        _insert(unit, "search_texts", rows.SEARCH_TEXTS, searched)
        rendered = [(post.id, post.rendering) for post in batch if post.rendering]
        _insert(unit, "renderings", _RENDERINGS, [rendering_row(*pair) for pair in rendered])
        uses = [use for post_id, rendering in rendered for use in uses_rows(post_id, rendering.used)]
        _insert(unit, "rendering_uses", ("post", "kind", "ref"), uses)


def terms(unit: Unit, items: Iterable[Term]) -> None:
    """Terms with the counts that they carry."""
    _insert_nouns(unit, rows.TERMS, items)


def post_terms(unit: Unit, items: Iterable[tuple[int, int, int]]) -> None:
    """The terms of posts: post, taxonomy id and position."""
    for batch in _batches(items):
        _insert(unit, "post_terms", ("post", "taxonomy_id", "position"), batch)


def users(unit: Unit, items: Iterable[User]) -> None:
    """Users."""
    _insert_nouns(unit, rows.USERS, items)


def comments(unit: Unit, items: Iterable[Comment]) -> None:
    """Comments; the posts keep the numbers of comments that they carry."""
    _insert_nouns(unit, rows.COMMENTS, items)


def _insert_nouns(unit: Unit, columns: Columns[N], items: Iterable[N]) -> None:
    for batch in _batches(items):
        _insert(unit, columns.table, columns.names, [columns.row(item) for item in batch])


def _insert(unit: Unit, table: str, columns: Sequence[str], values: Sequence[Row]) -> None:
    unit.run_many(insert_sql(table, columns, tail=_STAY), values)


def _batches(items: Iterable[T]) -> Iterable[list[T]]:
    """Lists of some hundred: a whole site is never held in memory."""
    stream = iter(items)
    while batch := list(islice(stream, _BATCH)):
        yield batch
