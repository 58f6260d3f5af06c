"""The process that children are forked from: it has the libraries loaded, holds nothing of the worker's, and reads
nothing from outside itself.

A child that was ended is replaced in milliseconds so, and all of them share the libraries' memory.  The worker speaks
to it over a socket: `f` with a child's end of a channel has one forked and is answered with its process id, `e` with an
id ends that child and is answered with its exit status.  It ends with the worker, and the children with it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import struct
from typing import Final, NoReturn

ASKED: Final = struct.Struct("!ci")
ANSWERED: Final = struct.Struct("!i")
FORK: Final = b"f"
END: Final = b"e"

_FEED: Final = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Rain</title>
<link>https://news.example/rain</link><pubDate>Sat, 14 Jun 2025 10:00:00 GMT</pubDate>
<description>&lt;p&gt;It rains.&lt;/p&gt;</description></item></channel></rss>"""
_PAGE: Final = b"<html><head><title>Rain</title></head><body><article><h1>Rain</h1>%s</article></body></html>" % (
    b"<p>It rained all day in the valley, the mayor said, and the river rose by a metre before noon.</p>" * 6
)


def main(descriptor: int) -> None:
    """Forks and ends children until the worker is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the worker is told to end, and says so by going
    control = socket.socket(fileno=descriptor)
    rehearse()
    gc.freeze()
    alive: set[int] = set()
    try:
        with contextlib.suppress(BrokenPipeError):  # the worker may go while it is answered
            _serve(control, alive)
    finally:
        for pid in alive:
            _ended(pid)


def _serve(control: socket.socket, alive: set[int]) -> None:
    """Forks and ends children as it is asked to; `alive` are those that live."""
    while asked := _asked(control):
        kind, pid, ends = asked
        if kind == FORK:
            pid = _forked(control, ends)
            alive.add(pid)
            for end in ends:
                os.close(end)
            control.sendall(ANSWERED.pack(pid))
        else:
            control.sendall(ANSWERED.pack(_ended(pid) if pid in alive else 0))
            alive.discard(pid)


def rehearse() -> None:
    """Reads something harmless, so that all that is loaded late is loaded before the forks."""
    from wirepress.syndicate.article import read_article
    from wirepress.syndicate.parse.broken import read_broken
    from wirepress.syndicate.parse.feed import read_feed
    from wirepress.syndicate.reading.table import readings

    read_feed(_FEED, "https://news.example/feed")
    read_broken(_FEED.decode(), "https://news.example/feed", 1)
    assert all(reading.label for _, reading in readings())
    read_article(_PAGE, "https://news.example/rain")


def _asked(control: socket.socket) -> tuple[bytes, int, list[int]] | None:
    try:
        data, ends, _, _ = socket.recv_fds(control, ASKED.size, 1)
    except OSError:
        return None
    if len(data) != ASKED.size:
        return None
    kind, pid = ASKED.unpack(data)
    return kind, pid, ends


def _forked(control: socket.socket, ends: list[int]) -> int:
    pid = os.fork()
    if not pid:
        _be_child(control, ends[0])
    return pid


def _be_child(control: socket.socket, descriptor: int) -> NoReturn:
    status = 1
    try:
        control.close()
        from wirepress.syndicate.sandbox.child import end_with_parent, live

        end_with_parent()

        with socket.socket(fileno=descriptor) as channel:
            live(channel)
        status = 0
    finally:
        os._exit(status)


def _ended(pid: int) -> int:
    """Ends a child that may have ended by itself, and says how it did: its exit code, negative for a signal."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return 0
