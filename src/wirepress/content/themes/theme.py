"""What a theme is: its name, its colours, type and measures, the menus and pictures that it has places for, and its
files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

DEFAULT = "newspaper"
"""The theme that a site has until it chooses another, and that stands in for one that fails."""
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z")
OPTION = "wirepress_theme"
"""The option with the name of the site's theme."""
REVISION = "wirepress_theme_revision"
"""The option with the digest of the theme's files as they were when it was activated, and the epoch of that: activating
changes it each time, and so every process reads the files anew."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a scheme, each `#rrggbb`."""

    paper: str = field(metadata={"about": "what everything stands on"})
    tint: str = field(metadata={"about": "what boxes stand on"})
    ink: str = field(metadata={"about": "text"})
    soft: str = field(metadata={"about": "text that steps back: dates, captions"})
    rule: str = field(metadata={"about": "lines"})
    accent: str = field(metadata={"about": "kickers, links under the pointer, what is current"})


READ_ON = (
    ("ink", "paper"), ("ink", "tint"), ("soft", "paper"), ("soft", "tint"), ("accent", "paper"), ("accent", "tint"),
)  # fmt: skip
"""Which colours are read on which; each pair has to be readable."""


@dataclass(frozen=True, slots=True)
class Type:
    """Families of fonts and sizes of text, as CSS values."""

    serif: str = field(metadata={"about": "a family with serifs, and what stands in for it"})
    sans: str = field(metadata={"about": "a family without serifs, likewise"})
    text: str = field(metadata={"about": "`serif` or `sans`: what articles are set in"})
    headings: str = field(metadata={"about": "`serif` or `sans`: what headings are set in"})
    size: str = field(metadata={"about": "of text"})
    line: float = field(metadata={"about": "height of a line, in sizes of its text"})


@dataclass(frozen=True, slots=True)
class Spacing:
    """Measures, as CSS lengths."""

    gap: str = field(metadata={"about": "between columns, and beside the page"})
    measure: str = field(metadata={"about": "the longest line of text"})
    wide: str = field(metadata={"about": "what is wide: pictures over an article, wide blocks"})
    page: str = field(metadata={"about": "the whole page"})


@dataclass(frozen=True, slots=True)
class ImageSize:
    """A size that uploaded pictures are cut to as well; `crop` fills it exactly."""

    name: str
    width: int
    height: int = 0
    crop: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, read whole: a change of its folder is seen when it is read anew.

    `menus` are the places for menus with their labels, `settings` what the block editor is given over our own
    (theme.json), `templates` and `statics` the files by their paths under `templates/` and `static/`, `style` its own
    style, `revision` a digest of all files.
    """

    name: str
    title: str
    light: Colours
    dark: Colours
    type: Type
    spacing: Spacing
    description: str = ""
    version: str = ""
    author: str = ""
    menus: Mapping[str, str] = field(default_factory=dict)
    images: tuple[ImageSize, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    statics: Mapping[str, bytes] = field(default_factory=dict)
    style: str = ""
    revision: str = ""

    @property
    def schemes(self) -> tuple[tuple[str, Colours], ...]:
        """Both schemes by their names."""
        return ("light", self.light), ("dark", self.dark)


def names_of(table: type[Colours | Type | Spacing]) -> tuple[str, ...]:
    """The names that a table of theme.toml has."""
    return tuple(one.name for one in fields(table))
