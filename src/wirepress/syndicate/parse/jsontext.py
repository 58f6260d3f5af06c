"""JSON of others: as it is written, but for halves of characters."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from wirepress.model.characters import whole

_PAIR: Final = r"u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE: Final = re.compile(rf"\\(?:{_PAIR}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{{2}})|.)", re.DOTALL)


def value_of(text: str | bytes, *, strict: bool = True) -> Any:
    r"""What a text of JSON holds, U+FFFD for each half of a surrogate pair (`"\ud83d"` without its other half), in keys
    too.  `strict` False takes line ends and other controls in strings.

    Raises ValueError for what is no JSON, RecursionError for what is nested too deeply.
    """
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "replace")
    text = whole(text)
    if "\\ud" in text or "\\uD" in text:
        text = _ESCAPE.sub(lambda escape: r"\ufffd" if escape["half"] else escape[0], text)
    return json.loads(text, strict=strict)
