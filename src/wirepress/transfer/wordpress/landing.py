"""Putting rows in place: a row that is there and equal is left alone, so an import can be run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.user import ApplicationPassword
from wirepress.store import bulk, rows, state
from wirepress.store.clauses import marks
from wirepress.store.columns import insert_sql
from wirepress.store.database import Database, Unit
from wirepress.store.state import UNSETTLED
from wirepress.store.unit import encode
from wirepress.transfer.wordpress.mapping import password_uuid
from wirepress.transfer.wordpress.report import Report, Tally

Row = Sequence[Any]
Wanted = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]
"""Whether the row that comes (second) may take the place of the one that is here (first)."""

_JSON: Final = frozenset({"meta", "grants", "value", "row"})
_DERIVED: Final = frozenset({"version", "thumbnail", "revisions", "last_revision"})


def untouched_here(here: Mapping[str, Any], _comes: Mapping[str, Any]) -> bool:
    """The row is as it came."""
    return bool(here["version"] == 1)


def not_newer_here(here: Mapping[str, Any], comes: Mapping[str, Any]) -> bool:
    """The post was not edited here after it was last edited there."""
    if here["modified_gmt"] == comes["modified_gmt"]:
        return bool(here["version"] == 1)
    return bool(here["modified_gmt"] < comes["modified_gmt"])


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a table are compared and written."""

    table: str
    key: str
    columns: Sequence[str]
    wanted: Wanted

    @property
    def compared(self) -> list[str]:
        """Without sort keys and what follows from other rows."""
        return [c for c in self.columns if (c not in _DERIVED and not c.endswith("_key")) or c == "activation_key"]


POSTS: Final = Shape("posts", "id", rows.POSTS.names, not_newer_here)
TERMS: Final = Shape("terms", "taxonomy_id", rows.TERMS.names, untouched_here)
USERS: Final = Shape("users", "id", (*rows.USERS.names, "activation_key", "status"), untouched_here)
COMMENTS: Final = Shape("comments", "id", rows.COMMENTS.names, untouched_here)


class Landing:
    """Writes what comes into the site, a batch in a transaction."""

    def __init__(self, database: Database, report: Report) -> None:
        self.database = database
        self.report = report
        self._marked = False

    @contextmanager
    def batch(self) -> Iterator[Unit]:
        """One transaction; epoch and shared version grow only when it has written something that is served."""
        before = self.report.changes
        with self.database.write() as unit:
            yield unit
            if self.report.changes != before:
                unit.raise_shared_version()
                self._mark(unit)

    def _mark(self, unit: Unit) -> None:
        if not self._marked:
            unit.run(
                "INSERT INTO state (name, number) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET number = 1",
                (UNSETTLED,),
            )
        self._marked = True

    def land(self, unit: Unit, what: str, shape: Shape, items: Sequence[Row]) -> dict[Any, str]:
        """Puts rows in place and says of each key whether it is `new`, `changed`, `same` or stays as it is `here`."""
        here = self._here(unit, shape, [row[shape.columns.index(shape.key)] for row in items])
        outcome: dict[Any, str] = {}
        fresh, better = list[Row](), list[Row]()
        for row in items:
            comes = dict(zip(shape.columns, row, strict=True))
            key = comes[shape.key]
            found = here.get(key)
            if found is None:
                outcome[key] = "new"
                fresh.append(row)
            elif all(found[name] == comes[name] for name in shape.compared):
                outcome[key] = "same"
            elif shape.wanted(found, comes):
                outcome[key] = "changed"
                better.append([comes[name] for name in _written(shape)] + [key])
            else:
                outcome[key] = "here"
        unit.run_many(insert_sql(shape.table, shape.columns), fresh)
        sets = ", ".join(f'"{name}" = ?' for name in _written(shape))
        unit.run_many(f"UPDATE {shape.table} SET {sets} WHERE {shape.key} = ?", better)
        self.report.tally(what, tally_of(outcome))
        return outcome

    def _here(self, unit: Unit, shape: Shape, keys: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        names = [shape.key, "version", *shape.compared]
        chosen = ", ".join(f'CAST("{name}" AS TEXT)' if name in _JSON else f'"{name}"' for name in names)
        found = unit.rows(f"SELECT {chosen} FROM {shape.table} WHERE {shape.key} IN ({marks(len(keys))})", keys)
        return {row[0]: dict(zip(names, row, strict=True)) for row in found}

    def posts(self, unit: Unit, items: Sequence[Post], assigned: Mapping[int, Mapping[int, int]]) -> None:
        """Posts with their terms and what search looks at; a rendering that no longer fits is dropped."""
        outcome = self.land(unit, "posts", POSTS, [rows.POSTS.row(post) for post in items])
        moved = [post for post in items if outcome[post.id] in ("new", "changed")]
        changed = [(post.id,) for post in moved if outcome[post.id] == "changed"]
        for table in ("renderings", "rendering_uses", "search_texts"):
            unit.run_many(f"DELETE FROM {table} WHERE post = ?", changed)
        searched = [rows.search_row(post) for post in moved if post.type not in rows.UNSEARCHED]
        unit.run_many(insert_sql("search_texts", rows.SEARCH_TEXTS), searched)
        self._assign(unit, {post.id: assigned.get(post.id, {}) for post in items if outcome[post.id] != "here"})

    def _assign(self, unit: Unit, assigned: Mapping[int, Mapping[int, int]]) -> None:
        """Gives these posts exactly these terms (taxonomy id to position)."""
        ids = list(assigned)
        sql = f"SELECT post, taxonomy_id, position FROM post_terms WHERE post IN ({marks(len(ids))})"
        here = {(post, term): position for post, term, position in unit.rows(sql, ids)}
        comes = {(post, term): position for post, terms in assigned.items() for term, position in terms.items()}
        gone = sorted(here.keys() - comes.keys())
        other = [pair for pair, position in comes.items() if here.get(pair, position) != position]
        unit.run_many("DELETE FROM post_terms WHERE post = ? AND taxonomy_id = ?", gone + other)
        fresh = [pair for pair in comes if pair not in here]
        unit.run_many(
            "INSERT INTO post_terms (post, taxonomy_id, position) VALUES (?, ?, ?)",
            [(*pair, comes[pair]) for pair in fresh + other],
        )
        same = len(comes) - len(fresh) - len(other)
        self.report.tally("terms of posts", Tally(len(fresh), len(gone) + len(other), same))

    def comments(self, unit: Unit, items: Sequence[Comment]) -> None:
        """Comments."""
        self.land(unit, "comments", COMMENTS, [rows.COMMENTS.row(comment) for comment in items])

    def passwords(self, unit: Unit, items: Sequence[ApplicationPassword]) -> None:
        """Application passwords; one that is here stays, with the time of its last use here."""
        if not items:
            return
        # A user that was made as a copy of another may carry the other's: one of them needs a name of its own.
        names = {(item.user, item.uuid): password_uuid(item.user, item.hash) for item in items}
        uuids = [*(item.uuid for item in items), *names.values()]
        here: dict[str, int] = dict(
            unit.rows(f'SELECT uuid, "user" FROM application_passwords WHERE uuid IN ({marks(len(uuids))})', uuids)
        )
        present = set(here)
        places: dict[int, int] = {}
        fresh = []
        for item in items:
            place = places[item.user] = places.get(item.user, -1) + 1
            if here.setdefault(item.uuid, item.user) != item.user:
                item = replace(item, uuid=names[item.user, item.uuid])
            if item.uuid not in present:
                present.add(item.uuid)
                fresh.append((*rows.PASSWORDS.row(item), place))
        unit.run_many(insert_sql(rows.PASSWORDS.table, rows.PLACED_PASSWORDS), fresh)
        self.report.tally("application passwords", Tally(len(fresh), 0, len(items) - len(fresh)))

    def keep(self, unit: Unit, table: str, items: Mapping[str, Mapping[str, Any]]) -> None:
        """Keeps rows whole that nothing here serves."""
        keys = list(items)
        found = unit.rows(
            'SELECT source_key, CAST("row" AS TEXT) FROM kept_rows WHERE source_table = ?'
            f" AND source_key IN ({marks(len(keys))})",
            (table, *keys),
        )
        here: dict[str, str] = dict(found)
        comes = {key: encode(dict(row)) for key, row in items.items()}
        moved = {key: text for key, text in comes.items() if here.get(key) != text}
        unit.run_many(
            'INSERT INTO kept_rows (source_table, source_key, "row") VALUES (?, ?, ?)'
            ' ON CONFLICT (source_table, source_key) DO UPDATE SET "row" = excluded."row"',
            [(table, key, text) for key, text in moved.items()],
        )
        new = sum(key not in here for key in moved)
        self.report.tally("kept rows", Tally(new, len(moved) - new, len(comes) - len(moved)))

    def settle(self) -> None:
        """Makes what follows from the rows (totals, revisions, id sequences), if any have come since it was made."""
        with self.database.write() as unit:
            if unit.run("DELETE FROM state WHERE name = ?", (UNSETTLED,)):
                bulk.settle(unit)
        self._marked = False


def settle_unfinished(database: Database) -> bool:
    """Makes what follows from the rows of an import that did not come to its end; whether there was one."""
    with database.read() as unit:
        if not state.is_unsettled(unit):
            return False
    Landing(database, Report()).settle()
    return True


def tally_of(outcome: Mapping[Any, str]) -> Tally:
    """How many of each outcome."""
    words = list(outcome.values())
    return Tally(words.count("new"), words.count("changed"), words.count("same"), words.count("here"))


def _written(shape: Shape) -> list[str]:
    """What an update writes: all but the key and what follows from other rows."""
    return [c for c in shape.columns if c != shape.key and (c not in _DERIVED or c == "thumbnail")]
