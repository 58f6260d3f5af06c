"""Tags: what an answer was made of, and what a write has touched.

A tag names a row or a list of rows: `post:12`, `list:post` (the published posts of a type, as dates, authors and terms
place them), `list:post:by:3`, `list:post:category:5`, `comments:12`, `origins:12`, `print:12`, `storied:12` (those of a
post), `beside:12` (the posts before and after it), `slug:0a1b2c3d`, `band:7`, `list:terms`, `rank:category`,
`list:sources`, `table:comments` (any row of a table).  A read that does not say more precisely what it depends on
leaves the tags of its tables, and a write leaves those of the tables that it writes: so whoever says nothing is safe.
An answer holds as long as no write has touched one of its tags.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

from sqlalchemy import Executable, Table
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement

ALL: Final = "*"
"""Touched: everything.  Read: anything, so that each write drops it."""
SINGLE: Final = {
    "table:posts": "post:",
    "table:comments": "comments:",
    "table:terms": "term:",
    "table:story_articles": "storied:",
    "table:text_prints": "print:",
}
"""Tables whose writers say which rows they touch, and how such tags begin."""
MOST: Final = 400
"""A write that touches more than this has touched everything."""
KEPT: Final = 1_000
"""So many epochs can be asked for what was touched in them."""
SOURCES: Final = "list:sources"
"""Which sources there are, and what they are called."""
SWEPT: Final = 64
"""Older ones are removed each time that so many have come."""
RECENT: Final = 256
"""So many of them are known without asking the database."""

NEWS: Final = f"SELECT epoch, tags FROM journal WHERE epoch > ? ORDER BY epoch DESC LIMIT {RECENT}"

_BANDS: Final = 1 << 20

_ALIAS: Final = r"(?:\s+(?:AS\s+)?[a-z_0-9]+)?"
_NAMED: Final = re.compile(rf"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)({_ALIAS}(?:\s*,\s*[a-z_]+{_ALIAS})*)")
_MORE: Final = re.compile(r",\s*([a-z_]+)")
_COUNTERS: Final = frozenset({"state", "journal"})
"""Tables that no answer shows anything of."""


@lru_cache(maxsize=2048)
def of_statement(sql: str) -> frozenset[str]:
    """The tags of the tables that a plain statement names."""
    names = set[str]()
    for first, more in _NAMED.findall(sql):
        names.update((first, *_MORE.findall(more)))
    # Triggers and writers of posts fill the tables of the search from these.
    names = {"posts" if name.startswith("search_") else name for name in names} - _COUNTERS
    return frozenset(f"table:{name}" for name in names)


def of_table(name: str) -> list[str]:
    """The tag of any row of a table."""
    return [f"table:{name}"]


def of_expression(statement: Executable) -> frozenset[str]:
    """The tags of the tables that a SQLAlchemy statement names."""
    if isinstance(statement, UpdateBase) and isinstance(statement.table, Table):
        return frozenset({f"table:{statement.table.name}"})
    if isinstance(statement, ClauseElement):
        found = (each.name for each in visitors.iterate(statement) if isinstance(each, Table))
        return frozenset(f"table:{name}" for name in found)
    return frozenset({ALL})


def of_posts(ids: Iterable[object]) -> list[str]:
    """The tags of posts, whether there are such posts or not."""
    return [f"post:{number}" for number in ids]


def of_comments(posts: Iterable[object]) -> list[str]:
    """The tags of the comments under posts."""
    return [f"comments:{number}" for number in posts]


def of_stories(posts: Iterable[object]) -> list[str]:
    """The tags of what the stories of posts tell of them."""
    return [f"storied:{number}" for number in posts]


def of_origins(posts: Iterable[object]) -> list[str]:
    """The tags of where posts came from."""
    return [f"origins:{number}" for number in posts]


def of_bands(bands: Iterable[int]) -> list[str]:
    """The tags of texts that share a passage; texts of other passages may share them."""
    return [f"band:{band % _BANDS}" for band in bands]


def of_terms(ids: Iterable[object]) -> list[str]:
    """The tags of terms, by their term ids, whether there are such terms or not."""
    return [f"term:{number}" for number in ids]


def of_slug(key: bytes) -> str:
    """The tag of the posts of a slug, by its sort key; other slugs may share it."""
    return f"slug:{crc32(key):08x}"


def of_lists(post_type: str, author: int, terms: Iterable[tuple[str, int]]) -> list[str]:
    """The tags of the lists that a post stands in, by its type, its author, and its terms with all above them."""
    every = f"list:{post_type}"
    return [every, f"{every}:by:{author}", *(f"{every}:{taxonomy}:{term}" for taxonomy, term in terms)]


def kept_as(tags: Iterable[str]) -> str:
    """Tags as the journal keeps them."""
    found = set(tags)
    return ALL if ALL in found or len(found) > MOST else " ".join(sorted(found))


class Recent:
    """What the writes of the last epochs have touched, as far as it was heard of.  For several threads."""

    def __init__(self) -> None:
        self._epochs: deque[tuple[int, frozenset[str]]] = deque(maxlen=RECENT)

    def note(self, before: int, now: int, rows: Sequence[Sequence[Any]]) -> None:
        """Adds the rows that `NEWS` finds after an epoch, now that another is seen."""
        if now < before:  # another database stands in the place of this one
            self._epochs.clear()
        for epoch, tags in reversed(rows):
            if not self._epochs or epoch > self._epochs[-1][0]:
                self._epochs.append((int(epoch), frozenset(tags.split())))

    def since(self, before: int, now: int) -> frozenset[str] | None:
        """What was touched after one epoch, up to another and maybe later; None where that is not known whole, or is
        everything."""
        if before == now:
            return frozenset()
        heard = {epoch: tags for epoch, tags in tuple(self._epochs) if epoch > before}
        return joined(heard, before, now)


def joined(heard: Mapping[int, frozenset[str]], before: int, now: int) -> frozenset[str] | None:
    """What was touched after one epoch, by what is known of some; None where not all up to another are among them, or
    everything was touched."""
    if before > now or any(epoch not in heard for epoch in range(before + 1, now + 1)):
        return None
    touched = frozenset[str]().union(*heard.values())
    return None if ALL in touched else touched
