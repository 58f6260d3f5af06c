"""Percent-encoded bytes of any length: the names and values of forms."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote_to_bytes

_PIECE: Final = 1 << 16


def unescaped(encoded: bytes) -> bytes:
    """The bytes that percent-encoded ones stand for; what is no escape stays as it is.

    It is done piece by piece: a library that takes all at once holds an object for each escape, a hundred times what
    was sent.
    """
    if b"%" not in encoded:
        return encoded
    found = bytearray()
    start = 0
    while start < len(encoded):
        end = start + _PIECE
        if (begun := encoded.rfind(b"%", end - 2, end)) > start:
            end = begun
        found += unquote_to_bytes(encoded[start:end])
        start = end
    return bytes(found)


def form_text(encoded: bytes) -> str:
    """A name or a value of a form as it was written: a plus is a blank."""
    return unescaped(encoded.replace(b"+", b" ")).decode("utf-8", "replace")
