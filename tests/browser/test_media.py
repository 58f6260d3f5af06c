"""The library with a real browser: sending files, cropping, and every screen at every width in both colours."""

from __future__ import annotations

import pyvips


def picture(width: int = 400, height: int = 300, seed: int = 0) -> bytes:
    """A picture in which every corner looks different."""
    image = pyvips.Image.xyz(width, height)
    across, down = image[0] * (255 / width), image[1] * (255 / height)
    bands = across.bandjoin([down, (across + down + 40 * seed) % 256])
    return bytes(bands.cast("uchar").copy(interpretation="srgb").write_to_buffer(".jpg"))
