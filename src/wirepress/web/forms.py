"""Bodies of the type multipart/form-data (RFC 7578): their fields and their files, for the API and the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from wirepress.model.blob import EMPTY, Blob
from wirepress.model.errors import TooLarge
from wirepress.model.web import Request

MOST_PARTS = 1000
"""How many parts a body may have (PHP's max_input_vars); what comes after them is passed over."""
MOST_FILES = 20
MOST_HEADERS = 8
"""How many lines may stand above a part ..."""
LONGEST_HEADER = 4 << 10
"""... and how long each of them may be; a form ends before one that is longer."""
MOST_FIELDS = 16 << 20
"""The most octets of all fields that are no files."""
LONGEST_BOUNDARY = 256
"""In bytes: RFC 2046 allows 70, and the parser knows no longer ones."""
MOST_STRAY = 100
"""How often what is nearly a boundary may stand in a body: a sender chooses one that stands nowhere in it, and the
parser is slow there."""
LONGEST_PADDING = 64
"""Blanks behind a boundary, in octets."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form: the name of its field, its own as it was sent, the type that it is said to have, its octets."""

    field: str
    name: str
    type: str
    data: Blob


@dataclass(slots=True)
class Form:
    """What a body holds; `passed_over` counts the files that were too many."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[Upload] = field(default_factory=list)
    passed_over: int = 0


@dataclass(slots=True)
class _Part:
    """A part: its headers, and where in the body its octets stand."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: bytes = b""
    value: bytes = b""
    start: int = 0
    size: int = 0


_READ: WeakKeyDictionary[Blob, Form] = WeakKeyDictionary()
"""The forms of bodies that are not in memory, for as long as these are there: several ask for the same."""


def form_of(request: Request) -> Form | None:
    """The form in a request's body; what was read before a flaw counts.  None where the body is no form at all.

    Raises TooLarge for more fields than are read into the memory.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary or len(boundary) > LONGEST_BOUNDARY:
        return None
    body = request.body
    if body.in_memory:
        return _form(body, _Reading(boundary).parts(body))
    if (known := _READ.get(body)) is None:
        known = _READ[body] = _form(body, _Reading(boundary).parts(body))
    return known


class _Reading:
    """One reading of a body.  Files are not copied: it notes where they stand."""

    def __init__(self, boundary: bytes) -> None:
        self.begun: list[_Part] = []
        self.done: list[_Part] = []
        self.piece = b""
        self.at = 0
        edge = re.escape(b"\r\n--" + boundary)
        self.stray = re.compile(edge + rb"(?!\r\n|--)")
        self.padded = re.compile(edge + rb"[ \t]{%d}" % LONGEST_PADDING)
        self.strays = 0
        self.overlap = len(boundary) + LONGEST_PADDING + 4
        self.parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self.begin,
                "on_header_field": self.header_field,
                "on_header_value": self.header_value,
                "on_header_end": self.header_end,
                "on_part_data": self.part_data,
                "on_part_end": lambda: self.done.append(self.begun[-1]),
            },
            max_header_count=MOST_HEADERS,
            max_header_size=LONGEST_HEADER,
        )

    def parts(self, body: Blob) -> list[_Part]:
        """The parts that are whole; as in PHP a form that breaks off holds what came before."""
        try:
            for piece in body.pieces():
                self.look(self.piece[-self.overlap :] + piece)
                self.piece = piece
                self.parser.write(piece)
                self.at += len(piece)
            self.parser.finalize()
        except FormParserError:
            pass
        return self.done

    def look(self, octets: bytes) -> None:
        """Raises for what would keep the parser busy: it is quick between boundaries, and slow in what is like one.
        Of such a body nothing counts."""
        self.strays += sum(1 for _ in self.stray.finditer(octets))
        if self.strays > MOST_STRAY or self.padded.search(octets):
            self.done.clear()
            raise FormParserError("no boundary")

    def begin(self) -> None:
        """Raises for more parts than are read."""
        if len(self.begun) >= MOST_PARTS:
            raise FormParserError("too many parts")
        self.begun.append(_Part())

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self.begun[-1].name += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self.begun[-1].value += data[start:end]

    def header_end(self) -> None:
        part = self.begun[-1]
        part.headers[part.name.lower()] = part.value
        part.name = part.value = b""

    def part_data(self, data: bytes, start: int, end: int) -> None:
        """Notes octets of a part.  Those that looked like a boundary at the end of the piece before are given as the
        beginning of the boundary, which they are."""
        part = self.begun[-1]
        if not part.size:
            part.start = self.at + start if data is self.piece else self.at - end
        part.size += end - start


def _form(body: Blob, parts: Iterable[_Part]) -> Form:
    form, room = Form(), MOST_FIELDS
    for part in parts:
        disposition, options = parse_options_header(part.headers.get(b"content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if disposition != b"form-data" or not name:
            continue
        if b"filename" not in options:
            room -= part.size
            if room < 0:
                raise TooLarge("form_too_large", "The fields of this form are too large.")
            form.fields.append((name, _octets(body, part).read().decode("utf-8", "replace")))
        elif len(form.files) < MOST_FILES:
            kind = part.headers.get(b"content-type", b"").decode("latin-1")
            sent = options[b"filename"].decode("utf-8", "replace")
            form.files.append(Upload(name, sent, kind, _octets(body, part)))
        else:
            form.passed_over += 1
    return form


def _octets(body: Blob, part: _Part) -> Blob:
    return body.part(part.start, part.size) if part.size else EMPTY
