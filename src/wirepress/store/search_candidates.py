"""Where the indexes of a database find candidates for the terms of a search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wirepress.store.unit import Unit

MANY: Final = 5_000
Part = tuple[str, list[Any]]
"""A piece of SQL with its values."""
Match = Any
"""What an index is asked for; of a kind of its own for each index."""


@dataclass(slots=True)
class Candidates:
    """What is known of a term: where to look, for what, and whether each text found there holds the term.

    `titled`: what to look for among the words to find the titles that hold the term, None when that is not known.
    `number`: about how many texts will be found.
    """

    table: str
    match: Match
    sure: bool
    titled: Match = None
    number: int = MANY


@dataclass(frozen=True, slots=True)
class Index:
    """How the indexes of one kind of database are asked.

    `candidates_of` says of each term where to look, in one statement.  `ids(table, matches)` selects the ids of the
    texts that all of the matches find, `any_of` makes a match that finds what any of some finds.  `words` is the table
    of the index of words.
    """

    words: str
    candidates_of: Callable[[Unit, Iterable[str]], dict[str, Candidates]]
    ids: Callable[[str, Sequence[Match]], Part]
    any_of: Callable[[Sequence[Match]], Match]


@dataclass(slots=True)
class Sets:
    """The ids of texts as an index gives them: in all of `wanted` (by table) and in none of `unwanted`."""

    index: Index
    wanted: dict[str, list[Match]] = field(default_factory=dict)
    unwanted: list[Candidates] = field(default_factory=list)

    def add(self, candidates: Candidates) -> None:
        """Demands that a text is among these."""
        self.wanted.setdefault(candidates.table, []).append(candidates.match)

    @property
    def part(self) -> Part:
        """A SELECT of the ids."""
        inside = [self.index.ids(table, matches) for table, matches in self.wanted.items()]
        outside = [self.index.ids(those.table, [those.match]) for those in self.unwanted]
        sql = " INTERSECT ".join(sql for sql, _ in inside) + "".join(f" EXCEPT {sql}" for sql, _ in outside)
        return sql, [value for _, values in (*inside, *outside) for value in values]
