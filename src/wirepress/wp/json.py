"""JSON as PHP's json_encode writes it, byte for byte.

`/` becomes `\\/`, whatever is not ASCII `\\uXXXX` in lower-case hex (with surrogate pairs), `<>&'` stay raw, there
are no spaces, keys keep their order.  Python's C encoder does nearly all of that; the rest is one replace.

Two things have no Python value.  A number in PHP's own notation and a gap in a rendered text travel through the
encoder as marked strings: the mark is drawn at random when the process starts, so no content can hold it.
"""

from __future__ import annotations

import json
import math
import re
import secrets
from codecs import getincrementaldecoder
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any, cast

from wirepress.model.rendering import Text, pieces_from_json, pieces_to_json

Json = Any

_MARK = f"<{secrets.token_hex(12)}"
_RAW = re.compile(rf'"{_MARK}=([^"]*)>"')
_GAP = re.compile(rf"{_MARK}(?:~([0-9a-f]*)|!)>")
_HALF_SIGNS = 4
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
DEEPEST = 512
"""How deep a JSON text may nest (the depth of PHP's json_decode)."""
_DEL = re.compile(r"(?<!\\)((?:\\\\)*)\\u007f")

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, check_circular=False).encode
_indent = json.JSONEncoder(indent=4, ensure_ascii=True, check_circular=False).encode


def number(value: float) -> Json:
    """A float as PHP prints it with serialize_precision -1: `1`, `0.1`, `1.0e+25`.  NaN and infinity are 0."""
    if not math.isfinite(value):
        return 0
    power = int(f"{value:e}".partition("e")[2])
    if -5 < power < 17:
        if value == int(value):
            return int(value)
        return value
    digits = repr(value).partition("e")[0]
    return _raw(f"{digits if '.' in digits else digits + '.0'}e{power:+d}")


def plain(value: Json) -> Json:
    """A value from PHP's world (decoded meta) ready for the encoder: its floats as PHP prints them."""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        if value:
            return {k: plain(v) for k, v in value.items()}
        return []
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Gap:
    """A rendered text that is filled when it is answered.

    `post` is the post it belongs to.  `blocks`: it is a content made of blocks, which changes how later contents of
    the answer come out.  `shown` False: WordPress renders it and throws it away, and its numbers count all the same.
    """

    text: Text
    post: int = 0
    blocks: bool = False
    shown: bool = True


AFTER_BLOCKS = Gap(Text(()), blocks=True)
"""The place behind a content made of blocks that has no holes: nothing is filled in, later contents are told."""


def text(value: Text, post: int = 0, *, blocks: bool = False, shown: bool = True) -> str:
    """A rendered text as a JSON value; what only the answer can fill in is marked."""
    if value.solid:
        return (str(value) if shown else "") + (f"{_MARK}!>" if blocks else "")
    return f"{_MARK}~{json.dumps([pieces_to_json(value), post, blocks, shown]).encode().hex()}>"


def _raw(notation: str) -> str:
    return f"{_MARK}={notation}>"


Pieces = tuple[bytes | Gap, ...]


def encode(value: Json) -> str:
    """The JSON text of a value; gaps stay marked (see `split`)."""
    return _finish(_encode(value))


def _finish(encoded: str) -> str:
    encoded = encoded.replace("/", "\\/")
    if "\\u007f" in encoded:  # the one control character that PHP leaves raw
        encoded = _DEL.sub("\\1\x7f", encoded)
    if _MARK in encoded:
        encoded = _RAW.sub(r"\1", encoded)
    return encoded


def split(encoded: str) -> Pieces:
    """Encoded text as bytes with its gaps between them."""
    if _MARK not in encoded:
        return (encoded.encode(),)
    parts = _GAP.split(encoded)
    return tuple(_gap(part) if i % 2 else part.encode() for i, part in enumerate(parts) if i % 2 or part)


def solidified(pieces: Iterable[bytes | Gap]) -> Pieces:
    """The same pieces, with one where bytes followed bytes."""
    found: list[bytes | Gap] = []
    for is_bytes, run in groupby(pieces, lambda piece: isinstance(piece, bytes)):
        if is_bytes:
            found.append(b"".join(cast("Iterable[bytes]", run)))
        else:
            found += run
    return tuple(found)


def _gap(marked: str | None) -> Gap:
    if marked is None:
        return AFTER_BLOCKS
    pieces, post, blocks, shown = json.loads(bytes.fromhex(marked))
    return Gap(pieces_from_json(pieces), post, blocks, shown)


def inside(content: str) -> bytes:
    """A text as it stands between the quotes of a JSON string: what fills a hole."""
    return _finish(_encode(content))[1:-1].encode()


def dump(value: Json) -> bytes:
    """The JSON bytes of a value without holes."""
    return encode(value).encode()


SYNTAX, DEPTH, CONTROL, UTF8, UTF16, MANY = 4, 1, 3, 5, 10, -1
"""The numbers that PHP gives to what is wrong with a JSON text (json_last_error), and one of ours."""
TOLD = {
    SYNTAX: "Syntax error",
    DEPTH: "Maximum stack depth exceeded",
    CONTROL: "Control character error, possibly incorrectly encoded",
    UTF8: "Malformed UTF-8 characters, possibly incorrectly encoded",
    MANY: "Too many values",
    UTF16: "Single unpaired high surrogate in Unicode escape",
}
_FLAWS = {"Invalid control character at": CONTROL, "Unterminated string starting at": CONTROL}


class NoJson(ValueError):
    """What is no JSON; `number` and the message are PHP's."""

    def __init__(self, number: int) -> None:
        super().__init__(TOLD[number])
        self.number = number


def _no_number(_: str) -> Json:
    raise NoJson(SYNTAX)


def _flaw(error: json.JSONDecodeError) -> int:
    """PHP's number for what Python has found; to PHP a text that is never closed ends with a control character."""
    if error.msg.startswith("Invalid \\uXXXX"):
        return UTF16
    sign = error.doc[error.pos : error.pos + 1]
    if error.msg.startswith("Expecting") and "\0" <= sign < " ":
        return CONTROL
    return _FLAWS.get(error.msg, SYNTAX)


def load(text: str | bytes) -> Json:
    """A JSON text as values; raises NoJson for anything else, too deep nesting and halves of characters among it, as
    PHP's json_decode refuses them."""
    try:
        # As text: bytes would be taken in UTF-16 and with a byte order mark too, which PHP refuses.
        text = text if isinstance(text, str) else _decoded(text)
        value = _loaded(text)
        if any(_HALF.search(text, start, start + LONG + _HALF_SIGNS) for start in range(0, len(text), LONG)):
            _encode_all(value)
    except NoJson:
        raise
    except RecursionError as error:
        raise NoJson(DEPTH) from error
    except UnicodeDecodeError as error:
        raise NoJson(UTF8) from error
    except UnicodeEncodeError as error:
        raise NoJson(UTF16) from error
    except json.JSONDecodeError as error:
        raise NoJson(_flaw(error)) from error
    except ValueError as error:  # a number of more digits than Python takes
        raise NoJson(SYNTAX) from error
    if text.count("[") + text.count("{") > DEEPEST and _depth(value) > DEEPEST:
        raise NoJson(DEPTH)
    return value


LONG = 256_000
"""A text of more characters is read in many small steps: Python's fast reader lets nobody else work until it is done,
which for 16 MB of small values is a second."""


MOST_VALUES = 500_000
"""How many values a JSON text may hold: the slow reader takes half a second for them."""


def _decoded(data: bytes) -> str:
    if len(data) <= LONG:
        return data.decode("utf-8")
    decoder = getincrementaldecoder("utf-8")()
    steps = [decoder.decode(data[start : start + LONG]) for start in range(0, len(data), LONG)]
    return "".join([*steps, decoder.decode(b"", final=True)])


def _encode_all(value: Json) -> None:
    """Raises UnicodeEncodeError where a text in a value holds half a character."""
    found = [value]
    while found:
        one = found.pop()
        if isinstance(one, str):
            one.encode("utf-8")
        elif isinstance(one, list):
            found += one
        elif isinstance(one, dict):
            found += [*one, *one.values()]


def _holds_many(text: str) -> bool:
    """Whether a text holds more than `MOST_VALUES`, by the commas between its strings."""
    if text.count(",") <= MOST_VALUES:
        return False
    bare = text.replace("\\\\", "").replace('\\"', "")  # each quote that is left begins or ends a string
    commas = strings = at = 0
    while commas <= MOST_VALUES and strings <= 2 * MOST_VALUES:
        begin = bare.find('"', at)
        commas += bare.count(",", at, begin if begin >= 0 else len(bare))
        end = bare.find('"', begin + 1)
        if begin < 0 or end < 0:
            return commas > MOST_VALUES
        strings += 1
        at = end + 1
    return True


def _loaded(text: str) -> Json:
    if len(text) <= LONG:
        return json.loads(text, parse_constant=_no_number)
    if _holds_many(text):
        raise NoJson(MANY)
    patient = json.JSONDecoder(parse_constant=_no_number)
    patient.scan_once = py_make_scanner(patient)  # type: ignore[attr-defined]
    try:
        return patient.decode(text)
    except RecursionError:  # it goes half as deep as the other
        return json.loads(text, parse_constant=_no_number)


def _depth(value: Json) -> int:
    """How deep lists and objects nest in a value."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return depth


def pretty(body: bytes) -> bytes:
    """A JSON body as json_encode(..., JSON_PRETTY_PRINT) writes it."""
    value = json.loads(body, parse_float=_raw)
    return _finish(_indent(value)).encode()
