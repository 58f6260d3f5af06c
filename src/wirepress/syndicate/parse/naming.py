"""A name for what has none."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

LONGEST_ID: Final = 2_000


def named_by_content(title: str, summary: str) -> str:
    """A name that holds as long as an entry says the same."""
    said = f"{title}\n{summary}".encode("utf-8", "replace")
    return f"urn:sha256:{sha256(said).hexdigest()}"
