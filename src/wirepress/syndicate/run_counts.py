"""What a run has counted, read from the row that is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.model.wire import SkipReason

NOTHING_NEW = frozenset({SkipReason.UNCHANGED.value, SkipReason.SKIPPED_BEFORE.value, SkipReason.WAITING.value})
LIMITED = frozenset({SkipReason.RUN_LIMIT.value, SkipReason.DAY_LIMIT.value})
DOUBLES = frozenset({SkipReason.DUPLICATE.value, SkipReason.NEAR_DUPLICATE.value})


def counted(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a run that is kept has counted, as its report said it (`Report.summary`); by reason as lists of objects."""
    reasons = dict(facts.get("reasons", {}))
    rejected = {why: number for why, number in reasons.items() if why not in NOTHING_NEW | DOUBLES | LIMITED}
    holding = dict(facts.get("holding", {}))
    lists = {
        "rejected": rejected,
        "rejecting": dict(facts.get("rejecting", {})),
        "holding": holding,
        "failures": dict(facts.get("causes", {})),
    }
    numbers = {
        "found": facts.get("found", 0),
        "new": facts.get("created", 0),
        "updated": facts.get("revised", 0),
        "offered": facts.get("offered", 0),
        "held": sum(holding.values()),
        "duplicate": sum(reasons.get(why, 0) for why in DOUBLES),
        "waits": sum(reasons.get(why, 0) for why in LIMITED),
        "left": facts.get("left", 0),
    }
    return numbers | {name: [{"why": why, "number": n} for why, n in one.items()] for name, one in lists.items()}
