"""Colours as themes write them, and how well one can be read on another (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

from wirepress.render import colours
from wirepress.render.colours import BLACK, READABLE, WHITE, Colour, colour_of

__all__ = ["READABLE", "contrast", "is_bright", "is_colour", "mixed"]

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def is_colour(text: str) -> bool:
    """Whether it is an opaque colour in hexadecimal digits, such as `#9b1c1c`; nothing else can be compared."""
    return _HEX.match(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two such colours, from 1 to 21."""
    return colours.contrast(_read(one), _read(other))


def is_bright(colour: str) -> bool:
    """Whether dark text stands on it better than light text."""
    return colours.contrast(_read(colour), BLACK) >= colours.contrast(_read(colour), WHITE)


def mixed(one: str, other: str, share: float) -> str:
    """The colour that lies between two, with so much of the other (0 to 1)."""
    return _read(one).mixed(_read(other), share).hex


def _read(text: str) -> Colour:
    colour = colour_of(text)
    assert colour is not None  # see `is_colour`
    return colour
