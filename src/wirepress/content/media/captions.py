"""What people have written into a picture's file: IPTC fields and the alternative text of XMP, bounded in size."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

_MOST = 1 << 20
_LONGEST = 10_000
_RESOURCE = 0x0404
"""The resource of a Photoshop block that holds IPTC fields."""
_ALT = "Iptc4xmpCore:AltTextAccessibility>"
_LONGEST_ALT = 20_000
_ITEM = re.compile(r"<rdf:li\b([^>]{0,200})>([^<]{0,10000})</rdf:li>")


def iptc(block: bytes) -> Mapping[int, Sequence[str]]:
    """The texts of the application record (2) of a Photoshop block, by the number of their dataset."""
    found: dict[int, list[str]] = {}
    data, at = _fields(block[:_MOST]), 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        record, number, size = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5], "big")
        if size & 0x8000:  # an extended dataset: no text that we read is as long
            break
        if record == 2 and len(found) < 100:
            found.setdefault(number, []).append(_text(data[at + 5 : at + 5 + min(size, _LONGEST)]))
        at += 5 + size
    return found


def _fields(block: bytes) -> bytes:
    """The IPTC fields among the resources of a Photoshop block."""
    at = block.find(b"8BIM")
    while 0 <= at < len(block) - 11 and block[at : at + 4] == b"8BIM":
        kind = int.from_bytes(block[at + 4 : at + 6], "big")
        named = at + 7 + block[at + 6]
        start = named + (named - at) % 2
        size = int.from_bytes(block[start : start + 4], "big")
        if kind == _RESOURCE:
            return block[start + 4 : start + 4 + size]
        at = start + 4 + size + size % 2
    return b""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").strip(" \t\n\r\0\x0b")
    except UnicodeDecodeError:
        return data.decode("latin-1").strip(" \t\n\r\0\x0b")


def alternative(xmp: bytes, locale: str = "") -> str:
    """The alternative text that XMP holds: in a language, else the default one, else the first."""
    _, opened, rest = xmp[:_MOST].decode("utf-8", "replace").partition(f"<{_ALT}")
    block, closed, _ = rest.partition(f"</{_ALT}")
    if not opened or not closed:
        return ""
    texts = [(lang, html.unescape(text).strip()) for lang, text in _ITEM.findall(block[:_LONGEST_ALT])]
    languages = filter(None, (locale.replace("_", "-"), locale.partition("_")[0], "x-default"))
    tags = [f'"{language}"'.lower() for language in languages]
    named = [text for tag in tags for attributes, text in texts if tag in attributes.lower()]
    return next(iter((*named, *(text for _, text in texts))), "")
