"""The worker's half: children that wait for something to read, and what becomes of those that take too long."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

from wirepress.model.errors import Unavailable
from wirepress.net.port import Fault, FetchError
from wirepress.syndicate.sandbox import wire
from wirepress.syndicate.sandbox.limits import ANSWER_BYTES, CHILDREN, Limits
from wirepress.syndicate.sandbox.template import ANSWERED, ASKED, END, FORK
from wirepress.syndicate.unreadable import TooCostly, Unreadable

logger = logging.getLogger("wirepress.sandbox")

PAUSE: Final = 0.2
"""Seconds between two questions whether we are to stop."""
START: Final = 60.0
"""Seconds that the template may take to load the libraries."""
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""Of the environment: the rest may hold what a child must not know."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Child:
    """A child process and the worker's end of the channel to it."""

    pid: int
    channel: socket.socket

    def is_there(self) -> bool:
        """Whether it still waits: one that says something unasked has ended."""
        return not select.select([self.channel], [], [], 0)[0]


class Template:
    """The process that children are forked from, started with nothing of ours but a socket."""

    def __init__(self) -> None:
        here, there = socket.socketpair()
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)  # noqa: PTH100 (may be a zip)
        life = f"from wirepress.syndicate.sandbox.template import main; main({there.fileno()})"
        command = [sys.executable, "-P", "-c", life]
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        with there:
            self.process = subprocess.Popen(  # noqa: S603 (our own program)
                command,
                env={**kept, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(there.fileno(),),
                start_new_session=True,
            )
        here.settimeout(START)
        self.control = here

    def fork(self) -> Child:
        """A new child.  Raises OSError where the template is gone."""
        here, there = socket.socketpair()
        with there:
            socket.send_fds(self.control, [ASKED.pack(FORK, 0)], [there.fileno()])
        try:
            return Child(self._answer(), here)
        except OSError:
            here.close()
            raise

    def end(self, child: Child) -> int:
        """Ends a child, and says how it ended.  Raises OSError where the template is gone."""
        child.channel.close()
        self.control.sendall(ASKED.pack(END, child.pid))
        return self._answer()

    def _answer(self) -> int:
        data = self.control.recv(ANSWERED.size)
        if len(data) != ANSWERED.size:
            raise ConnectionError("the template is gone")
        return int(ANSWERED.unpack(data)[0])

    def close(self) -> None:
        """Ends it, and all its children."""
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        self.process.kill()
        self.process.wait()


class Pool:
    """A few children.  Any number of threads may ask; those for whom there is none wait."""

    def __init__(self, most: int = CHILDREN) -> None:
        self._lock = threading.Lock()
        """Of the two sets of children; nobody waits for another process under it."""
        self._speaking = threading.Lock()
        """Of the template: it answers one after the other, and takes a second or more to start."""
        self._turns = threading.Semaphore(most)
        self._template: Template | None = None
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._stopped = False

    def run(self, limits: Limits, function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """What a function returns that a child calls.  It must be found by its name in a module.

        Raises TooCostly for what exceeds the limits, Unreadable for what else the document is to blame for, FetchError
        (`Fault.STOPPED`) where we are to stop, Unavailable where no child can be had.
        """
        request = pickle.dumps((limits.processor, function, given, named), pickle.HIGHEST_PROTOCOL)
        while not self._turns.acquire(timeout=PAUSE):
            self._go_on()
        try:
            self._go_on()
            value: T = self._asked(limits, request)
            return value
        finally:
            self._turns.release()

    def _go_on(self) -> None:
        if self._stopped:
            raise FetchError(Fault.STOPPED, "stopped before it was read")

    def _asked(self, limits: Limits, request: bytes) -> Any:
        child = self._taken()
        try:
            kind, payload, last = self._exchange(child, request, time.monotonic() + limits.wall)
        except TimeoutError:
            self._end(child)
            raise TooCostly(f"{limits.what} took too long to read") from None
        except wire.Oversized:
            self._end(child)
            raise TooCostly(f"{limits.what} holds more than can be taken") from None
        except (wire.Ended, OSError):
            raise TooCostly(_why(limits, self._end(child))) from None
        except BaseException:  # we are to stop: what it is doing is of no use any more
            self._end(child)
            raise
        if last:
            self._end(child)
        else:
            self._given_back(child)
        return _read(limits, kind, payload)

    def _exchange(self, child: Child, request: bytes, until: float) -> tuple[bytes, bytes, bool]:
        def wait() -> None:
            while True:
                self._go_on()
                if time.monotonic() > until:
                    raise TimeoutError
                if select.select([child.channel], [], [], PAUSE)[0]:
                    return

        child.channel.settimeout(max(0.01, until - time.monotonic()))  # of all that is sent, not of each piece
        wire.send(child.channel, wire.VALUE, request)
        return wire.receive(child.channel, ANSWER_BYTES + 1, wait)

    def _taken(self) -> Child:
        """A child that waits, or a new one."""
        while (child := self._waiting()) is not None:
            if child.is_there():
                return child
            self._end(child)
        return self._forked()

    def _waiting(self) -> Child | None:
        with self._lock:
            if not self._idle:
                return None
            child = self._idle.pop()
            self._busy.add(child)
            return child

    def _forked(self) -> Child:
        for _ in range(2):  # a template that somebody has ended is started again
            with self._template_there() as template:
                try:
                    child = template.fork()
                except OSError as error:
                    logger.warning("no process to read in: %s", error)
                    self._drop_template()
                    continue
            with self._lock:
                self._busy.add(child)
            return child
        raise Unavailable("no_reader", "There is no process to read in; try again in a moment.")

    @contextlib.contextmanager
    def _template_there(self) -> Iterator[Template]:
        """The template, started where there is none, for one that speaks to it."""
        while not self._speaking.acquire(timeout=PAUSE):
            self._go_on()
        try:
            self._template = self._template or Template()
            yield self._template
        finally:
            self._speaking.release()

    def _drop_template(self) -> None:
        """Ends it and all its children; for one that speaks to it."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.channel.close()
        if self._template is not None:
            self._template.close()
        self._template = None

    def _given_back(self, child: Child) -> None:
        with self._lock:
            self._busy.discard(child)
            self._idle.append(child)

    def _end(self, child: Child) -> int:
        with self._lock:
            self._busy.discard(child)
        with self._speaking:
            try:
                return self._template.end(child) if self._template else 0
            except OSError:
                self._drop_template()
                return 0

    def pids(self) -> list[int]:
        """The process ids of the template and of all children."""
        template = self._template
        with self._lock:
            own = [template.process.pid] if template else []
            return own + [child.pid for child in (*self._idle, *self._busy)]

    def stop(self) -> None:
        """Ends what is being read, and all that would be (see `run`).  May be called in a signal's handler."""
        self._stopped = True

    def close(self) -> None:
        """Ends all processes; the next `run` starts them again."""
        with self._speaking:
            self._drop_template()


def _why(limits: Limits, status: int) -> str:
    if status == -signal.SIGXCPU:
        return f"{limits.what} took too long to read"
    logger.error("a process that read %s ended with status %s", limits.what, status)
    return f"{limits.what} cannot be read: what reads it broke down"


def _read(limits: Limits, kind: bytes, payload: bytes) -> Any:
    if kind == wire.VALUE:
        try:
            return wire.plain(payload)
        except Exception as error:  # a pickle may raise anything
            logger.exception("%s was answered with what is no plain data", limits.what)
            raise Unreadable(f"{limits.what} cannot be read: what reads it broke down") from error
    text = payload.decode("utf-8", "replace")
    if kind == wire.UNREADABLE:
        raise Unreadable(text)
    if kind == wire.MEMORY:
        raise TooCostly(f"{limits.what} takes too much memory to read")
    if kind == wire.LARGE:
        raise TooCostly(f"{limits.what} holds more than can be taken")
    name, _, trace = text.partition("\n")
    logger.error("%s could not be read\n%s", limits.what, trace)
    raise Unreadable(f"{limits.what} could not be read ({name[:60]})")


_pool = Pool()


def _anew() -> None:
    global _pool
    _pool = Pool()  # the children are those of the process that was forked


os.register_at_fork(after_in_child=_anew)
atexit.register(lambda: _pool.close())


def run(limits: Limits, function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What a function returns, called in a child process of this one within limits (see `Pool.run`)."""
    return _pool.run(limits, function, *given, **named)


def stop() -> None:
    """Ends what is being read, and all that would be (see `Pool.stop`)."""
    _pool.stop()


def children() -> list[int]:
    """The process ids of what reads for this process."""
    return _pool.pids()
