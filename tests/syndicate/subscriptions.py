"""A subscription in whatever state, where no hub takes part."""

from __future__ import annotations

from dataclasses import replace

from wirepress.model.subscription import Subscription, SubscriptionState
from wirepress.store import subscriptions
from wirepress.store.database import Database

SECRET = "a-secret-of-the-hub"


def plant(database: Database, source: int, until: int, state: SubscriptionState, reason: str = "") -> str:
    """A subscription that holds until a moment, in a state; its token.  `until` 0: no hub has confirmed it."""
    token = f"token-of-callback-{source}"
    callback = f"https://news.example.com/-/websub/{token}"
    new = Subscription(0, source, "https://hub.example/push", "https://paper.example/feed", callback, token, SECRET)
    with database.write() as unit:
        subscriptions.begin(unit, new)
        one = subscriptions.of_source(unit, source)
        assert one is not None
        if until:
            subscriptions.confirm(unit, one, until - 1000, until, until)
        held = subscriptions.of_source(unit, source)
        assert held is not None
        subscriptions.keep_trust(unit, held, replace(held, state=state))
        unit.run("UPDATE subscriptions SET reason = ? WHERE id = ?", (reason, one.id))
    return token
