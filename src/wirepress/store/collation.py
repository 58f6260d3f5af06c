"""Text compared as WordPress's database compares it: utf8mb4_unicode_520_ci.

That collation is the Unicode Collation Algorithm 5.2 with the default table's primary weights only (accents and
case do not count, punctuation does), character by character: no normalisation and no contractions; trailing spaces
do not count.  pyuca carries the table; MariaDB's `max_sort_length` bounds a key at 1,024 bytes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

_LINE: Final = re.compile(r"^([0-9A-F]{4,6}) +; ((?:\[[^\]]+\])+)", re.MULTILINE)
_PRIMARY: Final = re.compile(r"\[[.*]([0-9A-F]{4})")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_KEY_CHARACTERS: Final = 512
_MEMO: Final = 50_000
_UNIFIED: Final = frozenset(map(ord, "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"))


@cache
def _table() -> dict[int, str]:
    """The primary weights of each character that the table names, as a string of one character a weight."""
    text = (files("pyuca") / "allkeys-5.2.0.txt").read_text("utf-8")
    found = {}
    for code, elements in _LINE.findall(text):
        weights = [int(w, 16) for w in _PRIMARY.findall(elements)]
        found[int(code, 16)] = "".join(map(chr, filter(None, weights)))
    return found


def _weights(code: int) -> str:
    """The primary weights of a character; implicit ones (UCA 7.1.3) for what the table does not name."""
    known = _table().get(code)
    if known is not None:
        return known
    if 0x4E00 <= code <= 0x9FCB or code in _UNIFIED:
        base = 0xFB40
    elif 0x3400 <= code <= 0x4DB5 or 0x20000 <= code <= 0x2A6D6 or 0x2A700 <= code <= 0x2B734:
        base = 0xFB80
    else:
        base = 0xFBC0
    return chr(base + (code >> 15)) + chr(code & 0x7FFF | 0x8000)


class _Weights(dict[int, str]):
    """A translation table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        value = _weights(code)
        if len(self) < _MEMO:
            self[code] = value
        return value


@cache
def _representatives() -> dict[str, int]:
    """For each string of weights the character that stands for all that share it: ASCII first, small before large,
    controls last (a database may refuse NUL)."""
    best: dict[str, int] = {}
    for code, weights in _table().items():
        kept = best.get(weights)
        if kept is None or _rank(code) < _rank(kept):
            best[weights] = code
    return best


def _rank(code: int) -> tuple[bool, bool, int]:
    character = chr(code)
    return code < 0xA0 and not character.isprintable() and not character.isspace(), character.isupper(), code


class _Folded(dict[int, str]):
    """As `_Weights`, to the character that stands for all that compare equal."""

    def __missing__(self, code: int) -> str:
        known = _table().get(code)
        value = chr(code if known is None else _representatives()[known])
        if len(self) < _MEMO:
            self[code] = value
        return value


_WEIGHTS: Final = _Weights()
_FOLDED: Final = _Folded()


def sort_key(text: str) -> bytes:
    """The key that sorts and equals as the collation does."""
    weights = text.rstrip(" ")[: 2 * _KEY_CHARACTERS].translate(_WEIGHTS)
    return weights[:_KEY_CHARACTERS].encode("utf-16-be", "surrogatepass")


def fold(text: str) -> str:
    """The text with each character replaced by the one that stands for all it compares equal to.

    LIKE compares character by character under this collation, so `fold(a) in fold(b)` is what `b LIKE '%a%'`
    finds: `é` as `e`, but not `ß` as `ss`.
    """
    if text.isascii() and not _CONTROL.search(text):
        return text.lower()
    return text.translate(_FOLDED)
