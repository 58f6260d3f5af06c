"""How a look at a source went: what it found, what became of it and why, for its log, its order and its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wirepress.model.wire import Entry, SkipReason
from wirepress.syndicate.run_counts import DOUBLES, LIMITED, NOTHING_NEW
from wirepress.syndicate.take import Outcome

MOST_NOTES = 20
"""Lines of a report, and of what is kept of a run."""
MOST_ENTRIES = 60
"""Entries that are named in it; those of which nothing was new are only counted."""
MOST_CAUSES = 20
"""Causes of failures that are told apart."""
LONGEST_CAUSE = 200
RESULTS = ("created", "revised", "skipped", "failed")


@dataclass(slots=True)
class Report:
    """How a look went."""

    source: str
    found: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    error: str = ""
    notes: list[str] = field(default_factory=list)
    unchanged: bool = False
    cut: bool = False
    """It was stopped: the source is due again as it was."""
    moved: str = ""
    """The address that the source has from now on."""
    gone: bool = False
    """The source says that it is gone for good."""
    done: int = 0
    """How many of the entries found were gone through."""
    left: int = 0
    """How many entries it did not come to: another look goes on with them."""
    pages: int = 0
    size: int = 0
    """What was fetched: answers, and their bytes."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why entries were skipped (SkipReason)."""
    causes: Counter[str] = field(default_factory=Counter)
    """Why entries failed."""
    rejecting: Counter[str] = field(default_factory=Counter)
    """The filters' lines that rejected entries ..."""
    holding: Counter[str] = field(default_factory=Counter)
    """... and those that have articles wait for somebody's decision; `arrival` where all of the source do."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """What became of single entries, as JSON holds it: title, link, result, detail, post."""

    def note_entry(self, entry: Entry, outcomes: list[Outcome]) -> None:
        """Counts the outcomes of an entry, and names it where anything was new."""
        self.note(outcomes)
        last = next((outcome for outcome in reversed(outcomes) if outcome.result != "kept"), None)
        if last is None:
            return
        reason = last.detail.partition(":")[0] if last.result == "skipped" else ""
        if reason:
            self.reasons[reason] += 1
        if reason == SkipReason.FILTERED:
            self.rejecting[last.detail.partition(": ")[2]] += 1
        if last.held:
            self.holding[last.held] += 1
        if last.result == "failed":
            self._count_cause(last.detail.removeprefix(f"{entry.link}: "))
        if reason not in NOTHING_NEW | LIMITED and len(self.entries) < MOST_ENTRIES:
            self.entries.append(
                {
                    "title": entry.title[:200],
                    "link": entry.link[:500],
                    "result": last.result,
                    "detail": last.detail[:300],
                    "post": last.post,
                }
            )

    def _count_cause(self, cause: str) -> None:
        cause = cause[:LONGEST_CAUSE]
        known = cause in self.causes or len(self.causes) < MOST_CAUSES
        self.causes[cause if known else "other"] += 1

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """Counts outcomes; what failed or is not whole gets a line."""
        for outcome in outcomes:
            self.counts[outcome.result] += 1
            if outcome.detail and (outcome.result == "failed" or outcome.flawed) and len(self.notes) < MOST_NOTES:
                self.notes.append(outcome.detail)

    def result(self) -> str:
        """One line for a person."""
        if self.error:
            return self.error
        shown = ("created", "revised", "offered", "failed")
        words = [f"{self.counts[name]} {name}" for name in shown if self.counts[name]]
        if self.holding:
            words.append(f"{self.holding.total()} held")
        if self.limited:
            words.append(f"{self.limited} wait for the next run or day")
        if self.cut:
            words.append("stopped before the end")
        if self.left:
            words.append(f"{self.left} left for later")
        if not words:
            words = ["nothing new (not modified)" if self.unchanged else "nothing new"]
        if self.moved:
            words.append(f"moved to {self.moved}")
        return ", ".join(words) + (f"; {self.notes[0]}" if self.notes else "")

    @property
    def limited(self) -> int:
        """How many entries of this look have to wait, since their source may bring no more for now."""
        return sum(self.reasons[why] for why in LIMITED)

    def row(self) -> dict[str, Any]:
        """The report as a table or JSON shows it."""
        counts = {name: self.counts[name] for name in RESULTS}
        known = {"source": self.source, "found": self.found, **counts, "result": self.result(), "notes": self.notes}
        return known | self.summary()

    def summary(self) -> dict[str, Any]:
        """What became of all that was fetched, by kind; what the rules rejected and what failed, by why."""
        rejected = {why: number for why, number in self.reasons.items() if why not in NOTHING_NEW | DOUBLES | LIMITED}
        return {
            "pages": self.pages,
            "bytes": self.size,
            "new": self.counts["created"],
            "updated": self.counts["revised"],
            "offered": self.counts["offered"],
            "held": self.holding.total(),
            "holding": dict(self.holding),
            "duplicate": sum(self.reasons[why] for why in DOUBLES),
            "unchanged": self.reasons[SkipReason.UNCHANGED.value] + self.reasons[SkipReason.SKIPPED_BEFORE.value],
            "waits": self.limited,
            "waiting": self.reasons[SkipReason.WAITING.value],
            "rejected": rejected,
            "rejecting": dict(self.rejecting),
            "failures": dict(self.causes),
            "left": self.left,
        }

    def facts(self) -> dict[str, Any]:
        """What is kept of it with the run."""
        facts: dict[str, Any] = {"found": self.found, "pages": self.pages, "bytes": self.size, **self.counts}
        kept = {
            "notes": self.notes,
            "reasons": dict(self.reasons),
            "causes": dict(self.causes),
            "rejecting": dict(self.rejecting),
            "holding": dict(self.holding),
            "entries": self.entries,
            "error": self.error,
            "left": self.left,
        }
        return facts | {name: value for name, value in kept.items() if value}
