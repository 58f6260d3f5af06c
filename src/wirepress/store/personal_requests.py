"""Requests to export or erase personal data, as WordPress keeps them: posts of the type `user_request`.

Title is the e-mail address, slug what is asked for, password the hash of the key that confirms it, `modified_gmt` when
that key was made.  A request that waited too long for its confirmation has failed, without anybody's writing that down.
"""

from __future__ import annotations

from typing import Final

from wirepress.model.moment import Stamp
from wirepress.store.clauses import Where, contains, marks
from wirepress.store.collation import sort_key
from wirepress.store.personal_data import Address
from wirepress.store.unit import Unit

TYPE: Final = "user_request"
PENDING, CONFIRMED, FAILED, COMPLETED = (f"request-{name}" for name in ("pending", "confirmed", "failed", "completed"))
_STATUS: Final = f"CASE WHEN p.status = '{PENDING}' AND p.modified_gmt < ? THEN '{FAILED}' ELSE p.status END"


def find(
    unit: Unit, kind: str, since: Stamp, *, status: str = "", search: str = "", limit: int, offset: int = 0
) -> tuple[list[int], int]:
    """The ids of a page of the requests of a kind, the newest first, and how many there are in all.

    Keys that were made before `since` hold no more; `search` is a piece of the address.
    """
    where = Where()
    where.add("p.type = ? AND p.slug = ?", TYPE, kind)
    if status:
        where.add(f"{_STATUS} = ?", since, status)
    if search:
        where.add(contains(unit.dialect, "lower(p.title)"), search.lower())
    rows = unit.rows(
        f"SELECT p.id FROM posts p WHERE {where.sql} ORDER BY p.id DESC LIMIT ? OFFSET ?",
        (*where.values, limit, offset),
    )
    [[total]] = unit.rows(f"SELECT count(*) FROM posts p WHERE {where.sql}", where.values)
    return [row[0] for row in rows], total


def counts(unit: Unit, kind: str, since: Stamp) -> dict[str, int]:
    """How many requests of a kind there are, by status."""
    rows = unit.rows(
        f"SELECT status, count(*) FROM (SELECT {_STATUS} AS status FROM posts p WHERE p.type = ? AND p.slug = ?) found"
        " GROUP BY status",
        (since, TYPE, kind),
    )
    return {row[0]: row[1] for row in rows}


def unfinished(unit: Unit, kind: str, address: Address, since: Stamp) -> int:
    """The id of a request of a kind for an address that something is still to come of; 0 for none."""
    wanted = (PENDING, CONFIRMED)
    rows = unit.rows(
        "SELECT p.id, p.title FROM posts p WHERE p.type = ? AND p.slug = ? AND p.title_key = ?"
        f" AND {_STATUS} IN ({marks(len(wanted))}) ORDER BY p.id DESC",
        (TYPE, kind, sort_key(address.given), since, *wanted),
    )
    return next((row[0] for row in rows if address.same(row[1])), 0)
