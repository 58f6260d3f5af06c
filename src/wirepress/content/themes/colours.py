"""Colours as themes write them, and how well one can be read on another (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

READABLE = 4.5
"""The contrast that text of ordinary size needs."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def is_colour(text: str) -> bool:
    """Whether it is an opaque colour in hexadecimal digits, such as `#9b1c1c`; nothing else can be compared."""
    return _HEX.match(text) is not None


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(colour: str) -> float:
    """The relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    if value <= 0.04045:
        return value / 12.92
    return float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def is_bright(colour: str) -> bool:
    """Whether dark text stands on it better than light text."""
    return contrast(colour, "#000000") >= contrast(colour, "#ffffff")


def mixed(one: str, other: str, share: float) -> str:
    """The colour that lies between two, with so much of the other (0 to 1)."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
