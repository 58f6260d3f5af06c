"""`wirepress serve`: one command that holds the web processes and the worker.

The parent opens the listening socket, forks, and waits: a child that dies is started again (with a growing pause),
a signal ends them all.  Forking after the imports is what lets the first answer come in well under a second.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from wirepress.app import log
from wirepress.app.failures import line_of
from wirepress.app.settings import Settings
from wirepress.model.errors import Unavailable

logger = logging.getLogger("wirepress.serve")

LONG_LIFE = 30.0
LONGEST_PAUSE = 30
"""Seconds at most until a child that dies again and again is started once more."""
GRACE = 10.0
"""Seconds that children have to end by themselves."""


def listen(host: str, port: int) -> socket.socket:
    """The listening socket.  Raises Unavailable in one line when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        advice = "; --port takes another one" if error.errno == errno.EADDRINUSE else ""
        raise Unavailable("address", f"cannot listen on {host}:{port}: {error.strerror}{advice}") from None
    sock.listen(2048)
    sock.set_inheritable(True)
    return sock


TURN = 0.001
"""Seconds that a thread may compute while others want to (Python's own is five times as long)."""

COLLECTED = (20_000, 50, 50)
"""How much is made before garbage is looked for among it, among what was left, and among everything."""


def serve_web(settings: Settings, sock: socket.socket) -> None:
    """The life of a web process."""
    import uvicorn

    from wirepress.app.asgi import application
    from wirepress.app.protocol import Bounded

    # A short answer that waits for the disk some twenty times waits as often for its turn beside one that computes.
    sys.setswitchinterval(TURN)
    web = application(settings)
    # What is there from the beginning to the end is no garbage, and what is kept of answers is much and has no cycles:
    # each look through all of it would hold up every reader for a tenth of a second.
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    config = uvicorn.Config(
        web,
        loop="uvloop",
        http=Bounded,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whose word for an address is taken is decided by `wirepress.app.proxies`
        timeout_keep_alive=75,
        timeout_graceful_shutdown=int(GRACE / 2),
        backlog=2048,
    )
    server = uvicorn.Server(config)
    end = server.handle_exit

    def on_exit(sig: int, frame: FrameType | None) -> None:
        web.ending.set()  # streams end now: the server waits for its connections before it tells the application
        end(sig, frame)

    server.handle_exit = on_exit  # type: ignore[method-assign]
    server.run(sockets=[sock])


def serve_worker(settings: Settings) -> None:
    """The life of the worker, at the lowest priority: readers come first."""
    os.nice(19)
    from wirepress.app.worker import run

    run(settings)


class Family:
    """The child processes: what each runs, and when it may be started again."""

    def __init__(self) -> None:
        self.running: dict[int, tuple[str, Callable[[], None], float]] = {}
        self.waiting: list[tuple[float, str, Callable[[], None]]] = []
        self.ending = False
        self.short: dict[str, int] = {}

    def start(self, name: str, life: Callable[[], None]) -> None:
        """Forks a child that lives `life` and then exits."""
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.running[pid] = (name, life, time.monotonic())
            return
        status = 1
        try:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            end_with(parent)
            life()
            status = 0
        except KeyboardInterrupt:
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException as error:  # the last frame of the process: say why it dies, then die
            line = line_of(error)
            logger.error("%s died: %s", name, line or "a fault of ours", exc_info=None if line else error)
        finally:
            sys.stderr.flush()
            os._exit(status)

    def reap(self) -> None:
        """Collects children that ended; each comes back after a pause that shrinks with the life it had."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            name, life, since = self.running.pop(pid, ("", None, 0.0))
            if life is None or self.ending:
                continue
            pause = self.pause(name, time.monotonic() - since)
            logger.error("%s ended with status %s; starting it again", name, os.waitstatus_to_exitcode(status))
            self.waiting.append((time.monotonic() + pause, name, life))

    def pause(self, name: str, lived: float) -> float:
        """Seconds until a child is started again: the longer, the more short lives it had in a row."""
        if lived > LONG_LIFE:
            self.short[name] = 0
            return 0.2
        self.short[name] = self.short.get(name, 0) + 1
        return float(min(2 ** self.short[name], LONGEST_PAUSE))

    def restart_due(self) -> None:
        now = time.monotonic()
        due = [w for w in self.waiting if w[0] <= now]
        self.waiting = [w for w in self.waiting if w[0] > now]
        for _, name, life in due:
            self.start(name, life)

    def end(self) -> None:
        """Asks all children to end, and kills those that do not."""
        self.ending = True
        for pid in self.running:
            kill(pid, signal.SIGTERM)
        until = time.monotonic() + GRACE
        while self.running and time.monotonic() < until:
            self.reap()
            time.sleep(0.02)
        for pid in self.running:
            kill(pid, signal.SIGKILL)


def end_with(parent: int) -> None:
    """Ends this process when its parent is gone, so that a killed `serve` leaves nothing behind on its port."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def kill(pid: int, number: int) -> None:
    """Sends a signal to a process that may be gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def serve(settings: Settings, *, ready: Callable[[str, int], None] | None = None) -> None:
    """Serves until SIGINT or SIGTERM.  `ready` is called with the address once the socket listens.

    Raises Unavailable when the address cannot be had.
    """
    log.configure()
    sock = listen(settings.host, settings.port)
    import wirepress.app.asgi  # imported before the forks, so that children share it

    assert wirepress.app.asgi
    family = Family()
    stop = False

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal stop
        stop = True

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    for number in range(max(1, settings.workers)):
        family.start(f"web {number + 1}", lambda: serve_web(settings, sock))
    family.start("worker", lambda: serve_worker(settings))
    if ready:
        ready(settings.host, int(sock.getsockname()[1]))
    while not stop:
        family.reap()
        family.restart_due()
        time.sleep(0.1)
    family.end()
    sock.close()
