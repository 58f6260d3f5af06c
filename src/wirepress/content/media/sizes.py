"""The sizes of pictures as WordPress names and computes them; arithmetic only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from wirepress.content.site import Site

BIG = 2560
"""Pictures with a longer side than this are scaled down to it (big_image_size_threshold)."""


@dataclass(frozen=True, slots=True)
class Size:
    """A registered size; `crop` fills it exactly."""

    name: str
    width: int
    height: int
    crop: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """What becomes of a picture at a size: the result, and the part of the picture that it shows."""

    width: int
    height: int
    left: int
    top: int
    from_width: int
    from_height: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of editing: `flip` (across, down), `rotate` (degrees, clockwise) or `crop` (left, top, width and height
    in percent)."""

    kind: Literal["flip", "rotate", "crop"]
    values: tuple[float, ...]


def sizes_of(site: Site) -> tuple[Size, ...]:
    """The sizes of a site, in the order in which WordPress makes and notes them (_wp_make_subsizes), those
    that its theme adds last."""

    def size(name: str, width: int, height: int) -> Size:
        measures = site.number(f"{name}_size_w", width), site.number(f"{name}_size_h", height)
        return Size(name, *measures, site.flag(f"{name}_crop"))

    return (
        size("medium", 300, 300),
        size("large", 1024, 1024),
        size("thumbnail", 150, 150),
        size("medium_large", 768, 0),
        Size("1536x1536", 1536, 1536),
        Size("2048x2048", 2048, 2048),
        *(Size(one.name, one.width, one.height, one.crop) for one in site.theme.images),
    )


def cut_to(width: int, height: int, size: Size) -> Cut | None:
    """What a picture becomes at a size; None when it is no larger already (image_resize_dimensions)."""
    if width <= 0 or height <= 0 or (size.width <= 0 and size.height <= 0):
        return None
    if size.crop:
        new_width, new_height = min(size.width, width), min(size.height, height)
        if not new_width:
            new_width = _rounded(new_height * width / height)
        if not new_height:
            new_height = _rounded(new_width * height / width)
        ratio = max(new_width / width, new_height / height)
        from_width, from_height = _rounded(new_width / ratio), _rounded(new_height / ratio)
        left, top = math.floor((width - from_width) / 2), math.floor((height - from_height) / 2)
    else:
        new_width, new_height = fitted(width, height, size.width, size.height)
        from_width, from_height, left, top = width, height, 0, 0
    if abs(new_width - width) <= 1 and abs(new_height - height) <= 1:
        return None
    return Cut(new_width, new_height, left, top, from_width, from_height)


def fitted(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """A picture's sides in a box, never enlarged; a side of 0 bounds nothing (wp_constrain_dimensions)."""
    if not most_width and not most_height:
        return width, height
    narrow = bool(most_width) and width > most_width
    low = bool(most_height) and height > most_height
    by_width = most_width / width if narrow else 1.0
    by_height = most_height / height if low else 1.0
    smaller, larger = min(by_width, by_height), max(by_width, by_height)
    too_big = _rounded(width * larger) > most_width or _rounded(height * larger) > most_height
    ratio = smaller if too_big else larger
    new_width, new_height = max(1, _rounded(width * ratio)), max(1, _rounded(height * ratio))
    # Rounding may leave a side one short of the box.
    if narrow and new_width == most_width - 1:
        new_width = most_width
    if low and new_height == most_height - 1:
        new_height = most_height
    return new_width, new_height


def _rounded(value: float) -> int:
    return math.floor(value + 0.5)
