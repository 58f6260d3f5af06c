"""Reading a call, whoever wrote it: a piece at a time, bounded in depth and number, without document types.

Everything that is sent is a stranger's until its login was looked at, and that stands in it.  So no entity is declared
or fetched, elements are counted before values are made of them, and base64 goes to the disk as it comes.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from xml.parsers import expat

from wirepress.model.blob import Blob
from wirepress.wp.xmlrpc.faults import BAD_CALL, NOT_WELL_FORMED, Fault
from wirepress.wp.xmlrpc.values import Bits, Value, date_of, number

MOST_ELEMENTS: Final = 30_000
"""Of a call, as WordPress has it."""
DEEPEST: Final = 80
"""Elements within each other: a value in an array in a struct takes five, and no method wants more than a few."""
MOST_TEXT: Final = 16 << 20
"""Characters of all texts of a call; what comes as base64 is bounded by the body alone."""
LONGEST_TAG: Final = 1 << 20
"""Octets of a tag, a comment or whatever else is no text: an unfinished one is read from its beginning with each piece
that comes (CVE-2023-52425), so that a long one takes time that grows with its square."""
LONGEST_NAME: Final = 500
IN_MEMORY: Final = 1 << 20
"""Octets of base64 that are held in memory; what is longer goes to the disk."""
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
_SCALARS: Final = frozenset(
    {"int", "i4", "i8", "ex:i8", "double", "string", "boolean", "dateTime.iso8601", "base64", "nil", "ex:nil"}
)


class Spool(Protocol):
    """Octets that are written to the disk and read as a blob."""

    def append(self, chunks: Sequence[bytes]) -> None: ...

    def close(self) -> None: ...


MakeSpool = Callable[[], Any]
"""Makes a Spool that is a Blob as well."""


@dataclass(slots=True)
class Called:
    """A call: its method, what it brings, and what of that lies on the disk until it is closed."""

    method: str = ""
    params: list[Value] = field(default_factory=list)
    spools: list[Spool] = field(default_factory=list)

    def close(self) -> None:
        for spool in self.spools:
            spool.close()


def _flawed(what: str = "") -> Fault:
    return Fault(NOT_WELL_FORMED, f"The call cannot be read{': ' + what if what else ''}.")


def parsed(body: Blob, spool: MakeSpool | None = None) -> Called:
    """The call in a body.  Raises Fault for what is none, and for more than is read.

    `spool` makes a place on the disk for long base64; without one all is held in memory.
    """
    reading = _Reading(spool)
    try:
        for piece in body.pieces():
            reading.feed(piece)
        reading.feed(b"", last=True)
    except BaseException:
        reading.called.close()
        raise
    if reading.root != "methodCall":
        reading.called.close()
        code = BAD_CALL if reading.root == "methodResponse" else NOT_WELL_FORMED
        raise Fault(code, "This is no call of a method.")
    return reading.called


def begun(octets: bytes) -> Called:
    """What the beginning of a body says: the method and the parameters that stand in it as a whole."""
    reading = _Reading(None)
    try:
        reading.feed(octets)
    except Fault:
        return Called()
    return reading.called


class _Base64:
    """base64 that is decoded as it comes."""

    def __init__(self, make: MakeSpool | None, called: Called) -> None:
        self.make = make
        self.called = called
        self.rest = ""
        self.chunks: list[bytes] = []
        self.size = 0
        self.spool: Any = None

    def take(self, data: str) -> None:
        text = self.rest + _NOT_BASE64.sub("", data)
        whole = len(text) // 4 * 4
        self.rest = text[whole:]
        self.keep(base64.b64decode(text[:whole]))

    def keep(self, octets: bytes) -> None:
        self.chunks.append(octets)
        self.size += len(octets)
        if self.make is not None and self.size > IN_MEMORY:
            if self.spool is None:
                self.spool = self.make()
                self.called.spools.append(self.spool)
            self.spool.append(self.chunks)
            self.chunks, self.size = [], IN_MEMORY

    def done(self) -> Bits:
        rest = self.rest if len(self.rest) > 1 else ""
        try:
            self.keep(base64.b64decode(rest + "=" * (-len(rest) % 4)))
        except binascii.Error:
            raise _flawed("its base64 is none") from None
        if self.spool is None:
            return Bits(Blob(b"".join(self.chunks)))
        self.spool.append(self.chunks)
        return Bits(self.spool)


class _Reading:
    """One reading of a body: what is open, and what was made of what is closed."""

    def __init__(self, make: MakeSpool | None) -> None:
        self.make = make
        self.called = Called()
        self.root = ""
        self.open: list[str] = []
        self.elements = 0
        self.fed = 0
        self.length = 0
        self.text: list[str] = []
        self.bits: _Base64 | None = None
        self.values: list[Value] = []
        self.names: list[str] = []
        self.has_value: list[bool] = []
        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 64 << 10
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def feed(self, octets: bytes, *, last: bool = False) -> None:
        """Reads on.  Raises Fault where it cannot."""
        try:
            self.parser.Parse(octets, last)
        except (expat.ExpatError, ValueError, LookupError):  # not well-formed; an encoding that nobody knows
            raise _flawed() from None
        self.fed += len(octets)
        if not last and self.fed - self.parser.CurrentByteIndex > LONGEST_TAG:
            raise _flawed("one of its tags or comments is too long")

    def refuse_doctype(self, *_: object) -> None:
        raise _flawed("it has a document type")

    def start(self, tag: str, _: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise _flawed("it holds too much")
        if len(self.open) >= DEEPEST:
            raise _flawed("it is nested too deep")
        self.root = self.root or tag
        self.open.append(tag)
        self.text.clear()
        match tag:
            case "value":
                self.has_value.append(False)
            case "data":
                self.values.append([])
            case "struct":
                self.values.append({})
            case "member":
                self.names.append("")
            case "base64":
                self.bits = self.bits or _Base64(self.make, self.called)

    def characters(self, data: str) -> None:
        if self.bits is not None:
            self.bits.take(data)
            return
        self.length += len(data)
        if self.length > MOST_TEXT:
            raise _flawed("its texts are too long")
        self.text.append(data)

    def end(self, tag: str) -> None:
        self.open.pop()
        text = "".join(self.text)
        self.text.clear()
        if tag in _SCALARS:
            self.made(self.scalar(tag, text))
            return
        match tag:
            case "methodName":
                self.called.method = text.strip()[:LONGEST_NAME]
            case "name" if self.names:
                self.names[-1] = text.strip()[:LONGEST_NAME]
            case "member":
                self.names.pop()
            case "value":
                if not self.has_value.pop():  # a text without a type
                    self.place(text if text.strip() else "")
            case "struct" | "data":
                self.made(self.values.pop())

    def scalar(self, tag: str, text: str) -> Value:
        """What a typed element says."""
        match tag:
            case "string":
                return text
            case "boolean":
                return text.strip() not in ("", "0", "false")
            case "double":
                try:
                    return float(text.strip()[:100])
                except ValueError:
                    return 0.0
            case "dateTime.iso8601":
                return date_of(text) or text
            case "base64":
                bits, self.bits = self.bits, None
                return "" if bits is None else bits.done()
            case "nil" | "ex:nil":
                return None
            case _:
                return number(text)

    def made(self, value: Value) -> None:
        """A value inside of `<value>`: the first one counts."""
        if self.has_value and not self.has_value[-1]:
            self.has_value[-1] = True
            self.place(value)

    def place(self, value: Value) -> None:
        """Puts a value where it belongs: into the struct or array that is open, else among the parameters."""
        if not self.values:
            self.called.params.append(value)
            return
        holder = self.values[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif self.names:
            holder[self.names[-1]] = value
