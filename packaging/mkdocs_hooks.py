"""What the site of the documents takes out of its pages before they are read as Markdown."""

from __future__ import annotations

import re
from typing import Any

FENCE = re.compile(r"^(\s*```\w+) no-run\b", re.MULTILINE)
OUTSIDE = re.compile(r"\[([^\]\n]+)\]\(\.\./(?!\.\./)[^)\n]*\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """`no-run` is for the tests (tests/docs); files of the repository beside docs/ are no part of the site."""
    return OUTSIDE.sub(r"\1", FENCE.sub(r"\1", markdown))
