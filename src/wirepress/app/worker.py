"""The worker: looks at the sources when their time has come, and at what posts show of other sites.

It is the only process that loads extraction, and the only one that asks other sites for anything.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import FrameType

from wirepress.app import log
from wirepress.app.compose import open_newsroom
from wirepress.app.failures import line_of
from wirepress.app.fetcher import fetcher_of
from wirepress.app.front.fronts import fronts_of
from wirepress.app.hubs import keep_subscriptions, tell_of_feeds
from wirepress.app.polling import POLLS, polling_of
from wirepress.app.repeating import Repetitions, pause_after, repeat
from wirepress.app.schedule import Schedule
from wirepress.app.settings import Settings
from wirepress.app.turns import SharedTurns
from wirepress.content import audit, rendering
from wirepress.content.comments import addresses
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import trash
from wirepress.content.takedowns import reading as takedowns
from wirepress.model.audit import Actor
from wirepress.model.errors import Unavailable, WirepressError
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Fetcher
from wirepress.store import backlog, entries, gone_addresses, held, state, turns
from wirepress.store import orders as order_store
from wirepress.store import posts as post_store
from wirepress.store import remote as remote_store
from wirepress.store.sweep import sweep
from wirepress.syndicate import sandbox

logger = logging.getLogger("wirepress.worker")

REST = 5.0
"""Seconds between two looks at the schedule."""
HOUR = 3600.0
KEPT = 90 * 24 * HOUR
"""Seconds for which it is known of entries that they were given up, rejected by a filter or duplicates."""
HELD = 30 * 24 * HOUR
"""Seconds for which the original of an article that is held is kept."""
FORGOTTEN = 200
"""Rows that are forgotten in one write: other writers have their turns between."""
BEAT = 60.0
"""Seconds between two words of the worker that it is there (`app.health`)."""
ORDERS = 1.0
"""Seconds between two looks for the first order."""
AT_ONCE = 20
"""Posts that are looked for at once, or removed in one write: others wait for their turn no longer than that takes."""
PAUSE = 0.05
"""Seconds between two of several writes in a row, so that others get theirs in."""
IN_A_ROUND = 100
LOOK_UPS = 10
"""Embeds and feeds of other sites that are looked up in one round."""


def run(settings: Settings) -> None:
    """Works until SIGTERM.  With a frozen clock nothing is scheduled."""
    log.configure()
    stop = threading.Event()
    fetcher = fetcher_of(settings)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        fetcher.stop()
        sandbox.stop()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    if settings.moment() is not None:
        stop.wait()
        return
    newsroom = opened(settings, stop)
    if newsroom is None:
        return
    newsroom.audit.actor = Actor("worker")
    fetcher.shared = SharedTurns(newsroom.database)
    fronts_of(settings, newsroom).start(stop)
    # A thread of its own: what is due waits for no source.
    publishing = threading.Thread(target=Schedule(newsroom).run, args=(stop, REST), name="schedule", daemon=True)
    publishing.start()
    # Threads of their own, too: somebody waits for what they have ordered, whether sources are polled or not.
    ordered = threading.Thread(target=orders_of, args=(newsroom, fetcher, stop, settings), name="orders", daemon=True)
    ordered.start()
    for name, work in (("tidying", tidied), ("heartbeat", beats)):
        threading.Thread(target=work, args=(newsroom, stop), name=name, daemon=True).start()
    asks = asks_of(newsroom, fetcher, stop, settings).items()
    asking = [threading.Thread(target=ask, name=name, daemon=True) for name, ask in asks]
    try:
        with fetcher:
            for thread in asking:
                thread.start()
            if settings.pull:
                polls(newsroom, fetcher, stop, settings)
            stop.wait()
            for thread in (ordered, *asking):
                thread.join(REST)
    finally:
        publishing.join(REST)
        newsroom.database.close()


def asks_of(
    newsroom: Newsroom, fetcher: WebFetcher, stop: threading.Event, settings: Settings
) -> Mapping[str, Callable[[], None]]:
    """What asks other sites beside the polls, by the names of threads; where this worker does not poll, it tells the
    hub of the site's feeds, and nothing else.

    Subscriptions are the site's: a worker that does not poll must not end those that another one keeps.
    """
    feeds = partial(tell_of_feeds, newsroom, fetcher, stop)
    if not settings.pull:
        return {"feeds": feeds}
    hubs = partial(keep_subscriptions, newsroom, fetcher, stop, on=settings.websub)
    return {"wishes": partial(looked_up, newsroom, fetcher, stop), "hubs": hubs, "feeds": feeds}


def opened(settings: Settings, stop: threading.Event) -> Newsroom | None:
    """The newsroom, as soon as its database can be used; None where we are to stop before."""
    said, failures = Repetitions(logger), 0
    while not stop.is_set():
        try:
            return open_newsroom(settings)
        except Exception as error:
            if line_of(error) is None:
                raise
            said.error(error, "the worker waits for its database")
            failures += 1
            stop.wait(pause_after(failures, REST))
    return None


def beats(newsroom: Newsroom, stop: threading.Event) -> None:
    """Notes every minute that the worker is there, and can write."""
    repeat("the heartbeat", lambda: beat(newsroom), stop, BEAT, logger)


def beat(newsroom: Newsroom) -> None:
    """Notes that the worker is there."""
    with newsroom.database.write() as unit:
        state.note_worker(unit, int(newsroom.clock.now().timestamp()))


def orders_of(newsroom: Newsroom, fetcher: Fetcher, stop: threading.Event, settings: Settings) -> None:
    """Carries out orders until it is asked to stop.  What that needs is loaded when the first one comes, or where one
    is there that a worker before this one has left."""

    def look() -> None:
        with newsroom.database.read() as unit:
            if not order_store.opened(unit):
                return
        from wirepress.app.orders import Orders

        Orders(newsroom, fetcher, settings).run(stop)

    repeat("orders", look, stop, ORDERS, logger)


def tidied(newsroom: Newsroom, stop: threading.Event) -> None:
    """Removes what is old of the audit log, what was begun in the editor and left empty, where old comments came from
    and the last traces of what was erased, and ends what was cut short with files, every hour, whether sources are
    pulled or not."""

    def step() -> None:
        with newsroom.write() as view:
            audit.trim(view)
        clear(newsroom, stop)
        forget_addresses(newsroom, stop)
        tidy(newsroom)
        forget(newsroom)
        takedowns.scrub(newsroom)

    repeat("removing what is old", step, stop, HOUR, logger)


def polls(newsroom: Newsroom, fetcher: Fetcher, stop: threading.Event, settings: Settings) -> None:
    """Has sources looked at until it is asked to stop, and renders anew while none is."""
    upkeep, polling = Upkeep(newsroom), polling_of(settings, newsroom, fetcher)

    def step() -> None:
        polling.work(threads, stop.is_set)
        upkeep.step(stop)

    with ThreadPoolExecutor(settings.pull_sources, thread_name_prefix="source") as threads:
        repeat("sources", step, stop, POLLS, logger)


def looked_up(newsroom: Newsroom, fetcher: Fetcher, stop: threading.Event) -> None:
    """Looks up what posts show of other sites until it is asked to stop."""
    repeat("embeds and feeds of other sites", lambda: wishes_of(newsroom, fetcher, stop), stop, REST, logger)


def tidy(newsroom: Newsroom) -> None:
    """Ends what a crash of any process has cut short with files."""
    with newsroom.database.write() as unit:
        named, removed = sweep(unit, newsroom.files, newsroom.clock.now().timestamp())
    if named or removed:
        logger.info("after a crash: %s files got their names, %s were removed", named, removed)


def forget(newsroom: Newsroom) -> None:
    """Forgets what was given up, rejected by a filter or a duplicate long ago, what came of originals of articles that
    are held no more, the turns at hosts that nobody asks any more, addresses of what was deleted, but for
    the newest, and texts that nothing is compared with any more."""
    from wirepress.syndicate.comparing import forget_old

    now = newsroom.clock.now().timestamp()
    with newsroom.database.write() as unit:
        backlog.forget_dead(unit, int(now - KEPT))
        turns.forget(unit, int((now - HOUR) * 1000))
    while True:
        with newsroom.database.write() as unit:
            if gone_addresses.trim(unit, FORGOTTEN) < FORGOTTEN:
                break
    for forgotten, before in (
        (entries.forget, now - KEPT),
        (entries.forget_waiting, now - KEPT),
        (held.forget, now - HELD),
    ):
        while True:
            with newsroom.database.write() as unit:
                number = forgotten(unit, int(before), FORGOTTEN)
            if number < FORGOTTEN:
                break
    forget_old(newsroom, lambda: time.sleep(PAUSE))


def clear(newsroom: Newsroom, stop: threading.Event) -> int:
    """Removes what was begun in the editor and left empty, a few in each write; how many there were."""
    dropped, more = 0, True
    while more and not stop.is_set():
        with newsroom.write() as view:
            gone = trash.drop_untouched(view, AT_ONCE)
        dropped += gone
        more = gone == AT_ONCE
        stop.wait(PAUSE)
    if dropped:
        logger.info("removed %s drafts that nobody wrote in", dropped)
    return dropped


def forget_addresses(newsroom: Newsroom, stop: threading.Event) -> int:
    """Forgets where old comments came from, a few in each write; how many there were."""
    forgotten, more = 0, True
    while more and not stop.is_set():
        number = addresses.forget(newsroom)
        forgotten += number
        more = number == addresses.AT_ONCE
        stop.wait(PAUSE)
    return forgotten


def wishes_of(newsroom: Newsroom, fetcher: Fetcher, stop: threading.Event) -> int:
    """Looks up some of what posts want to show of other sites, and says how much there was."""
    try:
        with newsroom.database.read() as unit:
            if not remote_store.due(unit, int(newsroom.clock.now().timestamp()), 1):
                return 0
        from wirepress.syndicate.remote import look_up_due

        return look_up_due(newsroom, fetcher, LOOK_UPS, stop.is_set)
    except Unavailable:
        raise
    except WirepressError as error:
        logger.warning("embeds and feeds of other sites wait: %s", error.message)
    except Exception:
        logger.exception("a look-up failed")
    return 0


class Upkeep:
    """What is done while no source is due: renderings made for the site as it was are made anew.

    No answer changes by that (a rendering that does not hold is never shown), so the epoch stays.
    """

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._clean_at = -1

    def step(self, stop: threading.Event) -> int:
        """Renders up to `IN_A_ROUND` posts, a few at a time; how many there were."""
        done = 0
        while done < IN_A_ROUND and not stop.is_set() and self._is_wanted():
            kept = self.newsroom.render_old(AT_ONCE)
            done += kept
            if not kept:
                break
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
