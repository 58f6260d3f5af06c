"""Fronts and journals that do as a test wants them."""

from __future__ import annotations

from dataclasses import dataclass, field

from wirepress.app.front.purges import Purge
from wirepress.model.errors import Unavailable


@dataclass(slots=True)
class Written:
    """A journal of which only the last epochs are kept."""

    epoch: int = 0
    kept: int = 1000
    rows: dict[int, frozenset[str]] = field(default_factory=dict)

    def write(self, *touched: str) -> None:
        self.epoch += 1
        self.rows[self.epoch] = frozenset(touched)

    def read(self, after: int | None) -> tuple[int, list[tuple[int, frozenset[str]]]]:
        if after is None:
            return self.epoch, []
        return self.epoch, [(e, t) for e, t in self.rows.items() if e > max(after, self.epoch - self.kept)]


@dataclass(slots=True)
class FakeFront:
    """A front that keeps answers by their tags, as the real ones do.  `away`: it does not answer.  `deaf`: it drops
    what a purge names, and its answer is lost."""

    name: str = "http://front/"
    at: int | None = None
    holds: dict[str, frozenset[str]] = field(default_factory=dict)
    away: bool = False
    deaf: bool = False
    purges: list[Purge] = field(default_factory=list)
    closed: int = 0

    def position(self) -> int | None:
        self._answer()
        return self.at

    def purge(self, purge: Purge) -> int | None:
        self._answer()
        self.purges.append(purge)
        if purge.tags is None:
            self.holds.clear()
        elif self.at is None or purge.after > self.at:
            return self.at
        else:
            tags = purge.tags
            self.holds = {name: made_of for name, made_of in self.holds.items() if not made_of & tags}
        self.at = purge.epoch if purge.anew else max(self.at or 0, purge.epoch)
        if self.deaf:
            raise Unavailable("front", "its answer was lost")
        return self.at

    def restart(self) -> None:
        self.at, self.holds = None, {}

    def close(self) -> None:
        self.closed += 1

    def _answer(self) -> None:
        if self.away:
            raise Unavailable("front", "nobody answers")


def kept(front: FakeFront, *tags: str) -> str:
    """Has a front keep an answer that is made of tags; its name."""
    name = f"answer {len(front.holds)}"
    front.holds[name] = frozenset(tags)
    return name
