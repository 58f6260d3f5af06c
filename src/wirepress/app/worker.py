"""The worker: looks at the sources when their time has come.  It is the only process that loads extraction."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from wirepress.app import log
from wirepress.app.compose import open_newsroom
from wirepress.app.press import fetcher_of
from wirepress.app.settings import Settings
from wirepress.content import rendering
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import WirepressError
from wirepress.net.port import Fetcher
from wirepress.store import posts as post_store
from wirepress.store.sweep import sweep

logger = logging.getLogger("wirepress.worker")

REST = 5.0
"""Seconds between two looks at the schedule."""
AT_ONCE = 20
"""Posts that are rendered anew in one write: others wait for their turn no longer than that takes."""
IN_A_ROUND = 100


def run(settings: Settings) -> None:
    """Works until SIGTERM.  With a frozen clock nothing is scheduled."""
    log.configure()
    stop = threading.Event()
    fetcher = fetcher_of(settings)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        fetcher.stop()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    if settings.moment() is not None or not settings.pull:
        stop.wait()
        return
    newsroom = open_newsroom(settings)
    upkeep = Upkeep(newsroom)
    try:
        tidy(newsroom)
        with fetcher:
            while not stop.is_set():
                if not round_of(newsroom, fetcher, stop):
                    upkeep.step(stop)
                stop.wait(REST)
    finally:
        newsroom.database.close()


def tidy(newsroom: Newsroom) -> None:
    """Ends what a crash of any process has cut short with files."""
    try:
        with newsroom.database.write() as unit:
            named, removed = sweep(unit, newsroom.files)
    except WirepressError as error:
        logger.warning("unfinished files wait: %s", error.message)
        return
    if named or removed:
        logger.info("after a crash: %s files got their names, %s were removed", named, removed)


def round_of(newsroom: Newsroom, fetcher: Fetcher, stop: threading.Event) -> int:
    """Pulls every source that is due, and says how many there were; one that fails does not keep the others waiting."""
    from wirepress.store import sources

    try:
        with newsroom.database.read() as unit:
            waiting = sources.due(unit, int(time.time()))
    except WirepressError as error:
        logger.warning("the schedule cannot be read: %s", error.message)
        return 0
    if not waiting:
        return 0
    from wirepress.syndicate.pull import pull_source

    for source_id in waiting:
        if stop.is_set():
            break
        try:
            report = pull_source(newsroom, source_id, fetcher, stop=stop.is_set)
        except Exception:
            logger.exception("source %s failed", source_id)
            continue
        logger.info("%s: %s", report.source, report.result())
    return len(waiting)


class Upkeep:
    """What is done while no source is due: renderings made for the site as it was are made anew.

    No answer changes by that (a rendering that does not hold is never shown), so the epoch stays.
    """

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._clean_at = -1

    def step(self, stop: threading.Event) -> int:
        """Renders up to `IN_A_ROUND` posts, a few in each write; how many there were."""
        done = 0
        try:
            while done < IN_A_ROUND and not stop.is_set() and self._is_wanted():
                with self.newsroom.write() as view:
                    done += rendering.refresh_old(view, AT_ONCE)
        except WirepressError as error:
            logger.warning("renderings wait: %s", error.message)
        return done

    def _is_wanted(self) -> bool:
        # Looked for in a read, and only where something has changed since there was nothing: no writer waits for it.
        with self.newsroom.view() as view:
            epoch = view.site.epoch
            if epoch == self._clean_at:
                return False
            wanted = bool(post_store.rendered_otherwise(view.unit, rendering.mark(view.site), 1))
        if not wanted:
            self._clean_at = epoch
        return wanted
