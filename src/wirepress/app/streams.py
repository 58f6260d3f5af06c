"""Events for pages of the administration that follow what goes on (server-sent events; HTML standard, 9.2).

A stream lives in the event loop and holds no thread: every second one of the threads is asked, for some milliseconds,
what the page's part holds now, and that is sent where it has changed.  The question is a request like any other: who
asks, and whether they may, is looked at each time.  Streams are bounded in number and time; a browser whose stream
has ended comes back, unless it is told that there is no more.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from html import escape
from typing import Any

from wirepress.admin.live import Fragment
from wirepress.model.errors import WirepressError
from wirepress.model.web import Request
from wirepress.web.headers import Kind, encoded, guards

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger("wirepress.web")

MOST = 100
"""Streams of one process ..."""
EACH = 4
"""... and of one user."""
LONGEST = 300.0
"""Seconds that a stream lasts."""
TICK = 1.0
QUIET = 15.0
"""Seconds after which a comment is sent where there is nothing else, so that proxies keep the connection."""
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, private"),
    *encoded(guards(Kind.EVENTS)),
    (b"x-accel-buffering", b"no"),
]
PLAIN = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store, private"),
    *encoded(guards(Kind.EVENTS)),
]
ENDED = b"event: ended\ndata: \n\n"


class Streams:
    """The streams of a web process; `ask` is asked in the threads, `ending` ends all of them."""

    def __init__(self, ask: Callable[[Request], Fragment], threads: Executor, ending: threading.Event) -> None:
        self.ask = ask
        self.threads = threads
        self.ending = ending
        self.open: Counter[int] = Counter()

    async def serve(self, request: Request, receive: Receive, send: Send) -> None:
        """Answers a request for events: with a stream, with a refusal, or where there is no room with the part as it is
        now (503, so that the browser comes back after a while)."""
        first = await self.fragment(request)
        status = first.status
        if status == 200 and not self.has_room(first.user):
            status = 503
        if status != 200:
            body = first.html.encode()
            length = (b"content-length", str(len(body)).encode())
            await send({"type": "http.response.start", "status": status, "headers": [*PLAIN, length]})
            await send({"type": "http.response.body", "body": body})
            return
        self.open[first.user] += 1
        gone = asyncio.ensure_future(left(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM})
            await self.follow(request, first, gone, send)
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            self.open[first.user] -= 1

    def has_room(self, user: int) -> bool:
        return not self.ending.is_set() and self.open.total() < MOST and self.open[user] < EACH

    async def follow(self, request: Request, first: Fragment, gone: asyncio.Future[None], send: Send) -> None:
        """Sends the part of a page whenever it has changed, until it will not, nobody looks or may look, or we end."""
        loop = asyncio.get_running_loop()
        until, spoken, shown = loop.time() + LONGEST, loop.time(), ""
        fragment = first
        while fragment.status == 200 and fragment.user == first.user:
            if fragment.html != shown:
                shown, spoken = fragment.html, loop.time()
                await send_part(send, message(shown))
            elif loop.time() - spoken > QUIET:
                spoken = loop.time()
                await send_part(send, b":\n\n")
            if fragment.ended:
                break
            if await self.pause(gone) or loop.time() > until:
                return
            fragment = await self.fragment(request)
        if fragment.status != 503:
            await send_part(send, ENDED)

    async def pause(self, gone: asyncio.Future[None]) -> bool:
        """Waits for the next look; whether there is to be none."""
        for _ in range(4):
            await asyncio.wait({gone}, timeout=TICK / 4)
            if gone.done() or self.ending.is_set():
                return True
        return False

    async def fragment(self, request: Request) -> Fragment:
        """What the part holds now.  Whatever goes wrong there is logged, and counts as not to be had for the moment."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, self.ask, request)
        except Exception as error:
            if isinstance(error, WirepressError):
                logger.error("events wait: %s", error.message)
            elif not self.ending.is_set():
                logger.error("events of %s failed", request.path, exc_info=error)
            return Fragment(f"<p>{escape('This cannot be shown now; load the page again.')}</p>", status=503)


def message(html: str) -> bytes:
    """An event without a name, which htmx swaps into the page."""
    return b"".join(b"data: %s\n" % line.encode() for line in html.splitlines() or [""]) + b"\n"


async def send_part(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})


async def left(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
