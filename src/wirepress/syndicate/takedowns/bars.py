"""Whether an article is one that was taken down: by its addresses and its text."""

from __future__ import annotations

from dataclasses import replace

from wirepress.model.takedown import Takedown
from wirepress.model.wire import Origin, OriginFacts, OriginState
from wirepress.store import takedowns as store
from wirepress.store.unit import Unit
from wirepress.syndicate.addresses import url_key


def bar_of(unit: Unit, origin: Origin) -> Takedown | None:
    """The take-down that stands in the way of an article."""
    found = store.known(unit, "url", (origin.url_key, url_key(origin.canonical)))
    return found or store.known(unit, "text", (origin.content_hash,))


def barred(origin: Origin) -> Origin:
    """What is kept of an article that was taken down: how it is known again, and nothing of what it says."""
    facts = OriginFacts(rights=origin.facts.rights, entry_hash=origin.facts.entry_hash)
    return replace(origin, state=OriginState.TAKEN_DOWN, post=0, facts=facts)
