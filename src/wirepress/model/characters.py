"""Characters that do harm: halves of surrogate pairs, which UTF-8 cannot write, and what terminals obey."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")
_CONTROLS: Final = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")
"""What a terminal would obey and not show, but for tabs and ends of lines: feeds and readers write what is printed."""


def whole(text: str) -> str:
    """A text with U+FFFD for each half of a surrogate pair: JSON can spell one, headers that are no UTF-8 hold some."""
    return text if text.isascii() else _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def visible(text: str) -> str:
    """A text of which a terminal obeys nothing; lines that end in CRLF, as browsers send them, end in LF."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)
