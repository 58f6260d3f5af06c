"""Rows that have no place of their own here: kept whole, reported, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import inspect

from wirepress.transfer.wordpress.source import PAGE_ROWS, batched
from wirepress.transfer.wordpress.steps import Import, json_row

_ORPHAN_META: Final = (
    ("postmeta", "meta_id", "post_id", "posts", "ID"),
    ("usermeta", "umeta_id", "user_id", "users", "ID"),
    ("commentmeta", "meta_id", "comment_id", "comments", "comment_ID"),
    ("termmeta", "meta_id", "term_id", "terms", "term_id"),
)


def keep_leftovers(run: Import) -> None:
    """Meta and relationships of nothing, halves of terms, links, and the tables of plugins."""
    own = run.source
    for table, key, owner, owners, owner_key in _ORPHAN_META:
        if table in own.tables:
            q = own.quoted
            sql = (
                f"SELECT m.* FROM {own.named(table)} m LEFT JOIN {own.named(owners)} o"
                f" ON o.{q(owner_key)} = m.{q(owner)} WHERE o.{q(owner_key)} IS NULL"
            )
            _keep(run, table, (key,), sql, "meta of something that is not there")
    _keep_terms(run)
    total = sum(own.count(name) for name in own.others)
    done = 0
    run.progress("other tables", 0, total)
    for name in own.others:
        keys = tuple(inspect(own.connection).get_pk_constraint(name)["constrained_columns"])
        rows = own.rows(f"SELECT * FROM {own.quoted(name)}")
        done += _keep_rows(run, name, keys, rows, _why(run, name), (done, total))
    run.progress("other tables", total, total)


def _why(run: Import, name: str) -> str:
    return "WordPress's old link list" if name == run.source.prefix + "links" else "a table of a plugin or a network"


def _keep_terms(run: Import) -> None:
    own = run.source
    taxonomies, terms = own.named("term_taxonomy"), own.named("terms")
    _keep(
        run,
        "term_taxonomy",
        ("term_taxonomy_id",),
        f"SELECT x.* FROM {taxonomies} x LEFT JOIN {terms} t ON t.term_id = x.term_id WHERE t.term_id IS NULL",
        "their term is not there",
    )
    _keep(
        run,
        "terms",
        ("term_id",),
        f"SELECT t.* FROM {terms} t LEFT JOIN {taxonomies} x ON x.term_id = t.term_id WHERE x.term_id IS NULL",
        "in no taxonomy",
    )
    posts = own.quoted("ID")
    _keep(
        run,
        "term_relationships",
        ("object_id", "term_taxonomy_id"),
        f"SELECT r.* FROM {own.named('term_relationships')} r"
        f" LEFT JOIN {taxonomies} x ON x.term_taxonomy_id = r.term_taxonomy_id"
        f" LEFT JOIN {terms} t ON t.term_id = x.term_id"
        f" LEFT JOIN {own.named('posts')} p ON p.{posts} = r.object_id"
        f" WHERE t.term_id IS NULL OR p.{posts} IS NULL OR x.taxonomy = 'link_category'",
        "of links, or of something that is not there",
    )


def _keep(run: Import, table: str, keys: tuple[str, ...], sql: str, why: str) -> None:
    _keep_rows(run, run.source.tables[table], keys, run.source.rows(sql), why)


def _keep_rows(
    run: Import,
    name: str,
    keys: tuple[str, ...],
    rows: Iterable[Mapping[str, Any]],
    why: str,
    before: tuple[int, int] = (0, 0),
) -> int:
    """Keeps the rows of a table, and says how many there were; `before` is how far the step was, and its whole."""
    number = 0
    for batch in batched(PAGE_ROWS, _keyed(rows, keys)):
        with run.landing.batch() as unit:
            run.landing.keep(unit, name, dict(batch))
        number += len(batch)
        run.progress("other tables", before[0] + number if before[1] else 0, before[1])
    if number:
        run.report.keep(f"rows of {name}", why, number=number)
    return number


def _keyed(rows: Iterable[Mapping[str, Any]], keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row under its key, or under its place where the table has none."""
    for place, raw in enumerate(rows):
        row = json_row(raw)
        yield "/".join(str(row[key]) for key in keys) or str(place), row
