"""The values of XML-RPC: as they are sent, as PHP would read them, and as WordPress writes them."""

from __future__ import annotations

import base64
import html
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.blob import Blob
from wirepress.model.moment import ZERO, Stamp, utc

Value = Any
"""None, bool, int, float, str, Date, Bits, a list of values, or a dict of values by their names; in an answer also an
iterator of values, which is an array."""

_NUMBER: Final = re.compile(r"\s*[+-]?[0-9]+")
_REAL: Final = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DATE: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T?(\d\d)?:?(\d\d)?:?(\d\d)?([Zz]?).*", re.DOTALL | re.ASCII)
_NEVER_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_NUMBER: Final = 18
"""In digits: no id is longer, and a number of more is as large as any."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date (`dateTime.iso8601`): a stamp; `utc` where it says itself that it is in UTC."""

    stamp: Stamp
    utc: bool = False


@dataclass(frozen=True, slots=True)
class Bits:
    """What came as base64."""

    data: Blob


# ---- reading, as PHP converts


def text(value: Value) -> str:
    """A value as a text; what cannot be one is empty."""
    match value:
        case str():
            return value
        case bool():
            return "1" if value else ""
        case int():
            return str(value)
        case float():
            return _written_real(value)
        case Bits():
            return value.data.read().decode("utf-8", "replace")
        case _:
            return ""


def _written_real(value: float) -> str:
    """A number as PHP makes a text of it, with 14 digits at most: `5`, `0.1`, `1.0E+25`."""
    if not math.isfinite(value):
        return str(value).upper()
    digits, _, power = f"{value:.14G}".partition("E")
    if not power:
        return digits
    return f"{digits if '.' in digits else digits + '.0'}E{int(power):+d}"


def number(value: Value) -> int:
    """A value as a whole number: what a text begins with, else 0."""
    match value:
        case bool() | int():
            return max(-(10**LONGEST_NUMBER), min(int(value), 10**LONGEST_NUMBER))
        case float():
            return int(value) if abs(value) < 10**LONGEST_NUMBER else 0
        case str():
            found = _NUMBER.match(value[:100])
            return number(int(found[0])) if found else 0
        case list() | dict():
            return 1 if value else 0
        case _:
            return 0


def is_numeric(value: Value) -> bool:
    """Whether PHP takes a value for a number."""
    if isinstance(value, str):
        return len(value) < 100 and _REAL.fullmatch(value.rstrip()) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_true(value: Value) -> bool:
    """Whether PHP takes a value for true."""
    if isinstance(value, Date | Bits):
        return True
    return value not in (None, False, 0, 0.0, "", "0", [], {})


def is_empty(value: Value) -> bool:
    """Whether a value says nothing (PHP's empty)."""
    return not is_true(value)


def struct(value: Value) -> dict[str, Value]:
    """A value as a struct; one of no names where it is none."""
    return value if isinstance(value, dict) else {}


def items(value: Value) -> list[Value]:
    """The values in an array or a struct; a single one stands for an array of it, nothing for none."""
    match value:
        case list():
            return value
        case dict():
            return list(value.values())
        case None | "":
            return []
        case _:
            return [value]


def stamp_of(value: Value) -> Stamp | None:
    """The stamp of a date that was sent, or of a text that looks like one; None where it is neither."""
    date = value if isinstance(value, Date) else date_of(text(value))
    return None if date is None else date.stamp


def date_of(written: str) -> Date | None:
    """A date as XML-RPC writes it (`20250304T05:06:07`, with or without dashes, `Z` behind it or not); None for what
    is no day or no time of one.  The date that WordPress gives to what has none, all zeros, is one."""
    found = _DATE.fullmatch(written.strip()[:40])
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    stamp = Stamp(f"{year}-{month}-{day} {hour or '00'}:{minute or '00'}:{second or '00'}")
    if stamp != ZERO and utc(stamp) is None:
        return None
    return Date(stamp, utc=bool(zone))


def date(stamp: Stamp) -> Date:
    """A stamp as a date of an answer."""
    return Date(stamp)


# ---- writing


class TooMuch(Exception):
    """An answer that would hold more than there is room for."""


class Room:
    """How many characters an answer, or all answers to one request, may still hold.  What was made counts, also where
    it is not sent."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self, number: int) -> None:
        """Takes so many.  Raises TooMuch where there are no more, and then there are none left."""
        if number > self.left:
            self.left = 0
            raise TooMuch
        self.left -= number


@dataclass(frozen=True, slots=True)
class Written:
    """A value that is encoded already."""

    text: str


PART: Final = 64 << 10
"""Characters of a text that are written at once."""


def encoded(value: Value, room: Room | None = None) -> str:
    """A value as WordPress writes it, byte for byte; an iterator is an array that is made as it is written.

    Raises TooMuch where there is not as much room.
    """
    pieces = []
    for piece in _pieces(value):
        if room is not None:
            room.take(len(piece))
        pieces.append(piece)
    return "".join(pieces)


def _pieces(value: Value) -> Iterator[str]:
    match value:
        case str():
            yield from _written_text(value)
        case Written():
            yield value.text
        case bool():
            yield f"<boolean>{int(value)}</boolean>"
        case int():
            yield f"<int>{value}</int>"
        case float():
            yield f"<double>{_written_real(value)}</double>"
        case Date():
            yield f"<dateTime.iso8601>{_written_date(value.stamp)}</dateTime.iso8601>"
        case Bits():
            yield f"<base64>{base64.b64encode(value.data.read()).decode('ascii')}</base64>"
        case Mapping():  # PHP knows no struct of nothing
            yield from _written_struct(value) if value else _written_array(())
        case Sequence() | Iterator():
            yield from _written_array(value)
        case _:
            yield from _written_text("" if value is None else str(value))


def _written_text(text: str) -> Iterator[str]:
    yield "<string>"
    for start in range(0, len(text), PART):
        yield escaped(text[start : start + PART])
    yield "</string>"


def _written_struct(value: Mapping[str, Value]) -> Iterator[str]:
    yield "<struct>\n"
    for name, member in value.items():
        yield f"  <member><name>{escaped(str(name))}</name><value>"
        yield from _pieces(member)
        yield "</value></member>\n"
    yield "</struct>"


def _written_array(value: Iterable[Value]) -> Iterator[str]:
    yield "<array><data>\n"
    for one in value:
        yield "  <value>"
        yield from _pieces(one)
        yield "</value>\n"
    yield "</data></array>"


def _written_date(stamp: Stamp) -> str:
    if stamp == ZERO:
        return "00000000T00:00:00Z"
    return f"{stamp[0:4]}{stamp[5:7]}{stamp[8:10]}T{stamp[11:]}"


def escaped(written: str) -> str:
    """A text between tags, without what no XML may hold."""
    return html.escape(_NEVER_IN_XML.sub("", written), quote=True).replace("&#x27;", "&#039;")
