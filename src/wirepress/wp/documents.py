"""Encoded items in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable

from wirepress.wp.json import Gap
from wirepress.wp.result import Doc


class Documents:
    """Encoded items in bounded memory; the least recently used go first."""

    def __init__(self, limit: int = 64 << 20) -> None:
        self.limit = limit
        self.bytes = 0
        self._docs: OrderedDict[Hashable, Doc] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._docs)

    def get(self, key: Hashable) -> Doc | None:
        with self._lock:
            doc = self._docs.get(key)
            if doc is not None:
                self._docs.move_to_end(key)
            return doc

    def keep(self, key: Hashable, doc: Doc) -> None:
        with self._lock:
            if key in self._docs or doc.size > self.limit // 8:
                return
            self._docs[key] = doc
            self.bytes += doc.size
            while self.bytes > self.limit:
                self.bytes -= self._docs.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._docs.clear()
            self.bytes = 0


def size_of(pieces: Iterable[bytes | Gap]) -> int:
    """What keeping these pieces costs, in bytes."""
    return 512 + sum(len(piece) for piece in pieces if isinstance(piece, bytes))
