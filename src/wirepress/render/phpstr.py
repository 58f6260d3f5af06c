"""String primitives as PHP has them, because recorded output depends on their exact edges.

PHP's functions see bytes, so white space, case and digits mean ASCII only. Every regular expression of this room is
compiled with `re.ASCII` for the same reason.
"""

import re
import string

TRIMMED = " \t\n\r\0\x0b"
"""What PHP's `trim` takes off (no form feed)."""

SPACES = r"[\r\n\t \xa0]|&nbsp;"
"""One white space as WordPress counts it between words (`wp_spaces_regexp`)."""

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_C_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.)|\Z)", re.ASCII | re.DOTALL)
_C_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "v": "\v", "b": "\b", "f": "\f"}
_SLASHED = re.compile(r"['\"\\\0]")


def trim(text: str) -> str:
    """PHP's `trim`."""
    return text.strip(TRIMMED)


_PIECE = re.compile(rb"[0-9]+|[^0-9 \t\n\r\v\f]")


def natural(text: str) -> list[tuple[int, int]]:
    """What texts are compared by in a natural order: numbers in them by their values, all else by its bytes, without
    case or blanks (PHP's `strnatcasecmp`)."""
    pieces = _PIECE.findall(text.encode("utf-8", "surrogatepass").lower())
    return [(0x30, int(piece[-400:])) if piece.isdigit() else (piece[0], 0) for piece in pieces]


def lower(text: str) -> str:
    """PHP 8's `strtolower`: ASCII letters only."""
    return text.translate(_LOWER)


def utf8(text: str) -> bytes:
    """UTF-8 of any str; a lone surrogate becomes a question mark, as bytes that are no text have no other form."""
    return text.encode("utf-8", "replace")


def byte_length(text: str) -> int:
    """PHP's `strlen`."""
    return len(text) if text.isascii() else len(utf8(text))


def add_slashes(text: str) -> str:
    r"""PHP's `addslashes` (`wp_slash` of a string): a backslash before ' " \ and NUL."""
    return _SLASHED.sub(lambda found: "\\0" if found[0] == "\0" else "\\" + found[0], text)


def strip_c_slashes(text: str) -> str:
    r"""PHP's `stripcslashes`: `\n`, `\x41`, `\101` become characters, any other backslash goes."""
    return _C_ESCAPE.sub(_c_character, text) if "\\" in text else text


def _c_character(found: re.Match[str]) -> str:
    if found[1] is not None:
        return chr(int(found[1], 16))
    if found[2] is not None:
        return chr(int(found[2], 8) & 0xFF)
    return _C_NAMED.get(found[3], found[3] or "")


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def replaced_while_closed(pattern: re.Pattern[str], replacement: str, text: str, closer: str = ">") -> str:
    """`pattern.sub` for a pattern that needs `closer`, tried only where one still follows.

    A pattern such as `<tag[^>]*>` scans to the end from each of its starts once no `>` is left; leaving that tail out
    keeps the work linear and changes no match. White space after the last closer belongs to the part that is searched.
    """
    end = text.rfind(closer) + len(closer)
    if end < len(closer):
        return text
    while end < len(text) and text[end].isspace():
        end += 1
    return pattern.sub(replacement, text[:end]) + text[end:]
