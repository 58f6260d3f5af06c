"""What an import did: what came, what is kept though nothing serves it yet, what was left out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and how much there is of it."""

_EXAMPLES: Final = 5


class Stopped(Exception):
    """Raised by whoever watches the progress to end an import between two of its transactions."""


def quiet(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Tally:
    """The rows of one kind, by what happened to them.

    `here`: rows that were changed on this site since they came; they are left as they are.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    here: int = 0

    def add(self, other: Tally) -> None:
        self.new += other.new
        self.changed += other.changed
        self.same += other.same
        self.here += other.here

    @property
    def touched(self) -> int:
        """How many rows of this site the import wrote."""
        return self.new + self.changed


@dataclass(slots=True)
class Remark:
    """Something that is not as the rest: how often, why, and a few places."""

    number: int = 0
    why: str = ""
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """An import's outcome."""

    source: str = ""
    prefix: str = ""
    came: dict[str, Tally] = field(default_factory=dict)
    kept: dict[str, Remark] = field(default_factory=dict)
    """Kept whole, though nothing here serves it yet."""
    left_out: dict[str, Remark] = field(default_factory=dict)
    noted: dict[str, Remark] = field(default_factory=dict)
    """Came, but not as it stood there."""
    noticed: dict[str, Remark] = field(default_factory=dict)
    """What readers will see that it is another site."""

    def tally(self, what: str, outcome: Tally) -> None:
        self.came.setdefault(what, Tally()).add(outcome)

    def keep(self, what: str, why: str, *, number: int = 1, example: str = "") -> None:
        _remark(self.kept, what, why, number, example)

    def leave_out(self, what: str, why: str, *, number: int = 1, example: str = "") -> None:
        _remark(self.left_out, what, why, number, example)

    def note(self, what: str, why: str, *, number: int = 1, example: str = "") -> None:
        _remark(self.noted, what, why, number, example)

    def notice(self, what: str, why: str, *, number: int = 1, example: str = "") -> None:
        _remark(self.noticed, what, why, number, example)

    @property
    def changes(self) -> int:
        """How many rows and files of this site the import wrote."""
        return sum(tally.touched for tally in self.came.values())

    def as_json(self) -> dict[str, Any]:
        def remarks(group: dict[str, Remark]) -> list[dict[str, Any]]:
            return [
                {"what": what, "number": r.number, "why": r.why, "examples": r.examples} for what, r in group.items()
            ]

        return {
            "source": self.source,
            "prefix": self.prefix,
            "changes": self.changes,
            "came": {
                what: {"new": t.new, "changed": t.changed, "same": t.same, "changed_here": t.here}
                for what, t in self.came.items()
            },
            "kept": remarks(self.kept),
            "left_out": remarks(self.left_out),
            "noted": remarks(self.noted),
            "noticed": remarks(self.noticed),
        }


def _remark(group: dict[str, Remark], what: str, why: str, number: int, example: str) -> None:
    remark = group.setdefault(what, Remark(why=why))
    remark.number += number
    if example and example not in remark.examples and len(remark.examples) < _EXAMPLES:
        remark.examples.append(example)
