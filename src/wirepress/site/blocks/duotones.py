"""Filters of two colours (duotone): an SVG filter for each that a text uses, and the rules that lay it over pictures.

The classes are in the content already.  WordPress prints filters and rules into the page; here they are made from the
same settings, behind the text and in the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.supports import duotone_of
from wirepress.render.colours import Colour, colour_of

CUE = "wp-duotone-"
"""A text without it has no filter."""
MOST = 50
"""Filters that a text may have."""
_MOST_STEPS = 16
"""Colours of one filter."""
_CLASS = re.compile(r"\bwp-duotone-[a-z0-9_-]{1,200}")
_NUMBER = re.compile(r"\d+\Z", re.ASCII)
_MOST_CLASSES = 400
_PICTURES = (
    ".content {}:not(.wp-block-cover) img",
    ".content {} > :is(.wp-block-cover__image-background, .wp-block-cover__video-background)",
)
_GREY = ".299 .587 .114 0 0 " * 3
"""Red, green and blue all become how bright a point is (Rec. 601)."""


class Filters(NamedTuple):
    """The filters of a text, to stand behind it, and their rules for the head of its page."""

    svg: str = ""
    style: str = ""


def filters(blocks: Iterable[Block], html: str) -> Filters:
    """The filters that a rendered text uses, made from its blocks; one whose colours are not known is left out."""
    used = _used(html)
    colours: dict[str, Sequence[Colour]] = {}
    for block in blocks:
        duotone = duotone_of(block)
        if duotone is None or duotone.name in colours or duotone.name not in used:
            continue
        steps = [colour_of(colour) for colour in duotone.colours[:_MOST_STEPS]]
        known = [step for step in steps if step is not None]
        if len(known) == len(steps) > 1:
            colours[duotone.name] = known
        if len(colours) == MOST:
            break
    if not colours:
        return Filters()
    drawn = "".join(_filter(name, steps) for name, steps in colours.items())
    hidden = 'style="position:absolute;width:0;height:0;overflow:hidden" aria-hidden="true" focusable="false"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {hidden}><defs>{drawn}</defs></svg>'
    return Filters(svg, "\n".join(_rules({name: used[name] for name in colours})))


def _used(html: str) -> Mapping[str, list[str]]:
    """The classes of filters in a text, by their names: as they are, and without the number of one without a preset."""
    found: dict[str, list[str]] = {}
    for name in list(dict.fromkeys(_CLASS.findall(html)))[:_MOST_CLASSES]:
        found.setdefault(name, []).append(name)
        if (bare := _NUMBER.sub("", name)) != name:
            found.setdefault(bare, []).append(name)
    return found


def _filter(name: str, steps: Sequence[Colour]) -> str:
    """Takes the colours of a picture away, and gives each brightness the colour that lies there between the steps."""
    channels = zip("RGBA", zip(*steps, strict=True), strict=True)
    tables = "".join(
        f'<feFunc{channel} type="table" tableValues="{" ".join(_share(value, channel) for value in values)}"/>'
        for channel, values in channels
    )
    return (
        f'<filter id="{name}" color-interpolation-filters="sRGB">'
        f'<feColorMatrix type="matrix" values="{_GREY}.299 .587 .114 0 0"/>'
        f"<feComponentTransfer>{tables}</feComponentTransfer>"
        '<feComposite in2="SourceGraphic" operator="in"/></filter>'
    )


def _share(value: float, channel: str) -> str:
    return f"{value if channel == 'A' else value / 255:.4g}"


def _rules(classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, found in classes.items():
        of_any = f":is({', '.join(f'.{one}' for one in found)})"
        yield f"{', '.join(picture.format(of_any) for picture in _PICTURES)} {{ filter: url(#{name}); }}"
