"""What became of an entry, as its row says it: from what was decided about it, and from what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.model.entry import EntryState, Finding, Why
from wirepress.model.wire import Arrival, Create, Dispatch, Entry, Intent, Like, Origin, Revise, Skip, SkipReason
from wirepress.store import entries as store
from wirepress.store.entries import Named, Seen

LISTED_AGAIN: Final = 7 * 86400
"""Seconds after which it is noted once more that a source still lists what was not taken of it."""
_REJECTING: Final = (
    SkipReason.FILTERED, SkipReason.TOO_OLD, SkipReason.BACKLOG_FULL, SkipReason.TAKEN_DOWN, SkipReason.NO_LINK,
)  # fmt: skip
_DOUBLING: Final = (SkipReason.DUPLICATE, SkipReason.NEAR_DUPLICATE)


def of_skip(reason: SkipReason, detail: str = "", other: int = 0) -> Finding | None:
    """What an entry is that is left out; None where that says nothing for good."""
    if reason in _REJECTING:
        return Finding(EntryState.REJECTED, reason.value, detail)
    if reason in _DOUBLING:
        return Finding(EntryState.DUPLICATE, reason.value, "", other)
    return None


def of_intents(wanted: Sequence[Intent], known: Origin | None, like: Like | None) -> Finding | None:
    """What an entry is that nothing is made of; `known` is the article that it may double, `like` what its text is
    like."""
    skip = next((intent for intent in wanted if isinstance(intent, Skip)), None)
    if skip is None:
        return None
    doubled = known.post if known else 0
    near = like.post or like.gone if like else 0
    other = near if skip.reason is SkipReason.NEAR_DUPLICATE else doubled
    return of_skip(skip.reason, skip.detail, other)


def of_dispatch(dispatch: Dispatch, state: EntryState = EntryState.TAKEN) -> Finding:
    """What an entry is that a post is made of, or was (`state`), with what has it held, or that it has to be paid
    for."""
    if dispatch.status is Arrival.PUBLISH or state is EntryState.UPDATED:
        return Finding(state, SkipReason.PAYWALL.value if dispatch.is_paid else "")
    reason = SkipReason.FILTERED.value if dispatch.rule else Why.ARRIVAL.value
    return Finding(state, reason, dispatch.rule)


def remark_of(intent: Create | Revise) -> str:
    """What a run says of an article that was taken: that it has to be paid for, what its page's signals took away."""
    is_new_and_paid = isinstance(intent, Create) and intent.dispatch.is_paid
    narrowed = intent.dispatch.narrowed
    said = (SkipReason.PAYWALL.value if is_new_and_paid else "", f"narrowed: {narrowed}" if narrowed else "")
    return ": ".join(filter(None, said))


def named(origin: Origin) -> Named:
    """The entry that an article came as."""
    return Named(origin.source, origin.guid, origin.url, origin.facts.title)


@dataclass(slots=True)
class Notes:
    """What one look finds out of entries whose pages it does not ask for: kept at its end."""

    newsroom: Newsroom
    source: int
    _found: dict[str, tuple[Named, Finding | None]] = field(default_factory=dict)

    def skipped(self, entry: Entry, reason: SkipReason, known: Origin | None) -> None:
        """Notes that an entry is left out, and that it is listed still; `known` is the article that it doubles."""
        is_same = known is not None and known.source == self.source and known.guid == entry.guid
        if reason is SkipReason.DUPLICATE and is_same:
            return
        finding = of_skip(reason, "", known.post if known else 0)
        if finding is not None or reason is SkipReason.SKIPPED_BEFORE:
            self._found[entry.guid] = (Named(self.source, entry.guid, entry.link, entry.title), finding)

    def keep(self) -> None:
        """Writes what is new of it; that a source still lists what was not taken of it, once in a while."""
        found, self._found = self._found, {}
        if not found:
            return
        now = int(self.newsroom.clock.now().timestamp())
        with self.newsroom.database.read() as unit:
            before = store.seen(unit, self.source, list(found))
        fresh = [
            (one, finding) for one, finding in found.values() if finding and _is_new(before.get(one.guid), finding)
        ]
        written = {one.guid for one, _ in fresh}
        old = [guid for guid, one in before.items() if guid not in written and now - one.seen > LISTED_AGAIN]
        if fresh or old:
            with self.newsroom.database.write() as unit:
                store.note(unit, fresh, now)
                store.still_listed(unit, self.source, old, now)


def _is_new(before: Seen | None, finding: Finding) -> bool:
    """Whether a finding says something else than what is kept; what somebody has decided is not said over."""
    return before is None or (before.finding != finding and before.finding.reason != Why.BY_HAND)
