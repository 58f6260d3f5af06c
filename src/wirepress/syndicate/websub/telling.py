"""Telling the hub that the site's own feeds name of their news: at least once each, soon, and again where it refuses.

What is to be told was noted in the write that made the news (`content.hub`).  The hub is asked while nothing is held
open, through the gate that refuses private addresses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wirepress.content.addresses.topics import topics_of
from wirepress.content.hub import hub_of
from wirepress.content.newsroom import Newsroom
from wirepress.net.port import Fault, FetchError, Posting
from wirepress.store import feed_notices as store
from wirepress.store.feed_notices import Notice
from wirepress.syndicate.schedule import chance_of
from wirepress.syndicate.websub.lease import next_try

AT_ONCE: Final = 20
"""Feeds of which the hub is told in one round."""
CLAIM: Final = 300
"""Seconds after which what was cut off is due again."""
MOST_TRIES: Final = 12
"""How often in a row the hub is told of a feed that does not take it, over three days; then with its next news."""

logger = logging.getLogger("wirepress.websub")


@dataclass(slots=True)
class Telling:
    """Tells the hub of a site."""

    newsroom: Newsroom
    posting: Posting

    def tell(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Tells of the feeds whose time has come, some at once; how many there were."""
        with self.newsroom.view() as view:
            due = store.due(view.unit, self._now(), AT_ONCE, hub_of(view))
        for notice in due:
            if stop() or not self._step(notice):
                break
        return len(due)

    def _step(self, notice: Notice) -> bool:
        """Tells of one feed; False where the others wait as well."""
        with self.newsroom.view() as view:
            hub, topic = hub_of(view), topics_of(view, notice.feed).get(notice.format, "")
        if not hub or not topic:  # the owner wants none any more; or nothing has this address any more
            with self.newsroom.database.write() as unit:
                store.forget(unit, notice if hub else None)
            return bool(hub)
        now = self._now()
        with self.newsroom.database.write() as unit:
            if not store.claim(unit, notice, now, now + CLAIM, hub):
                return True
        try:
            self.posting.post(hub, {"hub.mode": "publish", "hub.url": topic})
        except FetchError as error:
            return self._failed(notice, hub, topic, error)
        with self.newsroom.database.write() as unit:
            store.taken(unit, notice, self._now())
        return True

    def _failed(self, notice: Notice, hub: str, topic: str, error: FetchError) -> bool:
        """Notes why the hub was not told; it is asked for nothing else where it is away or asks to wait."""
        now, tries = self._now(), notice.tries + 1
        chance = chance_of(len(topic), now)
        if error.fault is Fault.STOPPED:  # which says nothing of the hub
            with self.newsroom.database.write() as unit:
                store.released(unit, notice, now)
            return False
        logger.info("the hub was not told of %s: %s", topic, error.message)
        is_away = error.asks_to_wait or error.fault in (Fault.CONNECT, Fault.DNS, Fault.TIME)
        again = next_try(now, tries, chance, error.retry_after)
        with self.newsroom.database.write() as unit:
            store.failed(unit, notice, error.message[:500], again if tries < MOST_TRIES else None, now)
            if is_away:
                store.postpone(unit, hub, again)
        return not is_away

    def _now(self) -> int:
        return int(self.newsroom.clock.now().timestamp())
