"""The server's side of a connection, with bounds where uvicorn has none: the head of a request is of some size and
comes in some time.  A method that the parser does not know is answered by us, as any that we do not know."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

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


class Bounded(HttpToolsProtocol):
    """Refuses heads that do not end, and ends connections on which none comes."""

    _fresh = True
    _heading = True
    _bytes = 0
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._fresh:
            self._fresh = False
            if (found := _METHOD.match(data)) and found[1] not in KNOWN:
                data = STAND_IN + data[found.end(1) :]
        super().data_received(data)
        if not self._heading:
            return
        self._bytes += len(data)
        if self._bytes > HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._late is None:
            self._wait()

    def on_message_complete(self) -> None:
        self._fresh = True
        super().on_message_complete()

    def on_message_begin(self) -> None:
        self._heading, self._bytes = True, 0
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
