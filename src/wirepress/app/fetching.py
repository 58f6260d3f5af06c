"""Fetching one file for a request (`content.outside`): in a process of its own, which ends with it.

So the web process loads nothing that can fetch, and whatever another server does to the one that asks it is over when
that is ended.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from typing import Any, Final

from wirepress.app.bodies import FOLDER, Spooled
from wirepress.app.settings import Settings
from wirepress.model.blob import Blob
from wirepress.net.port import Bounds, Fault, FetchError

logger = logging.getLogger("wirepress.fetching")

LONGEST: Final = 60.0
"""Seconds for all of it, the start of the process included: twice what a fetch may take."""
PORTS: Final = (80, 443, 8080)
"""Where others than the allowed hosts are asked for a user (wp_http_validate_url), so that nobody has ports tried."""
_MEMORY: Final = 1 << 30
_PROCESSOR: Final = 30
"""Seconds of a processor."""


def bounds_of(settings: Settings) -> Bounds:
    """What a fetch may cost, and whom it may ask, as the settings have it."""
    allowed = tuple(part.strip() for part in settings.allow_private.split(",") if part.strip())
    return Bounds(user_agent=settings.user_agent, allow=allowed, host_delay=settings.fetch_delay / 1000)


class Fetching:
    """The web process's end.  Any number of threads may ask; each gets a process."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.folder / FOLDER
        self._bounds = replace(bounds_of(settings), ports=PORTS)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._turn = threading.Lock()
        self._is_closed = False

    def fetched(self, url: str, most: int) -> Blob:
        """What is at an address (`Outside.fetched`), in a file without a name."""
        spooled = Spooled(self._folder)
        try:
            outcome = self._answer(url, most, spooled.fileno())
            if fault := outcome.get("fault"):
                raise FetchError(Fault(fault), str(outcome["message"]), status=int(outcome["status"]))
            spooled.measure()
        except BaseException:
            spooled.close()
            raise
        return spooled

    def close(self) -> None:
        """Ends what is being fetched."""
        with self._turn:
            self._is_closed = True
            for process in self._running:
                process.kill()

    def _answer(self, url: str, most: int, number: int) -> dict[str, Any]:
        asked = json.dumps({"url": url, "most": most, "file": number, "bounds": asdict(self._bounds)}).encode()
        with self._started(number) as process:
            try:
                answer, _ = process.communicate(asked, timeout=LONGEST)
            except subprocess.TimeoutExpired:
                process.kill()
                raise FetchError(Fault.TIME, f"no whole answer within {LONGEST:g} seconds") from None
            finally:
                with self._turn:
                    self._running.discard(process)
        try:
            outcome: dict[str, Any] = json.loads(answer)
        except ValueError:
            if not self._is_closed:
                logger.error("a process that fetched ended with %s and without an answer", process.returncode)
            raise FetchError(Fault.STOPPED, "it ended before the answer came") from None
        return outcome

    def _started(self, number: int) -> subprocess.Popen[bytes]:
        """A process that has the file; it waits for what it is asked."""
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)  # noqa: PTH100 (may be a zip)
        with self._turn:
            if self._is_closed:
                raise FetchError(Fault.STOPPED, "stopped before the answer came")
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", "from wirepress.app.fetching import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(number,),
                env={**os.environ, "PYTHONPATH": path},
            )
            self._running.add(process)
        return process


def main() -> None:
    """The life of the process: one question on its standard input, one answer on its standard output."""
    asked = json.loads(sys.stdin.buffer.read())
    for name, most in (("AS", _MEMORY), ("CPU", _PROCESSOR), ("FSIZE", asked["most"] + 1), ("CORE", 0)):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # not every system has them all
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    sys.stdout.write(json.dumps(_fetch(asked)))


def _fetch(asked: dict[str, Any]) -> dict[str, Any]:
    from wirepress.net.fetch import WebFetcher

    tuples = {name: tuple(asked["bounds"][name]) for name in ("allow", "ports")}
    bounds = Bounds(**{**asked["bounds"], **tuples})
    try:
        with WebFetcher(bounds) as fetcher:
            body = fetcher.get(asked["url"], body_bytes=asked["most"], robots=False).body
        with os.fdopen(asked["file"], "wb") as file:
            file.write(body)
    except FetchError as error:
        return {"fault": error.fault, "message": error.message, "status": error.status}
    return {"fault": ""}
