"""Font sizes that grow with the window (`wp_get_typography_font_size_value`)."""

from __future__ import annotations

import math
import re
from typing import Any

from wirepress.render.blocks import theme

_LARGEST = 10_000
_SIZE = re.compile(r"(\d*\.?\d+)(px|em|rem)\Z", re.ASCII)


def fluid_size(size: Any) -> str | None:
    """The `clamp()` of a custom font size, None where it stays as it is."""
    found = _SIZE.match(f"{size}px" if isinstance(size, int | float) else str(size))
    if not found:
        return None
    value, unit = float(found[1]), found[2]
    root = theme.ROOT_PX
    scale = 1 if unit == "px" else root
    pixels, limit = value * scale, theme.MIN_FONT_PX / scale
    if not theme.MIN_FONT_PX < pixels < _LARGEST:
        return None
    factor = min(max(1 - 0.075 * math.log2(pixels), 0.25), 0.75)
    smallest = max(_round(value * factor), limit)
    minimum_rem = _round(smallest / root) if unit == "px" else smallest
    wide = int(theme.WIDE_SIZE.removesuffix("px"))
    step = theme.MIN_VIEWPORT_PX / 100
    slope = 100 * ((pixels - smallest * scale) / (wide - theme.MIN_VIEWPORT_PX))
    factor_text = _number(_round(slope) or 1)
    return (
        f"clamp({_number(smallest)}{unit}, {_number(minimum_rem)}rem + ((1vw - {_number(step)}px) * {factor_text}), "
        f"{_number(value)}{unit})"
    )


def _round(value: float) -> float:
    return math.floor(value * 1000 + 0.5) / 1000


def _number(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")
