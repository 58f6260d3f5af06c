"""How many articles of a source may still come in: what its rules allow in a run and on a day, less what came.

A run is one asking of a source, with all the looks that go on with what it listed.  What waits for the next one is let
in once a source's interval is over, whether it could be asked again by then or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import inf

from wirepress.content.newsroom import Newsroom
from wirepress.model.wire import Origin, SkipReason, Source
from wirepress.store import quotas
from wirepress.store.quotas import Came, Quota


@dataclass(frozen=True, slots=True)
class Wait:
    """Why an article has to wait, and until when (seconds since 1970)."""

    reason: SkipReason
    until: int
    limit: str
    """What holds it up: "10 a day"."""


def is_bound(known: Origin | None) -> bool:
    """Whether an article waits for room where its source may bring no more: not one that is here already, nor one that
    somebody wants."""
    return known is None or not (known.post or known.facts.accepted)


class Allowance:
    """What one source may bring."""

    def __init__(self, newsroom: Newsroom, source: Source) -> None:
        self.newsroom = newsroom
        self.source = source
        rules = source.rules
        self.is_limited = bool(rules.max_per_run or rules.max_per_day)

    def begin(self, *, ask: bool) -> bool:
        """Begins a run where the source is asked, or where the last one is over; whether it did."""
        if not self.source.rules.max_per_run:
            return False
        now = self._now()
        with self.newsroom.database.read() as unit:
            began = quotas.came(unit, self.source.id).run_began
        if not ask and now < began + self.source.interval:
            return False
        with self.newsroom.database.write() as unit:
            quotas.begin_run(unit, self.source.id, now)
        return True

    def quota(self) -> Quota | None:
        """What the write that brings an article in counts by; None where there is no limit."""
        if not self.is_limited:
            return None
        rules = self.source.rules
        return Quota(self.source.id, rules.max_per_run, rules.max_per_day, self._today().toordinal())

    def room(self) -> float:
        """How many more may come in now."""
        if not self.is_limited:
            return inf
        came, rules = self.came(), self.source.rules
        today = came.in_day if came.day == self._today().toordinal() else 0
        in_run = rules.max_per_run - came.in_run if rules.max_per_run else inf
        in_day = rules.max_per_day - today if rules.max_per_day else inf
        return max(0, min(in_run, in_day))

    def reached(self) -> Wait | None:
        """What the next article has to wait for; None where there is room for it."""
        if not self.is_limited:
            return None
        came, today, rules = self.came(), self._today(), self.source.rules
        if rules.max_per_day and came.day == today.toordinal() and came.in_day >= rules.max_per_day:
            tomorrow = datetime.combine(today + timedelta(days=1), time(), today.tzinfo)
            return Wait(SkipReason.DAY_LIMIT, int(tomorrow.timestamp()), f"{rules.max_per_day} a day")
        if rules.max_per_run and came.in_run >= rules.max_per_run:
            until = max(came.run_began + self.source.interval, self._now() + 1)
            return Wait(SkipReason.RUN_LIMIT, until, f"{rules.max_per_run} a run")
        return None

    def came(self) -> Came:
        """What has come in so far."""
        with self.newsroom.database.read() as unit:
            return quotas.came(unit, self.source.id)

    def _now(self) -> int:
        return int(self.newsroom.clock.now().timestamp())

    def _today(self) -> datetime:
        """Now, in the site's zone."""
        with self.newsroom.view() as view:
            return self.newsroom.clock.now().astimezone(view.site.zone)


class TrialAllowance(Allowance):
    """What a source might bring in a run that nobody keeps anything of."""

    def __init__(self, newsroom: Newsroom, source: Source) -> None:
        super().__init__(newsroom, source)
        self.planned = 0

    def came(self) -> Came:
        """What has come in on this day, and what would of this trial."""
        today, before = self._today().toordinal(), super().came()
        in_day = before.in_day if before.day == today else 0
        return Came(today, in_day + self.planned, self._now(), self.planned)
