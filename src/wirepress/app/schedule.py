"""What is due is published by any process that is up: the worker between its rounds, each web process by its own look.

A look is one read of an index that holds scheduled posts only.  Whoever finds something publishes it in one write,
which asks once more; writes happen one after the other, so each post is published once.  The time is looked at anew
each time, so that a clock that was set, or a machine that slept, delays nothing by more than one look.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from wirepress.app.repeating import repeat
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import schedule
from wirepress.model.errors import Unavailable, WirepressError

logger = logging.getLogger("wirepress.schedule")

PAUSE = 20.0
"""Seconds between two looks of a web process."""
AGAIN = 300.0
"""Seconds until a post is tried again that could not be published."""
MOST = 100
"""How many posts are published in one look, besides those that failed before."""


class Schedule:
    """Publishes what is due."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._failed: dict[int, float] = {}

    def step(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Publishes all that is due; how many there were.  One that fails keeps no other one waiting.

        Raises Unavailable where the database does not answer, or takes nothing.
        """
        done = 0
        with self.newsroom.view() as view:
            waiting = schedule.due(view, MOST + len(self._failed))
        for post_id in waiting:
            if stop():
                break
            if self._failed.get(post_id, 0.0) <= self.newsroom.clock.monotonic():
                done += self._publish(post_id)
        return done

    def _publish(self, post_id: int) -> bool:
        try:
            with self.newsroom.write() as view:
                published = schedule.publish(view, post_id)
        except Unavailable:  # says nothing of the post
            raise
        except Exception as error:  # whatever is wrong with this one, the others are due as well
            self._failed[post_id] = self.newsroom.clock.monotonic() + AGAIN
            known = isinstance(error, WirepressError)
            logger.error("post %s could not be published: %s", post_id, error, exc_info=None if known else error)
            return False
        self._failed.pop(post_id, None)
        if published:
            logger.info("published post %s, which was due", post_id)
        return published

    def run(self, stop: threading.Event, pause: float = PAUSE) -> None:
        """Looks at once, and then again and again until it is asked to stop."""
        repeat("the schedule", lambda: self.step(stop.is_set), stop, pause, logger)
