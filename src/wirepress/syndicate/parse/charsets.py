"""Which characters a feed's bytes are.

What is declared is often wrong; what the bytes can be is not.  Text of another charset is hardly ever valid UTF-8, so
whatever is, is taken for it; only then do declarations decide, and of several that which leaves nothing undecodable.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from w3lib.encoding import http_content_type_encoding, resolve_encoding

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK: Final = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_BLANK: Final = b" \t\r\n"
_DECLARATION: Final = re.compile(
    rb"""<\?xml\b[^<>]{0,200}?\bencoding\s{0,10}=\s{0,10}["']\s{0,10}([\w.:-]{1,40})""", re.IGNORECASE
)
_HEAD: Final = 2_000
# Escape sequences in seven bits: valid UTF-8, but something else.
_STATEFUL: Final = re.compile(r"iso-?2022|^hz|utf-?7", re.IGNORECASE)
_PAIRS: Final = re.compile(r"^(?:gb|big5|euc|cp949|cp932|shift|ms_?kanji|johab)", re.IGNORECASE)
_FEW: Final = 4
"""Characters of several bytes that a text in pairs of bytes may hold by chance and still be valid UTF-8."""


def declared_charset(content_type: str) -> str:
    """The charset that a Content-Type header names, if it is one that is known; else the empty string."""
    name = http_content_type_encoding(content_type) or ""
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return str(name)


def feed_text(body: bytes, content_type: str = "") -> str:
    """A feed's bytes as text: by its byte order mark, by what is valid, by its header and its XML declaration."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name + _order(mark, name), "replace")
    start = body[:_HEAD].lstrip(_BLANK)[:4]
    for begins, name in _WITHOUT_MARK:
        if start.startswith(begins):
            return body.decode(name, "replace")
    named = list(_named(body, content_type))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _other(body, named)
    return _unless_declared(text, body, named)


def _order(mark: bytes, name: str) -> str:
    if name == "utf-8":
        return ""
    return "-le" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else "-be"


def _named(body: bytes, content_type: str) -> Iterator[str]:
    """The charsets that are declared: by the header (RFC 7303, section 3), by the document."""
    declaration = _DECLARATION.search(body[:_HEAD])
    inside = declaration[1].decode("ascii", "replace") if declaration else ""
    for name in (declared_charset(content_type), inside):
        known = resolve_encoding(name) if name else None
        # Whoever names UTF-16 in one byte a character does not write it.
        if known and not known.startswith(("utf-16", "utf-32")):
            yield known


def _unless_declared(text: str, body: bytes, named: list[str]) -> str:
    """Valid UTF-8, unless a charset is declared in which that says little."""
    declared = named[-1] if named else ""
    in_seven_bits = _STATEFUL.search(declared) is not None and any(mark in body for mark in (b"\x1b", b"~{", b"+"))
    by_chance = _PAIRS.search(declared) is not None and 0 < sum(1 for one in text if one > "\x7f") < _FEW
    return (_decoded(body, declared) or text) if in_seven_bits or by_chance else text


def _other(body: bytes, named: list[str]) -> str:
    """What is not valid UTF-8 throughout: UTF-8 with a few wrong bytes, a declared charset that fits, or Latin."""
    right = body.decode("utf-8", "ignore")
    wide = sum(1 for character in right if character > "\x7f")
    wrong = len(body) - len(right.encode())
    if wide > 2 * wrong:
        return body.decode("utf-8", "wirepress.latin")
    others = [name for name in named if name != "utf-8"] or ["cp1252"]
    return next(filter(None, (_decoded(body, name) for name in others)), "") or body.decode(others[0], "replace")


def _decoded(body: bytes, name: str) -> str:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return ""


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are wrong in UTF-8, as the charset that most of them come from (a codecs error handler)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("wirepress.latin", _latin)
