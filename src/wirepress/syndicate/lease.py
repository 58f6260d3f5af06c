"""Who holds a source: a name that tells whether its owner still lives."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def own_name(work: str = "") -> str:
    """The name of this process: host, process id and, where the system tells it, when it began.

    `work` tells apart what several threads of it hold.
    """
    name = f"{socket.gethostname()}:{os.getpid()}:{began(os.getpid())}"
    if work:
        name += f":{work}"
    return name


def began(pid: int) -> str:
    """When a process began, in the system's ticks (proc(5), field 22); "" where that cannot be known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def is_dead(name: str) -> bool:
    """Whether the process of that name is known to be gone: killed, so that nobody will give its lease back."""
    host, _, rest = name.partition(":")
    pid, _, rest = rest.partition(":")
    start = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(start) and began(int(pid)) != start
