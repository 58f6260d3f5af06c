"""The server's side of a connection, with bounds where uvicorn has none: the head of a request is of some size and
comes in some time.  A method that the parser does not know is answered by us, as any that we do not know.

A head that has come whole and alone, the same to the byte as one that was answered with what is known to all, is
answered without being read (`Bounded._repeated`).
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from wirepress.app.response_cache import HEAD_BYTES as REPEATED_BYTES
from wirepress.app.response_cache import Form

__all__ = ["HEAD", "STATUS_LINE", "Bounded"]

HEAD = "wirepress.head"
"""Where the scope has the head of a request, as it came, if the same head may be answered as this one is."""

HEAD_BYTES = 128 << 10
"""A head that is not complete after so many bytes is refused."""
HEAD_SECONDS = 30.0
"""How long a client may take for a head, and for its first byte."""

KNOWN = frozenset(
    b"DELETE GET HEAD POST PUT CONNECT OPTIONS TRACE COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK BIND REBIND"
    b" UNBIND ACL REPORT MKACTIVITY CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PATCH PURGE MKCALENDAR LINK"
    b" UNLINK SOURCE QUERY PRI".split()
)
"""The methods that the parser (llhttp) knows or has words of its own for."""
STAND_IN = b"PURGE"
"""For a method that it does not know: one that it knows and nothing here answers to."""
_METHOD = re.compile(rb"([A-Z][A-Z-]{0,30}) /")

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


def _nothing(_head: bytes) -> Form | None:
    """What another application remembers of heads."""
    return None


class Bounded(HttpToolsProtocol):
    """Refuses heads that do not end, and ends connections on which none comes."""

    _heading = True
    _bytes = 0
    _late: asyncio.TimerHandle | None = None
    _idle = True
    """Nothing has come of a request that is not whole."""
    _completed = 0
    _defaults: Any = None
    _stamp = b""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._known = getattr(self.app, "repeated", _nothing)
        counts = getattr(self.app, "counts", None)
        self._counted = Counter[bytes]() if counts is None else counts.repeated
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)

    def _unsupported_upgrade_warning(self) -> None:
        """Nothing: anybody can ask for a web socket, and nobody need install anything for that."""

    def data_received(self, data: bytes) -> None:
        if self._idle and (form := self._repeated(data)) is not None:
            self._send(form)
            return
        is_whole = self._idle and len(data) <= REPEATED_BYTES and data[:4] == b"GET " and data[-4:] == b"\r\n\r\n"
        self._completed = 0
        self._receive(data)
        if is_whole and self._idle and self._completed == 1 and self.cycle.keep_alive:
            self.scope[HEAD] = data  # type: ignore[literal-required] # a key of our own

    def _repeated(self, head: bytes) -> Form | None:
        """What was sent for the same bytes before, where the connection is as it is between two requests.

        Who reads nothing of what is sent goes the long way, where writing waits for them.
        """
        form = self._known(head)
        if form is None or self.transport.is_closing() or self.transport.get_write_buffer_size():
            return None
        return form if self._rests() else None

    def _rests(self) -> bool:
        """Whether all that was asked is answered."""
        return not self.pipeline and (self.cycle is None or self.cycle.response_complete)

    def _send(self, form: Form) -> None:
        """Writes an answer as uvicorn would, and leaves the connection as that would leave it."""
        self._unset_keepalive_if_required()
        self._settle()
        self._heading = False
        defaults = self.server_state.default_headers  # another list with each second: the date
        if defaults is not self._defaults:
            self._defaults = defaults
            self._stamp = b"".join(b"%b: %b\r\n" % pair for pair in defaults)
        self.server_state.total_requests += 1
        self._counted[form.line] += 1
        self.transport.write(b"".join((form.line, self._stamp, form.headers, form.body)))
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def _receive(self, data: bytes) -> None:
        if self._idle and (found := _METHOD.match(data)) and found[1] not in KNOWN:
            data = STAND_IN + data[found.end(1) :]
        super().data_received(data)
        if not self._heading:
            if self._idle and self._rests():  # ends of lines between two requests: no timer runs any more
                self._unset_keepalive_if_required()
                self._late = self._late or self.loop.call_later(HEAD_SECONDS, self._end)
            return
        self._bytes += len(data)
        if self._bytes > HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._late is None:
            self._wait()

    def on_message_complete(self) -> None:
        self._idle = True
        self._completed += 1
        super().on_message_complete()

    def on_message_begin(self) -> None:
        self._heading, self._bytes, self._idle = True, 0, False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._heading = False
        self._settle()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._end)

    def _settle(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _end(self) -> None:
        self._late = None
        if self.transport is not None and not self.transport.is_closing():
            self.transport.close()
