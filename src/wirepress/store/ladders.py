"""Far pages of long lists, without counting from the beginning.

A database that is asked for a page behind an OFFSET walks all rows before it.  Of lists that are asked for such pages
every 200th place is kept (what the list is sorted by there, and the id), so that a page is reached in one step and a
short walk, whatever its number.  The places are found as far as somebody has asked, and hold for one epoch: a write
that readers can see may move them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wirepress.store import state
from wirepress.store.clauses import Where
from wirepress.store.places import Place
from wirepress.store.unit import Unit

STEP: Final = 200
FAR: Final = 1_000
"""A page that begins before this place is walked to."""


def jump(
    unit: Unit, where: Where, column: str, way: str, offset: int, lent: Iterable[str] | None = None
) -> tuple[Where, int]:
    """The conditions of a list of posts `p` from one of its places on, and how far behind that a page begins.

    The list is sorted by a column, `way` ASC or DESC, and by the id in the same way, and holds only what all readers
    see: then a change of it raises the epoch.  `lent`: the tags of the list.
    """
    kept, epoch = unit.places, state.epoch(unit)
    key = (where.sql, tuple(where.values), f"{column} {way}")
    known = kept.of(epoch, key)
    places = list(known)
    wanted = offset // STEP
    order = f"{column} {way}, p.id {way}"
    while len(places) < wanted:
        behind = _behind(where, column, way, places)
        rows = unit.rows(
            f"SELECT {column}, p.id FROM posts p WHERE {behind.sql} ORDER BY {order} LIMIT 1 OFFSET ?",
            (*behind.values, STEP - 1),
            lent=lent,
        )
        if not rows:
            break
        places.append((rows[0][0], int(rows[0][1])))
    if len(places) > len(known):
        kept.keep(epoch, key, tuple(places))
    used = places[:wanted]
    return _behind(where, column, way, used), offset - len(used) * STEP


def _behind(where: Where, column: str, way: str, places: list[Place]) -> Where:
    """The conditions of a list and, where there are places, that a row stands behind the last of them."""
    if not places:
        return where
    found = Where()
    found.add(where.sql, *where.values)
    found.add(f"({column}, p.id) {'<' if way == 'DESC' else '>'} (?, ?)", *places[-1])
    return found
