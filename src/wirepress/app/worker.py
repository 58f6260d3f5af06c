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
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import WirepressError
from wirepress.net.port import Fetcher

logger = logging.getLogger("wirepress.worker")

REST = 5.0
"""Seconds between two looks at the schedule."""


def run(settings: Settings) -> None:
    """Works until SIGTERM.  With a frozen clock nothing is scheduled."""
    log.configure()
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    if settings.moment() is not None or not settings.pull:
        stop.wait()
        return
    newsroom = open_newsroom(settings)
    try:
        with fetcher_of(settings) as fetcher:
            while not stop.is_set():
                round_of(newsroom, fetcher, stop)
                stop.wait(REST)
    finally:
        newsroom.database.close()


def round_of(newsroom: Newsroom, fetcher: Fetcher, stop: threading.Event) -> None:
    """Pulls every source that is due; one that fails does not keep the others waiting."""
    from wirepress.store import sources

    try:
        with newsroom.database.read() as unit:
            waiting = sources.due(unit, int(time.time()))
    except WirepressError as error:
        logger.warning("the schedule cannot be read: %s", error.message)
        return
    if not waiting:
        return
    from wirepress.syndicate.pull import pull_source

    for source_id in waiting:
        if stop.is_set():
            return
        try:
            report = pull_source(newsroom, source_id, fetcher, stop=stop.is_set)
        except Exception:
            logger.exception("source %s failed", source_id)
            continue
        logger.info("%s: %s", report.source, report.result())
