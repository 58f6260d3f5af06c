"""The block patterns of a newsroom: pieces of an article or a page that editors put in and fill.

`patterns.toml` names them in the order of the inserter, and a file of the same name holds the blocks of each.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as WordPress's registry keeps it (register_block_pattern)."""

    name: str
    title: str
    content: str
    description: str
    categories: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    block_types: tuple[str, ...] = ()
    post_types: tuple[str, ...] = ()
    viewport_width: int = 0
    """Pixels of the preview's width; 0 leaves it to the editor."""


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in the order of the inserter."""
    folder = resources.files(__name__)
    listed = tomllib.loads(folder.joinpath("patterns.toml").read_text("utf-8"))
    return tuple(
        Pattern(
            name=f"wirepress/{slug}",
            title=facts["title"],
            content=folder.joinpath(f"{slug}.html").read_text("utf-8").strip(),
            description=facts["description"],
            categories=tuple(facts["categories"]),
            keywords=tuple(facts.get("keywords", ())),
            block_types=tuple(facts.get("block_types", ())),
            post_types=tuple(facts.get("post_types", ())),
            viewport_width=facts.get("viewport_width", 0),
        )
        for slug, facts in listed.items()
    )
