"""Values of CSS that come from outside: what stands behind one must still be read as it is meant."""

from __future__ import annotations

_PAIRS = {")": "(", "]": "["}


def is_whole(value: str) -> bool:
    """Whether a value ends all that it begins (brackets, quotes) and begins no comment, so that it ends nothing of the
    style that it is put into.  Only ASCII is."""
    opened: list[str] = []
    quote = ""
    for sign in value:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([":
            opened.append(sign)
        elif sign in _PAIRS and (not opened or opened.pop() != _PAIRS[sign]):
            return False
    return value.isascii() and not opened and not quote and not any(sign in value for sign in ("/*", "\\", "\n"))
