"""What one look at a source may take of time and network before others have their turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from wirepress.model.moment import Clock
from wirepress.net.port import Conditions, Fault, Fetched, Fetcher, FetchError


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a look may take; what it is in the middle of, it ends."""

    seconds: float = inf
    pages: float = inf
    size: float = inf
    """Bytes of the bodies that it fetches."""


WHOLE = Budget()
"""All that there is: for a look that somebody has ordered and waits for."""


@dataclass(slots=True)
class Metered:
    """A fetcher that counts what is fetched by it, and knows when that was enough."""

    fetcher: Fetcher
    clock: Clock
    budget: Budget = WHOLE
    pages: int = 0
    size: int = 0
    late: bool = False
    """An answer took all the time that there is for one."""
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = self.clock.monotonic() + self.budget.seconds

    def get(
        self, url: str, conditions: Conditions | None = None, *, body_bytes: int = 0, robots: bool = True
    ) -> Fetched:
        """The answer to a GET (see `Fetcher.get`)."""
        self.pages += 1
        try:
            fetched = self.fetcher.get(url, conditions, body_bytes=body_bytes, robots=robots)
        except FetchError as error:
            self.late = self.late or error.fault is Fault.TIME
            raise
        self.size += len(fetched.body)
        return fetched

    @property
    def is_out_of_time(self) -> bool:
        return self.clock.monotonic() >= self.until

    @property
    def is_spent(self) -> bool:
        """Whether the look is to end, and to go on another time."""
        return self.is_out_of_time or self.pages >= self.budget.pages or self.size >= self.budget.size
