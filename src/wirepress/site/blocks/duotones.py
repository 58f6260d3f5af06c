"""Filters of two colours (duotone): an SVG filter for each that a text uses, and the rules that lay it over pictures.

The classes are in the content already.  WordPress prints filters and rules into the page; here they are made from the
same settings, behind the text and in the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.supports import duotone_of
from wirepress.render.colours import Colour, colour_of

_Steps = tuple[Colour, ...]

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


class _Filter(NamedTuple):
    """A filter: its id, its colours from dark to light, and the classes of the blocks that have it."""

    id: str
    steps: _Steps
    classes: Sequence[str]


def filters(blocks: Iterable[Block], html: str, whole: str = "") -> Filters:
    """The filters that a rendered text uses, made from its blocks; one whose colours are not known is left out.
    `whole` is the text of all blocks, where `html` is a part of it."""
    used = _used(html)
    written: dict[str, list[tuple[str, ...]]] = {}
    for block in blocks:
        duotone = duotone_of(block)
        if duotone is not None and duotone.name in used:
            written.setdefault(duotone.name, []).append(duotone.colours)
    every = _used(whole) if whole else used
    found = (
        one for name, colours in written.items() for one in _of_name(name, colours, used[name], every.get(name, ()))
    )
    drawn = list(islice(found, MOST))
    if not drawn:
        return Filters()
    shapes = "".join(_shape(one.id, one.steps) for one in drawn)
    hidden = 'style="position:absolute;width:0;height:0;overflow:hidden" aria-hidden="true" focusable="false"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {hidden}><defs>{shapes}</defs></svg>'
    return Filters(svg, "\n".join(map(_rule, drawn)))


def _of_name(
    name: str, colours: Sequence[tuple[str, ...]], used: Sequence[str], every: Sequence[str]
) -> Iterator[_Filter]:
    """The filters whose colours give the same name (`rgb(1, 11, 0)` and `rgb(11, 1, 0)` do): which is whose is told by
    the order of the blocks and of their classes, and not at all where there are more of these or fewer."""
    known = {given: _steps(given) for given in dict.fromkeys(colours)}
    apart = list(dict.fromkeys(known.values()))
    if len(apart) > 1 and len(colours) != len(every):
        return
    for number, steps in enumerate(apart, 1):
        if steps is None:
            continue
        classes = used
        if len(apart) > 1:
            own = {one for one, given in zip(every, colours, strict=True) if known[given] == steps}
            classes = [one for one in used if one in own]
        if classes:
            yield _Filter(name if number == 1 else f"{name}{number}", steps, classes)


def _steps(given: Sequence[str]) -> _Steps | None:
    steps = [colour_of(colour) for colour in given[:_MOST_STEPS]]
    known = tuple(step for step in steps if step is not None)
    return known if len(known) == len(steps) > 1 else None


def _used(html: str) -> Mapping[str, list[str]]:
    """The classes of filters in a text, by their names: as they are, and without the number of one without a preset."""
    found: dict[str, list[str]] = {}
    for name in list(dict.fromkeys(_CLASS.findall(html)))[:_MOST_CLASSES]:
        found.setdefault(name, []).append(name)
        if (bare := _NUMBER.sub("", name)) != name:
            found.setdefault(bare, []).append(name)
    return found


def _shape(name: str, steps: _Steps) -> str:
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


def _rule(drawn: _Filter) -> str:
    of_any = f":is({', '.join(f'.{one}' for one in drawn.classes)})"
    return f"{', '.join(picture.format(of_any) for picture in _PICTURES)} {{ filter: url(#{drawn.id}); }}"
