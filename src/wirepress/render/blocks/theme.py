"""What block rendering asks of a theme: sizes, gaps and style variations, as facts.

They are those of WordPress's default theme, so that the classes and hashes come out as on a site that runs it.
"""

from __future__ import annotations

from typing import Final

WIDE_SIZE: Final = "1340px"
BLOCK_GAP: Final = "1.2rem"
BLOCK_GAPS: Final = {
    "core/columns": "var(--wp--preset--spacing--50)",
    "core/buttons": "16px",
    "core/quote": "var(--wp--preset--spacing--30)",
}

_SECTIONS = ("section-1", "section-2", "section-3", "section-4", "section-5")
_TEXTS = ("text-annotation", "text-display", "text-subtitle")
STYLE_VARIATIONS: Final = {
    "core/button": ("outline",),
    "core/column": _SECTIONS,
    "core/columns": _SECTIONS,
    "core/group": _SECTIONS,
    "core/heading": _TEXTS,
    "core/image": ("rounded",),
    "core/paragraph": _TEXTS,
    "core/post-terms": ("post-terms-1",),
    "core/quote": ("plain",),
    "core/separator": ("wide",),
}

DUOTONES: Final = {
    "blue-orange": ("#1900d8", "#ffa96b"),
    "blue-red": ("#000097", "#ff4747"),
    "dark-grayscale": ("#000000", "#7f7f7f"),
    "grayscale": ("#000000", "#ffffff"),
    "ink-paper": ("#1b1a18", "#fffdf9"),
    "magenta-yellow": ("#c7005a", "#fff278"),
    "midnight": ("#000000", "#00a5ff"),
    "purple-green": ("#a60072", "#67ff66"),
    "purple-yellow": ("#8c00b7", "#fcff41"),
}
"""The filters of two colours that have names: of what is dark in a picture, and of what is light.  `ink-paper` is
our own (content/themes/styles.json), the others are WordPress's."""

MIN_FONT_PX: Final = 14
MIN_VIEWPORT_PX: Final = 320
ROOT_PX: Final = 16
