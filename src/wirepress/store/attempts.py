"""How often something was tried, by key: few short rows, written in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from wirepress.store.clauses import Where
from wirepress.store.unit import Unit

_PRUNED: Final = 100
"""How many rows go at once: nobody waits long for that."""
_PUT: Final = (
    'INSERT INTO attempts (key, "user", number, since, last) VALUES (?, ?, ?, ?, ?)'
    " ON CONFLICT (key) DO UPDATE SET number = excluded.number, since = excluded.since, last = excluded.last"
)


class Tally(NamedTuple):
    """How often, from when to when (seconds since 1970); `user` 0: for nobody's account."""

    key: str
    user: int
    number: int
    since: int
    last: int


def read(unit: Unit, keys: Sequence[str]) -> dict[str, Tally]:
    """The tallies of some keys."""
    where = Where()
    where.one_of("key", keys)
    rows = unit.rows(f'SELECT key, "user", number, since, last FROM attempts WHERE {where.sql}', where.values)
    return {row[0]: Tally(*row) for row in rows}


def put(unit: Unit, tallies: Iterable[Tally]) -> None:
    """Keeps tallies as they are now."""
    unit.run_many(_PUT, list(tallies))


def give_back(unit: Unit, keys: Sequence[str]) -> None:
    """Takes one off each of some tallies."""
    where = Where()
    where.one_of("key", keys)
    unit.run(f"UPDATE attempts SET number = number - 1 WHERE number > 0 AND {where.sql}", where.values)


def remove(unit: Unit, keys: Sequence[str]) -> None:
    """Removes the tallies of some keys."""
    where = Where()
    where.one_of("key", keys)
    unit.run(f"DELETE FROM attempts WHERE {where.sql}", where.values)


def remove_user(unit: Unit, user_id: int) -> int:
    """Removes all tallies of an account; how many there were."""
    return unit.run('DELETE FROM attempts WHERE "user" = ?', (user_id,))


def prune(unit: Unit, before: int) -> None:
    """Removes tallies that nothing was added to since a time, some of them."""
    unit.run(f"DELETE FROM attempts WHERE key IN (SELECT key FROM attempts WHERE last < ? LIMIT {_PRUNED})", (before,))


def of_nobody(unit: Unit) -> int:
    """How many tallies there are that are no account's."""
    number: int = unit.rows('SELECT count(*) FROM attempts WHERE "user" = 0')[0][0]
    return number
