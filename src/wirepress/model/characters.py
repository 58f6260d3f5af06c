"""Whole characters: no text that is kept or sent holds half a surrogate pair, which UTF-8 cannot write."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """A text with U+FFFD for each half of a surrogate pair: JSON can spell one, headers that are no UTF-8 hold some."""
    return text if text.isascii() else _HALF.sub("\N{REPLACEMENT CHARACTER}", text)
