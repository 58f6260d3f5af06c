"""The process beside a web process in which long texts are cleaned and rendered (`content.apart`).

It is started with the first of them, reads the same database, stands behind the web process where there are too few
processors, and ends when nothing has come for a while, or when the web process is gone.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any, Final

from wirepress.app import log
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts.cleaning import cleaned_texts
from wirepress.content.rendering import render
from wirepress.model.post import Post
from wirepress.model.rendering import Rendering
from wirepress.render.saving import Cleaning

logger = logging.getLogger("wirepress.texts")

IDLE: Final = 300.0
"""Seconds that it stays when it is asked for nothing."""
LONGEST: Final = 60.0
"""Seconds that it may take to begin, or for an answer: more than any text may take on a slow machine."""
PATIENCE: Final = 10.0
"""Seconds that somebody waits for their turn; then their text is worked on in the web process."""
PAUSE: Final = 60.0
"""Seconds until it is started again after it could not be."""
_TRIES: Final = 2  # it may have ended by itself, being idle
_NICE: Final = 5


class TextProcess:
    """The web process's end (`content.apart.Apart`).  One text is worked on at a time, others wait for their turn.

    `idle` is how many seconds it stays when it is asked for nothing.
    """

    def __init__(self, settings: Settings, *, idle: float = IDLE) -> None:
        self._settings = settings
        self._idle = idle
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Connection | None = None
        self._not_before = 0.0
        self._is_closed = False

    def rendered(self, post: Post) -> Rendering | None:
        answer: Rendering | None = self._asked("render", post)
        return answer

    def cleaned(self, texts: Sequence[tuple[str, str]], cleaning: Cleaning) -> Mapping[tuple[str, str], str] | None:
        answer: Mapping[tuple[str, str], str] | None = self._asked("clean", tuple(texts), cleaning)
        return answer

    @property
    def pid(self) -> int:
        """The number of the process, 0 where none runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else 0

    def close(self) -> None:
        """Ends the process for good, whatever it is at: who waits for it works on their text themselves."""
        self._is_closed = True
        self._kill()

    def _asked(self, what: str, *given: Any) -> Any:
        if not self._turn.acquire(timeout=PATIENCE):
            return None
        try:
            if time.monotonic() < self._not_before:
                return None
            for _ in range(_TRIES):
                if self._is_closed:
                    return None
                try:
                    return self._answer(what, given)
                except Exception as error:  # noqa: BLE001 - whatever is left in the channel must not answer another text
                    self._end()
                    reason = str(error) or "it is gone"
                    if isinstance(error, TimeoutError):
                        break
            logger.error("the process for long texts: %s; this one is worked on without it", reason)
            return None
        finally:
            self._turn.release()

    def _answer(self, what: str, given: tuple[Any, ...]) -> Any:
        """Raises OSError or EOFError where the process is gone, TimeoutError where it takes too long."""
        channel = self._started()
        channel.send((what, given))
        return _heard(channel)

    def _started(self) -> Connection:
        """The channel to a process that is ready.  Raises OSError or EOFError where none can be started."""
        if self._channel is not None and self.pid:
            return self._channel
        self._end()
        self._not_before = time.monotonic() + PAUSE  # until it says that it is ready
        here, there = socket.socketpair()
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)  # noqa: PTH100 (may be a zip)
        life = f"from wirepress.app.text_process import main; main({there.fileno()})"
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-P", "-c", life],
                stdin=subprocess.DEVNULL,
                pass_fds=(there.fileno(),),
                env={**os.environ, "PYTHONPATH": path},
            )
            self._channel = Connection(here.detach())
        finally:
            there.close()
            here.close()
        if self._is_closed:  # meanwhile
            self._kill()
        self._channel.send((self._settings, self._idle))
        _heard(self._channel)
        self._not_before = 0.0
        return self._channel

    def _kill(self) -> None:
        if (process := self._process) is not None:
            process.kill()
            process.wait()

    def _end(self) -> None:
        self._kill()
        if self._channel is not None:
            self._channel.close()
        self._process = self._channel = None


def _heard(channel: Connection) -> Any:
    """What comes next.  Raises TimeoutError where that takes too long."""
    if not channel.poll(LONGEST):
        raise TimeoutError(f"no answer in {LONGEST:.0f} seconds")
    return channel.recv()


def main(number: int) -> None:
    """The life of the process; `number` is the descriptor of its end of the channel."""
    channel = Connection(number)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what ends the web process closes the channel
    os.nice(_NICE)
    log.configure()
    with contextlib.suppress(EOFError, OSError):
        settings, idle = channel.recv()
        newsroom = open_newsroom(replace(settings, threads=1, write_threads=1))
        channel.send(True)
        while channel.poll(idle):
            what, given = channel.recv()
            channel.send(_answer(newsroom, what, given))


def _answer(newsroom: Newsroom, what: str, given: tuple[Any, ...]) -> Any:
    """What is made of a text, or None where that fails: who asked finds out why."""
    try:
        if what == "clean":
            return cleaned_texts(*given)
        with newsroom.view() as view:
            return render(view, *given)
    except Exception:
        logger.exception("a long text could not be worked on")
        return None
