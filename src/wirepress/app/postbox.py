"""The postbox of a web process: mails, and what leads to them, are done by a thread of their own, one by one."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from functools import partial

from wirepress.model.errors import WirepressError
from wirepress.model.mail import Mail
from wirepress.net.mail import Mailer

logger = logging.getLogger("wirepress.mail")

MOST = 200
"""How much may wait; more is not taken."""


class Postbox:
    """Nobody waits for a mail server, and nobody hears from it: what fails is logged."""

    def __init__(self, mailer: Mailer) -> None:
        self.mailer = mailer
        self._waiting: queue.Queue[Callable[[], None]] = queue.Queue(MOST)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def later(self, work: Callable[[], None]) -> None:
        """Takes work that is done soon; none when too much waits already."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="postbox", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait(work)
        except queue.Full:
            logger.error("too many mails wait; one was not taken")

    def take(self, mails: Iterable[Mail]) -> None:
        """Takes mails that are sent soon."""
        for mail in mails:
            self.later(partial(self.send, mail))

    def send(self, mail: Mail) -> None:
        """Sends a mail now."""
        try:
            self.mailer.send(mail)
        except WirepressError as error:
            logger.error("a mail was not sent: %s", error.message)

    def _work(self) -> None:
        while True:
            work = self._waiting.get()
            try:
                work()
            except Exception:  # one that fails must not end the others
                logger.exception("work for the postbox failed")
            finally:
                self._waiting.task_done()

    def settle(self) -> None:
        """Waits until everything is done that was taken."""
        self._waiting.join()
