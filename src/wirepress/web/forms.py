"""Bodies of the type multipart/form-data (RFC 7578): their fields and their files, for the API and the pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from wirepress.model.web import Request

MOST_PARTS = 1000
"""How many parts a body may have (PHP's max_input_vars); what comes after them is passed over."""
MOST_FILES = 20
LONGEST_BOUNDARY = 256
"""In bytes: RFC 2046 allows 70, and the parser knows no longer ones."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form: the name of its field, its own as it was sent, the type that it is said to have, its bytes."""

    field: str
    name: str
    type: str
    data: bytes


@dataclass(slots=True)
class Form:
    """What a body holds; `passed_over` counts the files that were too many."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[Upload] = field(default_factory=list)
    passed_over: int = 0


@dataclass(slots=True)
class _Part:
    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: bytes = b""
    value: bytes = b""
    data: bytearray = field(default_factory=bytearray)


def form_of(request: Request) -> Form | None:
    """The form in a request's body; what was read before a flaw counts.  None where the body is no form at all.

    Raises nothing: what its parser raises ends the reading.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        return None
    parts: list[_Part] = []
    done: list[_Part] = []

    def begin() -> None:
        """Raises for more parts than are read."""
        if len(parts) >= MOST_PARTS:
            raise FormParserError("too many parts")
        parts.append(_Part())

    def header_field(data: bytes, start: int, end: int) -> None:
        parts[-1].name += data[start:end]

    def header_value(data: bytes, start: int, end: int) -> None:
        parts[-1].value += data[start:end]

    def header_end() -> None:
        part = parts[-1]
        part.headers[part.name.lower()] = part.value
        part.name = part.value = b""

    def part_data(data: bytes, start: int, end: int) -> None:
        parts[-1].data += memoryview(data)[start:end]

    if len(boundary) > LONGEST_BOUNDARY:
        return None
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": begin,
            "on_header_field": header_field,
            "on_header_value": header_value,
            "on_header_end": header_end,
            "on_part_data": part_data,
            "on_part_end": lambda: done.append(parts[-1]),
        },
    )
    try:
        parser.write(request.body)
        parser.finalize()
    except FormParserError:
        pass  # as PHP: a form that breaks off holds what came before
    return _form(done)


def _form(parts: list[_Part]) -> Form:
    form = Form()
    for part in parts:
        disposition, options = parse_options_header(part.headers.get(b"content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if disposition != b"form-data" or not name:
            continue
        if b"filename" in options:
            if len(form.files) < MOST_FILES:
                kind = part.headers.get(b"content-type", b"").decode("latin-1")
                sent = options[b"filename"].decode("utf-8", "replace")
                form.files.append(Upload(name, sent, kind, bytes(part.data)))
            else:
                form.passed_over += 1
        else:
            form.fields.append((name, bytes(part.data).decode("utf-8", "replace")))
    return form
