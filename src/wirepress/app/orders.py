"""The worker's threads that carry out orders: within a second or two, beside the schedule."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from wirepress.app.imports import entries_of, files_of
from wirepress.app.repeating import repeat
from wirepress.app.settings import Settings
from wirepress.content import imports
from wirepress.content.carrying import BEAT, LEASE
from wirepress.content.newsroom import Newsroom
from wirepress.content.privacy import ordered
from wirepress.model.errors import Unavailable, WirepressError
from wirepress.model.mail import Mail
from wirepress.model.order import IMPORTS, Order, OrderKind
from wirepress.net.mail import leaves, mailer_of
from wirepress.net.port import Fetcher
from wirepress.store import orders as store
from wirepress.store import state
from wirepress.syndicate.carry import WORK, carry_out
from wirepress.syndicate.lease import is_alive, is_dead, own_name
from wirepress.syndicate.orders import KEPT

if TYPE_CHECKING:
    from wirepress.transfer.wordpress.carry import Sites

logger = logging.getLogger("wirepress.orders")

PAUSE = 1.0
"""Seconds between two looks for orders."""
AT_ONCE = 3
"""Orders that are carried out beside each other: a long look at a source keeps no other one waiting."""
TIDY = 300
"""Looks between two removals of what is old."""
CUT_SHORT = "It was cut short, since the worker ended; try again."


class Orders:
    """Takes orders and has them carried out."""

    def __init__(self, newsroom: Newsroom, fetcher: Fetcher, settings: Settings | None = None) -> None:
        self.newsroom = newsroom
        self.fetcher = fetcher
        self.settings = settings
        self.name = own_name(WORK)
        self.running: set[Future[None]] = set()
        self.looks = 0
        self.beaten = float("-inf")

    def run(self, stop: threading.Event) -> None:
        """Works until it is asked to stop; what is being carried out then is ended."""
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="order") as threads:
            repeat("orders", lambda: self.step(threads, stop), stop, PAUSE, logger)

    def step(self, threads: ThreadPoolExecutor, stop: threading.Event) -> int:
        """Takes as many orders as there are free threads; how many there were.

        Raises Unavailable where the database takes nothing.
        """
        self.running = {future for future in self.running if not future.done()}
        taken = 0
        try:
            self.beat()  # before the tidying, here and elsewhere, can take what goes on for what is left
            self.looks += 1  # first: tidying that fails waits for its next turn, and no order waits for it
            if self.looks % TIDY == 1:
                self.tidy()
            while len(self.running) < AT_ONCE and (order := self.take()) is not None:
                self.running.add(threads.submit(self.carry_out, order, stop.is_set))
                taken += 1
        except Unavailable:
            raise
        except WirepressError as error:
            logger.warning("orders wait: %s", error.message)
        except Exception:  # the database may be closed at the end, or away for a while
            logger.exception("orders were not looked at")
        return taken

    def carry_out(self, order: Order, stop: Callable[[], bool]) -> None:
        """Carries out an order in one of the threads.  What an import needs is loaded with the first one."""
        if order.kind in IMPORTS:
            from wirepress.transfer.wordpress.carry import carry_out as bring_in

            bring_in(self.newsroom, order, self.sites(), self.name, stop)
        elif order.kind is OrderKind.ERASE:
            ordered.carry_out(self.newsroom, order, self.name, self.send)
        else:
            carry_out(self.newsroom, order, self.fetcher, self.name, stop)

    def send(self, mail: Mail) -> None:
        """Sends a mail, where mails leave the server: what is said of an erasure is not to stand in a log."""
        if self.settings is not None and leaves(self.settings.mail):
            mailer_of(self.settings.mail, self.settings.mail_from).send(mail)

    def sites(self) -> Sites:
        """Where imports find what they name, as the settings say it now."""
        from wirepress.transfer.wordpress.carry import Site, Sites
        from wirepress.transfer.wordpress.source import Place

        assert self.settings is not None
        databases = {
            name: Site(Place(entry.database, entry.prefix), Path(entry.uploads) if entry.uploads else None)
            for name, entry in entries_of(self.settings.folder).items()
        }
        return Sites(files_of(self.settings), databases)

    def take(self) -> Order | None:
        """The order that has waited longest, taken; asked in a read first, so that no writer waits for nothing."""
        with self.newsroom.database.read() as unit:
            if not store.waiting(unit):
                return None
        now = int(self.newsroom.clock.now().timestamp())
        with self.newsroom.database.write() as unit:
            return store.take(unit, self.name, now, now + LEASE)

    def beat(self) -> None:
        """Says that what is carried out here goes on: a single statement may take longer than a lease."""
        now = self.newsroom.clock.monotonic()
        if not self.running or now - self.beaten < BEAT:
            return
        with self.newsroom.database.write() as unit:
            store.extend(unit, self.name, int(self.newsroom.clock.now().timestamp()) + LEASE)
        self.beaten = now

    def tidy(self) -> None:
        """Fails what nobody carries out any more, and removes what is old.

        A lease that has run out says nothing of a process of this machine that is there: a statement that nobody can
        write beside keeps it from saying so.
        """
        now = int(self.newsroom.clock.now().timestamp())
        with self.newsroom.database.write() as unit:
            for holder in store.holders(unit):
                if not is_alive(holder):
                    store.abandon(unit, now, CUT_SHORT, holder, lapsed=not is_dead(holder))
            store.remove_old(unit, now - KEPT)
        with self.newsroom.view() as view:
            kept, under_way = imports.kept_files(view), imports.under_way(view)
            unsettled = state.is_unsettled(view.unit)
        if self.settings is not None:
            files_of(self.settings).sweep(now, kept)
        if unsettled and under_way is None:  # as often as it takes: what was begun may have failed
            from wirepress.transfer.wordpress.landing import settle_unfinished

            settle_unfinished(self.newsroom.database)
