"""What a WordPress database holds and what an import would do here, found out without keeping anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import text

from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.registry import Registry
from wirepress.transfer.wordpress.conflicts import refuse_conflicts
from wirepress.transfer.wordpress.mapping import Values
from wirepress.transfer.wordpress.report import Report
from wirepress.transfer.wordpress.room import moves_for, spare_terms
from wirepress.transfer.wordpress.source import Place, Source, opened

MOST: Final = 60
"""Kinds of things of one sort that are listed; the rest is counted."""
MOST_COUNTED: Final = 500
LONGEST: Final = 200
_READ: Final = ("blogname", "home")


def preview(newsroom: Newsroom, place: Place, step: Callable[[str], None]) -> Mapping[str, Any]:
    """What there is, as JSON holds it: with `refused` where an import could not be, with `installs` where there are
    several sites and none was named.  `step` hears what is looked at."""
    step("check")
    try:
        with opened(place) as source:
            _check(source, place)
            return _found(newsroom, source, step)
    except Invalid as error:
        if error.code != "several_installs":
            raise
        return {"installs": error.data["installs"][:MOST]}


def _check(source: Source, place: Place) -> None:
    """Raises Invalid for a damaged file."""
    if place.hostile:
        word = source.connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if word != "ok":
            raise Invalid("damaged", "The file is damaged: SQLite cannot read all of it.")


def _found(newsroom: Newsroom, source: Source, step: Callable[[str], None]) -> Mapping[str, Any]:
    values = Values(Report())
    step("count")
    found = {
        "site": _options(source, values),
        "prefix": source.prefix,
        "types": _types(source, values, newsroom.registry),
        "taxonomies": _taxonomies(source, values, newsroom.registry),
        **{name: source.count(source.tables[name]) for name in ("users", "comments", "options")},
        **_others(source),
    }
    step("compare")
    refused = ""
    try:
        refuse_conflicts(source, newsroom.database, values, users=False, spare=spare_terms(newsroom.database))
    except Conflict as error:
        refused = error.message
    with newsroom.database.read() as unit:
        moves = moves_for(source, unit, values)
        users = int(unit.rows("SELECT count(*) FROM users")[0][0])
        posts = int(unit.rows("SELECT count(*) FROM posts")[0][0])
    accounts = [{"login": m.login, "before": m.before, "after": m.after, "joins": m.joins} for m in moves[:MOST]]
    return {**found, "refused": refused, "accounts": accounts, "here": {"users": users, "posts": posts}}


def _others(source: Source) -> Mapping[str, Any]:
    """The tables of plugins that hold something."""
    counted = [(name, source.count(name)) for name in source.others[:MOST_COUNTED]]
    filled = [{"name": name, "number": number} for name, number in counted if number]
    return {"others": filled[:MOST], "more": max(0, len(source.others) - MOST_COUNTED) + max(0, len(filled) - MOST)}


def _options(source: Source, values: Values) -> Mapping[str, str]:
    """What the site there is called, and its address."""
    found = dict.fromkeys(_READ, "")
    names = ", ".join(f"'{name}'" for name in _READ)
    sql = f"SELECT option_name, option_value FROM {source.named('options')} WHERE option_name IN ({names})"
    for row in source.rows(sql):
        found[str(row["option_name"])] = values.text(row["option_value"])[:LONGEST]
    return found


def _types(source: Source, values: Values, registry: Registry) -> list[dict[str, Any]]:
    """How many posts of each type there are, and by their statuses."""
    found: dict[str, dict[str, int]] = {}
    for kind, status, number in _counted(source, "posts", "post_type", "post_status"):
        by_status = found.setdefault(values.text(kind)[:LONGEST], {})
        name = values.text(status)[:LONGEST]
        by_status[name] = by_status.get(name, 0) + number
    return [
        {"name": name, "number": sum(statuses.values()), "served": name in registry.types,
         "statuses": dict(list(statuses.items())[:MOST])}
        for name, statuses in list(found.items())[:MOST]
    ]  # fmt: skip


def _taxonomies(source: Source, values: Values, registry: Registry) -> list[dict[str, Any]]:
    found: dict[str, int] = {}
    for taxonomy, number in _counted(source, "term_taxonomy", "taxonomy"):
        name = values.text(taxonomy)[:LONGEST]
        found[name] = found.get(name, 0) + number
    return [
        {"name": name, "number": number, "served": name in registry.taxonomies}
        for name, number in list(found.items())[:MOST]
    ]


def _counted(source: Source, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    listed = ", ".join(map(source.quoted, columns))
    most = f"ORDER BY count(*) DESC LIMIT {MOST * MOST}"  # a hostile file may hold millions of kinds
    sql = f"SELECT {listed}, count(*) FROM {source.named(table)} GROUP BY {listed} {most}"
    for row in source.connection.execute(text(sql)):
        yield tuple(row)
