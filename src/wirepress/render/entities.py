"""Character references: escaping for text and attributes, normalising, turning names into numbers and back."""

import re
from collections.abc import Iterable
from html.entities import name2codepoint

_SPECIAL = re.compile(r"[&<>\"']")
_ESCAPES = (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#039;"))

_REFERENCE = re.compile(
    r"&(?:([A-Za-z]{2,8}[0-9]{0,2});|#(0*[1-9][0-9]{0,6});|#[Xx](0*[1-9A-Fa-f][0-9A-Fa-f]{0,5});)?", re.ASCII
)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);|\|", re.ASCII)
_OLD_NAMES = {"brkbar": 166, "die": 168, "hibar": 175}
_NUMBERS = {**name2codepoint, **_OLD_NAMES}
_BAR = f"&#{ord('|')};"

_BASIC = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "60": "<", "62": ">", "38": "&", "x26": "&"}
_DOUBLE = {"&quot;": '"', "34": '"', "x22": '"'}
_SINGLE = {"39": "'", "x27": "'"}
_SPECIAL_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot);|&#0*+(3[489]|6[02]);|&#[xX]0*+(2[267]);", re.ASCII)

_INVALID_NUMBERS = re.compile(r"&#(1(?:2[89]|[345][0-9]));")
_WINDOWS_1252 = {
    str(code): f"&#{ord(char)};" if (char := bytes((code,)).decode("cp1252", "ignore")) else ""
    for code in range(128, 160)
}


def escape_html(text: str) -> str:
    """Safe as text between tags; references that are there already stay (`esc_html`)."""
    if not _SPECIAL.search(text):
        return text
    # `&apos;` is a known reference, but none of the HTML that PHP escapes for
    return each_replaced(normalize_entities(text).replace("&apos;", "&amp;apos;"), _ESCAPES)


def each_replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The text with signs replaced, one kind after the other.  `str.translate` does the same, ten times as slow where
    what it puts in is longer, and lets no other thread work meanwhile."""
    for sign, written in pairs:
        text = text.replace(sign, written)
    return text


def escape_attribute(text: str) -> str:
    """Safe as a quoted attribute value; references that are there already stay (`esc_attr`)."""
    return escape_html(text)


def normalize_entities(text: str) -> str:
    """Every `&` becomes `&amp;`, except where it begins a known reference (`wp_kses_normalize_entities`)."""
    return _REFERENCE.sub(_normalized, text) if "&" in text else text


def _normalized(found: re.Match[str]) -> str:
    named, number, hexadecimal = found.groups()
    if named and (named in name2codepoint or named == "apos"):
        return found[0]
    if number and _is_character(int(number)):
        return f"&#{number.lstrip('0'):0>3};"
    if hexadecimal and _is_character(int(hexadecimal, 16)):
        return f"&#x{hexadecimal.lstrip('0')};"
    return f"&amp;{found[0][1:].replace('#X', '#x', 1)}"


def _is_character(code: int) -> bool:
    """A code point that XML allows (`valid_unicode`)."""
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def numeric_entities(text: str) -> str:
    """Named references of HTML 4 and the vertical bar as numbers, for XML (`ent2ncr`)."""
    if "&" not in text and "|" not in text:
        return text
    return _NAMED.sub(_numbered, text)


def _numbered(found: re.Match[str]) -> str:
    if found[1] in _NUMBERS:
        return f"&#{_NUMBERS[found[1]]};"
    return found[0] if found[1] else _BAR


def unescape_special(text: str, *, double: bool = False, single: bool = False) -> str:
    """Turns `&lt;`, `&gt;`, `&amp;` and, where asked, quotes back into signs, once (`wp_specialchars_decode`)."""
    if "&" not in text:
        return text
    signs = dict(_BASIC)
    if double:
        signs |= _DOUBLE
    if single:
        signs |= _SINGLE

    def sign(found: re.Match[str]) -> str:
        key = f"x{found[2]}" if found[2] else found[1] or found[0]
        return signs.get(key, found[0])

    return _SPECIAL_REFERENCE.sub(sign, text)


def repair_invalid_entities(text: str) -> str:
    """Numbers 128 to 159, which Windows once wrote, as the characters that were meant (`convert_invalid_entities`)."""
    if "&#1" not in text:
        return text
    return _INVALID_NUMBERS.sub(lambda found: _WINDOWS_1252.get(found[1], found[0]), text)


_LONE_AMPERSAND = re.compile(r"&([^#])(?![a-zA-Z1-4]{1,8};)", re.ASCII)


def convert_chars(text: str) -> str:
    """A lone `&` as `&#038;` (`convert_chars`)."""
    return _LONE_AMPERSAND.sub(r"&#038;\1", text) if "&" in text else text
