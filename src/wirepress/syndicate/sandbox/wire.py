"""What the worker and its children say to each other: frames over a socket, and plain data in them.

A child may have been taken over by what it read.  Its answers are bounded, and made of nothing but plain values,
dates, and the dataclasses and enums of this package: no other name in a pickle is looked up.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, Final

VALUE: Final = b"="
"""What the function returned, pickled."""
UNREADABLE: Final = b"!"
"""Why the document cannot be read, as a text."""
MEMORY: Final = b"m"
"""There was not enough memory for it."""
LARGE: Final = b"l"
"""What the function returned is too large."""
FAULT: Final = b"x"
"""A mistake of ours: a line that names it, and the traceback."""

_HEAD: Final = struct.Struct("!cBI")
Wait = Callable[[], object]
_BARE: Final = frozenset({("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone")})


class Ended(Exception):
    """The other side is gone."""


class Oversized(Exception):
    """The other side wants to say more than it may."""


def send(channel: socket.socket, kind: bytes, payload: bytes, *, last: bool = False) -> None:
    """Sends a frame; `last` says that nothing will follow.  Raises OSError where the other side is gone."""
    channel.sendall(_HEAD.pack(kind, last, len(payload)))
    channel.sendall(payload)


def receive(channel: socket.socket, most: int, wait: Wait = lambda: None) -> tuple[bytes, bytes, bool]:
    """The next frame: its kind, what it holds, whether it is the last.  Raises Ended, Oversized, OSError.

    `wait` is called before each piece of it and returns when there is one: who says a byte at a time is not heard for
    longer than anybody else.
    """
    kind, last, size = _HEAD.unpack(_exactly(channel, _HEAD.size, wait))
    if size > most:
        raise Oversized
    return kind, bytes(_exactly(channel, size, wait)), bool(last)


def _exactly(channel: socket.socket, size: int, wait: Wait) -> bytearray:
    whole = bytearray(size)
    view = memoryview(whole)
    while len(view):
        wait()
        count = channel.recv_into(view)
        if not count:
            raise Ended
        view = view[count:]
    return whole


class _Packer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        # By its value: some Pythons (3.11.2, which Debian 12 has) say "what getattr finds under its name" instead, and
        # a function is no plain data.
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


def packed(value: Any) -> bytes:
    """A value as a pickle that `plain` reads."""
    out = io.BytesIO()
    _Packer(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = getattr(sys.modules.get(module), name, None)
        own = module.startswith("wirepress.")
        if (module, name) in _BARE or (own and isinstance(found, type) and _is_plain(found)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _is_plain(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum)


def plain(payload: bytes) -> Any:
    """The value of a pickle.  Raises UnpicklingError and whatever else a broken one brings about."""
    return _Plain(io.BytesIO(payload)).load()
