"""The journal: what the write of each epoch has touched."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Table, Text

from wirepress.store.table_parts import Id, filled, metadata
from wirepress.store.tags import RECENT, joined
from wirepress.store.unit import Unit

journal: Final = Table(
    "journal", metadata, Column("epoch", Id, primary_key=True, autoincrement=False), *filled(Text, "tags")
)
"""Tags (`store.tags`) with a space between."""


def after(unit: Unit, epoch: int) -> list[tuple[int, frozenset[str]]]:
    """What the writes after an epoch have touched, the oldest first.  Where an epoch is missing, nobody knows any more
    what was touched in it."""
    rows = unit.rows("SELECT epoch, tags FROM journal WHERE epoch > ? ORDER BY epoch", (epoch,))
    return [(int(number), frozenset(tags.split())) for number, tags in rows]


def touched(unit: Unit, before: int, now: int) -> frozenset[str] | None:
    """What was touched after one epoch, up to another and maybe later; None where that is not known whole, is too long
    ago, or is everything."""
    return joined(dict(after(unit, before)), before, now) if now - before <= RECENT else None
