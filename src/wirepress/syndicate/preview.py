"""What would come in of a source: everything a look does, but nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import (
    Create,
    Entry,
    Intent,
    Memory,
    Origin,
    Remember,
    Revise,
    Skip,
    SkipReason,
    Source,
)
from wirepress.net.port import Fetcher
from wirepress.syndicate import sandbox
from wirepress.syndicate.allowance import TrialAllowance, is_bound
from wirepress.syndicate.asking import Asked
from wirepress.syndicate.comparing import Comparison
from wirepress.syndicate.examined import Examined
from wirepress.syndicate.findings import remark_of
from wirepress.syndicate.ingest import Ingest
from wirepress.syndicate.outline import outline
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.run_counts import LIMITED
from wirepress.syndicate.take import Outcome

MOST: Final = 12
"""Entries that are looked at, the newest."""

Step = Callable[[int, int], None]


class Trial(Ingest):
    """Takes entries as `Ingest` does, up to the point where something would be written."""

    def __init__(self, newsroom: Newsroom, source: Source, fetcher: Fetcher, guids: Iterable[str] = ()) -> None:
        self.trial = TrialAllowance(newsroom, source)
        super().__init__(newsroom, source, fetcher, guids, allowance=self.trial)
        self.comparison = Comparison(newsroom, source, keeps=False)
        self.planned: list[Create | Revise] = []
        """What would be done with the last entry."""

    def carry_out(
        self, examined: Examined, wanted: Sequence[Intent], known: Origin | None = None
    ) -> list[Outcome]:  # fmt: skip
        """Says what the intents would do."""
        outcomes = []
        for intent in wanted:
            if isinstance(intent, Create | Revise):
                self.planned.append(intent)
                self.trial.planned += isinstance(intent, Create) and is_bound(known)
                outcomes.append(Outcome(_result(intent), intent.origin.post, remark_of(intent)))
            elif isinstance(intent, Remember):
                outcomes.append(Outcome("kept", intent.origin.post))
            elif isinstance(intent, Skip):
                outcomes.append(_skipped(examined, intent))
        return outcomes

    def skipped(self, reason: SkipReason, known: Origin | None) -> Outcome:
        """What becomes of an entry whose page is not looked at."""
        return Outcome("skipped", known.post if known else 0, reason.value)

    def plan(self, entry: Entry) -> dict[str, Any]:
        """What would become of an entry, as JSON holds it."""
        self.planned.clear()
        outcomes = self.handle(entry)
        last = next((outcome for outcome in reversed(outcomes) if outcome.result != "kept"), Outcome("unchanged"))
        reason, _, detail = last.detail.partition(": ")
        result = "waits" if reason in LIMITED else last.result
        plan: dict[str, Any] = {
            "title": entry.title[:200],
            "link": entry.link[:500],
            "result": result,
            "reason": reason if last.result == "skipped" else "",
            "detail": (detail if last.result == "skipped" else last.detail)[:300],
            "post": last.post,
        }
        for intent in self.planned:
            plan |= sandbox.run(sandbox.ARTICLE, outline, intent.dispatch)
        return plan


def _result(intent: Create | Revise) -> str:
    if isinstance(intent, Create):
        return "created"
    return "revised" if intent.updates is UpdatePolicy.FOLLOW else "offered"


def _skipped(examined: Examined, intent: Skip) -> Outcome:
    if examined.problem:
        return Outcome("failed", 0, examined.problem)
    return Outcome("skipped", 0, f"{intent.reason.value}: {intent.detail}".rstrip(": "))


def preview(
    newsroom: Newsroom, source: Source, fetcher: Fetcher, step: Step, stop: Callable[[], bool] = lambda: False
) -> dict[str, Any]:
    """What a look at a source would bring, as JSON holds it.  Raises FetchError and Unreadable where it cannot be read.

    `step` is called before each entry with how many were looked at, and of how many.
    """
    # As if it were asked for the first time, and no more than shows what comes.
    unknown = replace(source, memory=Memory())
    reading = reading_of(source.kind)
    asked = Asked(fetcher, newsroom.clock.now(), lambda: False, what=reading.document)
    listed = reading.ask(unknown, asked)
    feed = listed.feed
    entries = feed.entries
    trial = Trial(newsroom, source, fetcher, (entry.guid for entry in entries))
    wanted = entries[:MOST]
    plans = []
    for done, entry in enumerate(wanted):
        step(done, len(wanted))
        if stop():
            break
        plans.append(trial.plan(entry))
    return {
        "title": feed.title[:200],
        "licence": feed.licence[:300],
        "warning": feed.warning[:300],
        "rights": source.rights.value,
        "moved": listed.fetched.moved_to[:500] if listed.fetched else "",
        "found": len(entries),
        "counts": dict(Counter(plan["result"] for plan in plans)),
        "entries": plans,
    }
