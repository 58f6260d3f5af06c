"""The life of a child: it reads one document after the other, within limits, and knows nothing else."""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any, Final

from wirepress.model.errors import WirepressError
from wirepress.syndicate.sandbox import limits, wire

LONGEST_FAULT: Final = 4_000
_PAGE: Final = resource.getpagesize()


def live(channel: socket.socket) -> None:
    """Answers requests until the worker is gone, or this child is used up."""
    confine()
    begun = occupied()
    for count in range(1, limits.TASKS + 1):
        try:
            _, request, _ = wire.receive(channel, sys.maxsize)
        except (wire.Ended, OSError):
            return
        kind, payload = answer(request)
        spent = count == limits.TASKS or kind == wire.MEMORY or occupied() - begun > limits.GROWN
        try:
            wire.send(channel, kind, payload, last=spent)
        except OSError:
            return
        if spent:
            return
        del request, payload  # while it waits for the next


def answer(request: bytes) -> tuple[bytes, bytes]:
    """What came of a request: a kind and what goes with it (`wire`)."""
    try:
        processor, function, given, named = pickle.loads(request)  # noqa: S301 (the worker's own words)
        allow_processor(processor)
        payload = wire.packed(function(*given, **named))
    except MemoryError:
        return wire.MEMORY, b""
    except WirepressError as error:
        return wire.UNREADABLE, error.message.encode("utf-8", "replace")
    except Exception as error:  # noqa: BLE001 (whatever a hostile document brings to light is told, not raised)
        return wire.FAULT, _told(error)
    return (wire.VALUE, payload) if len(payload) <= limits.ANSWER_BYTES else (wire.LARGE, b"")


def _told(error: Exception) -> bytes:
    lines = "".join(traceback.format_exception(error, limit=-8))
    return f"{type(error).__name__}\n{lines[-LONGEST_FAULT:]}".encode("utf-8", "replace")


def confine() -> None:
    """Takes from this process what reading does not need: files to write, other processes, memory without end.

    What a system does not know or allow (macOS has no limit of addresses) is left as it is.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.close(nothing)
    size = addresses()
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NPROC", 0)
    _limit("RLIMIT_NOFILE", limits.FILES)
    if size:
        _limit("RLIMIT_AS", size + limits.MEMORY)


def end_with_parent() -> None:
    """Has the system end this process with the one that it was forked from (prctl(2), PR_SET_PDEATHSIG; Linux)."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, int(signal.SIGKILL))


def _limit(name: str, most: int) -> None:
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (most, most))


def allow_processor(seconds: int) -> None:
    """Lets this process be ended (SIGXCPU) once it has used so many more seconds of processor time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(usage.ru_utime + usage.ru_stime) + seconds, most))


def addresses() -> int:
    """Bytes of this process's address space; 0 where the system does not tell."""
    return _pages(0) * _PAGE


def occupied() -> int:
    """Bytes of memory that this process occupies; where the system does not tell, the most that it ever did."""
    most: Any = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _pages(1) * _PAGE or int(most) * (1 if sys.platform == "darwin" else 1024)


def _pages(field: int) -> int:
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[field])
    except (OSError, IndexError, ValueError):
        return 0
