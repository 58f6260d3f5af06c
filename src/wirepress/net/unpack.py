"""Content codings undone within bounds: a few kilobytes must not become gigabytes."""

from __future__ import annotations

import zlib

from wirepress.net.port import Fault, FetchError

ACCEPTED = "gzip, deflate"
MOST_MEMBERS = 1_000
"""Of a gzip body, which may be made of many: each costs work that is not its bytes'."""


class Unpacker:
    """Takes a body chunk by chunk and gives it back plain, up to `limit` bytes."""

    def __init__(self, coding: str, limit: int) -> None:
        self._coding = coding.strip().lower()
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._first = True
        self._members = 1
        self._held = b""
        """A single byte of a beginning: what begins there, two tell."""
        if self._coding in ("", "identity"):
            self._inflate = None
        elif self._coding in ("gzip", "x-gzip", "deflate"):
            # 32 + MAX_WBITS: gzip or zlib, whichever the first bytes say.
            self._inflate = zlib.decompressobj(32 + zlib.MAX_WBITS)
        else:
            raise FetchError(Fault.PROTOCOL, f"the server sent a content coding that was not asked for ({coding[:20]})")

    def feed(self, chunk: bytes) -> None:
        """Takes the next bytes.  Raises FetchError when they are too many, or not what the coding says."""
        if self._inflate is None:
            self._keep(chunk)
            return
        try:
            held, self._held = self._held, b""
            self._unpack(held + chunk)
        except zlib.error as error:
            raise FetchError(Fault.PROTOCOL, "the body is not what its content coding says") from error

    def _unpack(self, chunk: bytes) -> None:
        while chunk:
            assert self._inflate is not None
            if (self._first or self._inflate.eof) and len(chunk) < 2:
                self._held = chunk
                return
            if self._inflate.eof:  # a further gzip member; anything else after the end is padding
                if not chunk.startswith(b"\x1f\x8b"):
                    return
                self._next_member()
            try:
                self._keep(self._inflate.decompress(chunk, self._limit - self._size + 1))
            except zlib.error:
                if not self._first:
                    raise
                # Many servers mean a bare deflate stream by "deflate" (RFC 9110, section 8.4.1.2).
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
                self._keep(self._inflate.decompress(chunk, self._limit - self._size + 1))
            self._first = False
            chunk = self._inflate.unconsumed_tail or self._inflate.unused_data

    def _next_member(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise FetchError(Fault.SIZE, f"the body is packed in more than {MOST_MEMBERS:,} pieces")
        self._inflate = zlib.decompressobj(32 + zlib.MAX_WBITS)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise FetchError(Fault.SIZE, f"the body is larger than {self._limit:,} bytes")
        self._parts.append(part)

    def whole(self) -> bytes:
        """All that came."""
        return b"".join(self._parts)
