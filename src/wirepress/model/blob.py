"""Octets that may be too many for the memory: what a request brings, and files on their way into the library."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

PIECE = 256 << 10
"""Octets that are held at a time where a blob is copied."""


class Blob:
    """Octets that do not change, here in memory; a kind that keeps them elsewhere says `octets` for itself.

    `size` is how many there are.  Safe to be read by many threads.
    """

    __slots__ = ("__weakref__", "_data", "size")

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self.size = len(data)

    @staticmethod
    def of(data: bytes | Blob) -> Blob:
        """The octets as a blob, whichever they are."""
        if isinstance(data, Blob):
            return data
        return Blob(data)

    def __bool__(self) -> bool:
        return self.size > 0

    @property
    def in_memory(self) -> bool:
        """Whether `read` costs nothing."""
        return True

    def octets(self, start: int, most: int) -> bytes:
        """At most so many octets from a place on; none beyond the end."""
        if start == 0 and most >= self.size:
            return self._data
        return self._data[start : start + most]

    def read(self, most: int | None = None) -> bytes:
        """All octets, or the first so many."""
        return self.octets(0, self.size if most is None else min(most, self.size))

    def pieces(self, size: int = PIECE) -> Iterator[bytes]:
        """All octets, so many at a time."""
        for start in range(0, self.size, size):
            yield self.octets(start, size)

    def part(self, start: int, size: int) -> Blob:
        """Some of the octets, which are not copied where they are not in memory."""
        if self.in_memory:
            return Blob(self.octets(start, size))
        return _Part(self, start, size)

    def open(self) -> BinaryIO:
        """A file for reading, at its beginning, with a place of its own; it need not be closed."""
        if self.in_memory:
            return io.BytesIO(self.read())
        return io.BufferedReader(_Reader(self), 64 << 10)


EMPTY = Blob()


class _Part(Blob):
    """Some octets of another blob."""

    __slots__ = ("_start", "_whole")

    def __init__(self, whole: Blob, start: int, size: int) -> None:
        super().__init__()
        self._whole = whole
        self._start = start
        self.size = max(0, min(size, whole.size - start))

    @property
    def in_memory(self) -> bool:
        return False

    def octets(self, start: int, most: int) -> bytes:
        return self._whole.octets(self._start + start, max(0, min(most, self.size - start)))


class _Reader(io.RawIOBase):
    """A blob as the operating system's files are read."""

    def __init__(self, blob: Blob) -> None:
        super().__init__()
        self._blob = blob
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives it
        found = self._blob.octets(self._at, len(buffer))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._blob.size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at
