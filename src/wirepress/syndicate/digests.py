"""By what a text is known again, whoever sends it."""

from __future__ import annotations

from hashlib import sha256

from wirepress.syndicate.parse.text import plain

FEWEST_WORDS = 40
"""Texts shorter than this are alike by chance (weather, results, obituaries)."""


def content_hash(*texts: str) -> str:
    """A digest of texts that white space and markup do not change."""
    said = "\0".join(plain(text) for text in texts)
    return sha256(said.encode("utf-8", "replace")).hexdigest()
