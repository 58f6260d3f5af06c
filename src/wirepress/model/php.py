"""PHP's serialize() format as data: nothing is executed, nothing is constructed, everything that is read is bounded.

What WordPress keeps in options and meta is either plain text or the serialised form of a PHP value
(WordPress function maybe_unserialize).  Values become what JSON can hold: arrays whose keys run 0, 1, 2 ... become
lists, other arrays become maps with text keys (PHP itself turns `"5"` into 5, so nothing is lost by that), objects
become maps with their class under `__class__`.  What cannot be read so, references, own serialisers and infinite
numbers among it, stays the text that it was.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_DEPTH: Final = 128
MAX_VALUES: Final = 1_000_000

CLASS: Final = "__class__"

_INT64: Final = range(-(2**63), 2**63)
_BOOLEAN: Final = re.compile(rb"[01]")
_INTEGER: Final = re.compile(rb"[+-]?[0-9]{1,20}")
_FLOAT: Final = re.compile(rb"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?")
_LENGTH: Final = re.compile(rb"[0-9]{1,10}")
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,18}")
# What WordPress's is_serialized takes for serialised in its strict mode.
_LOOKS: Final = re.compile(r"N;\Z|[saOE]:[0-9]+:|[bid]:[0-9.E+-]+;\Z")
_WHITE: Final = " \n\r\t\v\0"


class Unreadable(ValueError):
    """The text is no serialised value that can be held as data."""


@dataclass(slots=True)
class _Frame:
    """An array or object that is being read."""

    left: int
    entries: dict[str, Any] = field(default_factory=dict)
    key: str | None = None
    class_name: str | None = None

    def put(self, key: str, value: Any) -> None:
        if self.class_name is not None and key in self.entries:
            raise Unreadable("two properties of one name")
        self.entries[key] = value

    def value(self) -> Any:
        if self.class_name is not None:
            return {CLASS: self.class_name, **self.entries}
        if all(key == str(place) for place, key in enumerate(self.entries)):
            return list(self.entries.values())
        return self.entries


def looks_serialised(text: str) -> bool:
    """Whether WordPress would try to unserialise this text (its is_serialized, strict)."""
    text = text.strip(_WHITE)
    return bool(_LOOKS.match(text)) and text[-1] in ";}"


def decoded(text: str) -> tuple[Any, bool]:
    """The value that a stored text stands for, and whether it could be read.

    Plain text is itself.  A text that looks serialised and cannot be read stays the text, with False.
    """
    if not looks_serialised(text):
        return text, True
    try:
        return unserialize(text), True
    except Unreadable:
        return text, False


def unserialize(text: str) -> Any:
    """The value of a serialised text.  Raises Unreadable when it is broken, too large, or more than data."""
    try:
        # PHP counts bytes.
        data = text.strip(_WHITE).encode()
    except UnicodeEncodeError as error:
        raise Unreadable("not Unicode") from error
    if len(data) > MAX_BYTES:
        raise Unreadable("too large")
    reader = _Reader(data)
    value = reader.value()
    if reader.at != len(data):
        raise Unreadable("more after the value")
    return value


class _Reader:
    """Reads one value without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.values = 0

    def value(self) -> Any:
        stack: list[_Frame] = []
        while True:
            value = self.begin(stack)
            if isinstance(value, _Frame):
                if len(stack) == MAX_DEPTH:
                    raise Unreadable("too deep")
                stack.append(value)
            elif stack:
                self.place(stack[-1], value)
            else:
                return value
            while stack and stack[-1].left == 0:
                self.take(b"}")
                done = stack.pop().value()
                if not stack:
                    return done
                self.place(stack[-1], done)

    def place(self, frame: _Frame, value: Any) -> None:
        """Put a value where it belongs: a key first, then what it leads to."""
        if frame.key is not None:
            frame.put(frame.key, value)
            frame.key = None
            frame.left -= 1
        elif isinstance(value, bool) or not isinstance(value, int | str):
            raise Unreadable("no key")
        else:
            frame.key = _property(value) if frame.class_name is not None else str(value)

    def begin(self, stack: list[_Frame]) -> Any:
        """A scalar, or the frame of what has parts."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise Unreadable("too many values")
        kind = self.data[self.at : self.at + 2]
        self.at += 2
        if stack and stack[-1].key is None and kind not in (b"i:", b"s:"):
            raise Unreadable("no key")
        match kind:
            case b"N;":
                return None
            case b"b:":
                return self.number(_BOOLEAN, b";") == b"1"
            case b"i:":
                return self.integer()
            case b"d:":
                return self.float()
            case b"s:":
                text = self.text()
                self.take(b";")
                return text
            case b"a:":
                return _Frame(self.count())
            case b"O:":
                name = self.text()
                self.take(b":")
                return _Frame(self.count(), class_name=name)
        raise Unreadable("unknown kind")

    def integer(self) -> int:
        value = int(self.number(_INTEGER, b";"))
        if value not in _INT64:
            raise Unreadable("no 64-bit integer")
        return value

    def float(self) -> float:
        value = float(self.number(_FLOAT, b";"))
        if not math.isfinite(value):
            raise Unreadable("infinite")
        return value

    def text(self) -> str:
        length = int(self.number(_LENGTH, b":"))
        self.take(b'"')
        end = self.at + length
        raw = self.data[self.at : end]
        self.at = end
        self.take(b'"')
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise Unreadable("a length that cuts a character") from error

    def count(self) -> int:
        count = int(self.number(_LENGTH, b":"))
        self.take(b"{")
        return count

    def number(self, form: re.Pattern[bytes], after: bytes) -> bytes:
        found = form.match(self.data, self.at)
        if found is None:
            raise Unreadable("no number")
        self.at = found.end()
        self.take(after)
        return found[0]

    def take(self, wanted: bytes) -> None:
        if not self.data.startswith(wanted, self.at):
            raise Unreadable(f"{wanted!r} expected")
        self.at += len(wanted)


def _property(name: int | str) -> str:
    """The bare name of a property: PHP writes `\\0Class\\0name` for a private, `\\0*\\0name` for a protected one."""
    name = str(name)
    if name.startswith("\0"):
        name = name.rpartition("\0")[2]
    if name == CLASS:
        raise Unreadable("a property named like our own mark")
    return name


def serialize(value: Any) -> str:
    """A value of JSON as PHP serialises it; lists and objects are both arrays, whose keys are numbers where they can
    be.  Raises TypeError for anything else."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{value!r};"
        case str():
            return f's:{len(value.encode("utf-8", "surrogatepass"))}:"{value}";'
        case list():
            return _array(dict(enumerate(value)))
        case dict():
            return _array({_key(str(key)): inner for key, inner in value.items()})
    raise TypeError(f"{type(value).__name__} is no value of JSON")


def _array(entries: dict[int | str, Any]) -> str:
    inner = "".join(serialize(key) + serialize(value) for key, value in entries.items())
    return f"a:{len(entries)}:{{{inner}}}"


def _key(name: str) -> int | str:
    """A key as PHP keeps it: the decimal form of a whole number is that number."""
    if _WHOLE.fullmatch(name) and int(name) in _INT64:
        return int(name)
    return name
