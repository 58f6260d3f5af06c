"""The Host of a request: who leaves it out, names two, or names none that could be, is not answered (RFC 9112, 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253})"
_HOST = re.compile(rb"(?:" + _NAME + rb"|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?")


def flaw_of(headers: Iterable[tuple[bytes, bytes]], version: str) -> str:
    """What is wrong with the Host of a request, "" where nothing is; HTTP/1.0 may do without."""
    named = [value for name, value in headers if name == b"host"]
    if not named:
        return "" if version == "1.0" else "The request names no host."
    if len(named) > 1:
        return "The request names more than one host."
    return "" if _HOST.fullmatch(named[0]) else "The request names no proper host."
