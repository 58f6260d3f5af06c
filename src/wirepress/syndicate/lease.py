"""Who holds a source: a name that tells whether its owner still lives."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def own_name(work: str = "") -> str:
    """The name of this process: where it runs, its id and, where the system tells it, when it began.

    `work` tells apart what several threads of it hold.
    """
    name = f"{own_place()}:{os.getpid()}:{began(os.getpid())}"
    if work:
        name += f":{work}"
    return name


def own_place() -> str:
    """Where process ids are those of our own: the host, and of its namespaces (containers) this one."""
    try:
        return f"{socket.gethostname()}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return socket.gethostname()


def began(pid: int) -> str:
    """When a process began, in the system's ticks (proc(5), field 22); "" where that cannot be known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def is_dead(name: str) -> bool:
    """Whether the process of that name is known to be gone: killed, so that nobody will give its lease back."""
    return _is_there(name) is False


def is_alive(name: str) -> bool:
    """Whether the process of that name is known to be there, whatever its lease says."""
    return _is_there(name) is True


def _is_there(name: str) -> bool | None:
    """Whether a process is there; None where that cannot be known from here."""
    place, _, rest = name.partition(":")
    pid, _, rest = rest.partition(":")
    start = rest.partition(":")[0]
    if place != own_place() or not pid.isdigit():
        return None
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not start or began(int(pid)) == start
