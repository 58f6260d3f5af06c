"""Making room in a site that has accounts already: they give way, and nobody loses theirs.

Whoever imports from the administration has an account here, and it mostly has the number of somebody there.  Posts,
terms and comments give no way: a site that holds other ones under the same ids is refused as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.store.collation import sort_key
from wirepress.store.database import Database, Unit
from wirepress.store.renumber import renumber, top
from wirepress.transfer.wordpress.conflicts import refuse_conflicts, refuse_users
from wirepress.transfer.wordpress.mapping import Values
from wirepress.transfer.wordpress.report import Report
from wirepress.transfer.wordpress.source import Source

MOST: Final = 1000
"""Accounts of a site that may give way."""


@dataclass(frozen=True, slots=True)
class Move:
    """An account of this site that takes another number: that of the account there with the same login, with the time
    when that was made (`registered`), so that the two are one from now on; or a free one."""

    login: str
    before: int
    after: int
    registered: str = ""

    @property
    def joins(self) -> bool:
        """Whether the account is that of somebody there."""
        return bool(self.registered)


def with_room(source: Source, database: Database, values: Values, report: Report) -> None:
    """Lets accounts give way.  Raises Conflict, and changes nothing, where other things are in the way too."""
    spare = spare_terms(database)
    refuse_conflicts(source, database, values, users=False, spare=spare)
    with database.write() as unit:
        moves = moves_for(source, unit, values)
        if moves:
            make_moves(unit, moves)
            refuse_users(source, unit, values)
            for move in moves:
                why = "it is one with the account of that name there" if move.joins else "its number was taken there"
                report.note("accounts of this site", why, example=f"{move.login}: {move.before} → {move.after}")
        if spare and _comes(source, spare):
            unit.run_many("DELETE FROM terms WHERE taxonomy_id = ?", [(number,) for number in spare])
            unit.touched("term")
            unit.raise_shared_version()


def spare_terms(database: Database) -> frozenset[int]:
    """The category that a site makes by itself, as long as it is as it was made and nothing is in it."""
    with database.read() as unit:
        rows = unit.rows(
            "SELECT taxonomy_id FROM terms t WHERE taxonomy = 'category' AND name = 'Uncategorized'"
            " AND slug = 'uncategorized' AND version = 1"
            " AND NOT EXISTS (SELECT 1 FROM post_terms p WHERE p.taxonomy_id = t.taxonomy_id)"
        )
    return frozenset(row[0] for row in rows)


def _comes(source: Source, spare: frozenset[int]) -> bool:
    number = min(spare)
    sql = f"SELECT 1 AS found FROM {source.named('term_taxonomy')} WHERE term_taxonomy_id = :number"
    return any(True for _ in source.rows(sql, number=number))


def moves_for(source: Source, unit: Unit, values: Values) -> list[Move]:
    """Who of this site has to give way to whom there."""
    here = unit.rows(f"SELECT id, login, registered FROM users ORDER BY id LIMIT {MOST + 1}")
    if not here or len(here) > MOST:
        return []
    by_id, by_key, highest = _there(source, values, here)
    free = max(highest, top(unit))
    moves: list[Move] = []
    for number, login, registered in here:
        twin = by_key.get(sort_key(login))
        other = by_id.get(number)
        if twin is not None and twin != (number, login, registered):
            moves.append(Move(login, number, twin[0], twin[2]))
        elif twin is None and other is not None:
            free += 1
            moves.append(Move(login, number, free))
    return moves


Account = tuple[int, str, str]


def _there(
    source: Source, values: Values, here: Sequence[Sequence[Any]]
) -> tuple[Mapping[int, Account], Mapping[bytes, Account], int]:
    """The accounts there that have a number or a login of one here, and the highest number."""
    numbers, keys = {row[0] for row in here}, {sort_key(row[1]) for row in here}
    by_id: dict[int, Account] = {}
    by_key: dict[bytes, Account] = {}
    highest = 0
    for account in _accounts(source, values):
        highest = max(highest, account[0])
        key = sort_key(account[1])
        if account[0] in numbers:
            by_id[account[0]] = account
        if key in keys:
            by_key.setdefault(key, account)
    return by_id, by_key, highest


def _accounts(source: Source, values: Values) -> Iterator[Account]:
    q = source.quoted
    sql = (
        f"SELECT {q('ID')}, user_login, user_registered FROM {source.named('users')}"
        f" WHERE {q('ID')} > :last ORDER BY {q('ID')}"
    )
    for page in source.paged(sql, "ID"):
        for raw in page:
            stamp = str(values.stamp(raw["user_registered"]))
            yield values.number(raw["ID"]), values.text(raw["user_login"]), stamp


def make_moves(unit: Unit, moves: Sequence[Move]) -> None:
    """Gives all of them their numbers, by free ones, since one may take what another leaves.

    An account that is one with one there is marked as edited here, so that the import leaves it as it is.
    """
    free = max(top(unit), *(move.after for move in moves))
    moving = [(number, move) for number, move in enumerate(moves, free + 1) if move.before != move.after]
    for number, move in moving:
        renumber(unit, move.before, number)
    for number, move in moving:
        renumber(unit, number, move.after)
    unit.run_many(
        "UPDATE users SET registered = ?, version = version + 1 WHERE id = ?",
        [(move.registered, move.after) for move in moves if move.joins],
    )
    unit.touched("user")
    unit.raise_shared_version()
