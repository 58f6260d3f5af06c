"""Replacing text within PHP's serialised values: each length is written anew, and all else stays to the byte.

Nothing is decoded into data and back, so classes, references, private properties and numbers survive as they are.
Keys are left alone, as WP-CLI's search-replace leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from wirepress.model.php import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Unreadable, looks_serialised

NESTED: Final = 8
"""How deep serialised values are looked for in the texts of serialised values."""
_PLAIN: Final = re.compile(rb"N;|[bidrR]:[^;{}\"]{1,40};")
_TEXT: Final = re.compile(rb's:([0-9]{1,10}):"')
_ARRAY: Final = re.compile(rb"a:[0-9]{1,10}:\{")
_OBJECT: Final = re.compile(rb'O:([0-9]{1,10}):"')
_ENUM: Final = re.compile(rb'E:([0-9]{1,10}):"')
_COUNT: Final = re.compile(rb":[0-9]{1,10}:\{")
_OWN: Final = re.compile(r'\s*C:[0-9]{1,10}:"[^"]*":[0-9]{1,10}:\{')
"""What a class has written by a serialiser of its own (Serializable): it alone knows which lengths stand in it."""

Change = Callable[[str], str]
"""What is made of a text."""


def replaced(text: str, change: Change, depth: int = 0) -> str:
    """A text with its parts changed: of a serialised value the texts in it, else the whole.

    Raises Unreadable for what looks serialised and cannot be read: a change would break it for good.
    """
    if _OWN.match(text):
        raise Unreadable("a class's own form")
    if not looks_serialised(text):
        return change(text)
    if depth > NESTED:
        raise Unreadable("too deep")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable("not Unicode") from error
    if len(data) > MAX_BYTES:
        raise Unreadable("too large")
    return _Copy(data, lambda inner: replaced(inner, change, depth + 1)).made().decode()


class _Copy:
    """Copies one serialised value, its texts changed, without recursion."""

    def __init__(self, data: bytes, change: Change) -> None:
        self.data = data
        self.change = change
        self.at = 0
        self.out: list[bytes] = []
        self.keys: list[bool] = []
        """Of each array and object around: whether a key comes next."""

    def made(self) -> bytes:
        blank = len(self.data) - len(self.data.lstrip())
        self._copy(blank)
        for _ in range(MAX_VALUES):
            if self.keys and self.keys[-1] and self.data[self.at : self.at + 1] == b"}":
                self.keys.pop()
                self._copy(1)
            else:
                self._value()
            if not self.keys:
                if self.data[self.at :].strip():
                    raise Unreadable("more after the value")
                self._copy(len(self.data) - self.at)
                return b"".join(self.out)
        raise Unreadable("too many values")

    def _value(self) -> None:
        """Copies a key, a plain value, or the beginning of what has parts."""
        is_key = bool(self.keys) and self.keys[-1]
        if self.keys:
            self.keys[-1] = not is_key
        if found := _TEXT.match(self.data, self.at):
            self._text(found, is_key=is_key)
        elif found := _PLAIN.match(self.data, self.at):
            self._copy(len(found[0]))
        elif is_key:
            raise Unreadable("no key")
        elif found := _ARRAY.match(self.data, self.at):
            self._copy(len(found[0]))
            self._open()
        elif found := _OBJECT.match(self.data, self.at):
            self._name(found, b'"')
            count = _COUNT.match(self.data, self.at)
            if count is None:
                raise Unreadable("no number")
            self._copy(len(count[0]))
            self._open()
        elif found := _ENUM.match(self.data, self.at):
            self._name(found, b'";')
        else:
            raise Unreadable("unknown kind")

    def _open(self) -> None:
        if len(self.keys) == MAX_DEPTH:
            raise Unreadable("too deep")
        self.keys.append(True)

    def _text(self, found: re.Match[bytes], *, is_key: bool) -> None:
        end = found.end() + int(found[1])
        raw = self.data[found.end() : end]
        self._expect(b'";', end)
        if not is_key:
            try:
                raw = self.change(raw.decode()).encode()
            except (UnicodeDecodeError, UnicodeEncodeError) as error:
                raise Unreadable("a length that cuts a character") from error
        self.out.append(b's:%d:"%b";' % (len(raw), raw))
        self.at = end + 2

    def _name(self, found: re.Match[bytes], after: bytes) -> None:
        end = found.end() + int(found[1])
        self._expect(after, end)
        self._copy(end + len(after) - self.at)

    def _expect(self, wanted: bytes, place: int) -> None:
        if not self.data.startswith(wanted, place):
            raise Unreadable(f"{wanted!r} expected")

    def _copy(self, length: int) -> None:
        self.out.append(self.data[self.at : self.at + length])
        self.at += length
