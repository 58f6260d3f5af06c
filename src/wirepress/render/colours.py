"""Colours as writers of blocks give them, and which text can be read on them (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

READABLE: Final = 4.5
"""The contrast that text needs."""
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\Z")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)\Z")
_NUMBER = re.compile(r"([+-]?(?:\d{1,6}(?:\.\d{0,9})?|\.\d{1,9}))(%|deg)?\Z", re.ASCII)
_SCRIMS = tuple(step / 20 for step in range(1, 20))


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how opaque it is from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """The colour in hexadecimal digits, as if it were opaque."""
        return "#" + "".join(f"{round(part):02x}" for part in self[:3])

    @property
    def luminance(self) -> float:
        """The relative luminance, from 0 for black to 1 for white."""
        red, green, blue = (_linear(part / 255) for part in self[:3])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: Colour, share: float) -> Colour:
        """The colour that lies between two, with so much of the other (0 to 1)."""
        return Colour(*(mine + (theirs - mine) * share for mine, theirs in zip(self[:3], other[:3], strict=True)))

    def over(self, ground: Colour) -> Colour:
        """The opaque colour that shows where this one lies on another."""
        return ground.mixed(self, self.alpha)


BLACK: Final = Colour(0, 0, 0)
WHITE: Final = Colour(255, 255, 255)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two opaque colours, from 1 to 21."""
    dark, bright = sorted((one.luminance, other.luminance))
    return (bright + 0.05) / (dark + 0.05)


def least(text: Colour, grounds: Sequence[Colour]) -> float:
    """The contrast of a text with that of some colours which it is read worst on."""
    return min(contrast(text, ground) for ground in grounds)


def text_on(grounds: Sequence[Colour]) -> tuple[Colour, float]:
    """Black or white, whichever is read better on all of these colours, and how much of the other must lie over them
    (0 to 1) for it to be readable on each."""
    text, veil = max(((BLACK, WHITE), (WHITE, BLACK)), key=lambda pair: least(pair[0], grounds))
    for share in (0.0, *_SCRIMS):
        if least(text, [ground.mixed(veil, share) for ground in grounds]) >= READABLE:
            return text, share
    return text, 1.0


def readable(text: Colour, grounds: Sequence[Colour], towards: Colour) -> Colour:
    """The colour of a text, mixed with another until it can be read on all of these."""
    for share in (0.0, *_SCRIMS):
        mixed = text.mixed(towards, share)
        if least(mixed, grounds) >= READABLE:
            return mixed
    return towards


def colour_of(text: str) -> Colour | None:
    """A colour in hexadecimal digits, by its name, or as rgb() or hsl(); None for anything else."""
    text = text.strip().lower()
    if text == "transparent":
        return Colour(0, 0, 0, 0)
    if named := NAMES.get(text):
        text = f"#{named}"
    if found := _HEX.match(text):
        digits = found[1]
        if len(digits) < 6:
            digits = "".join(digit * 2 for digit in digits)
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        return Colour(red, green, blue, int(digits[6:8] or "ff", 16) / 255)
    function = _FUNCTION.match(text)
    return _computed(function[1], function[2]) if function else None


def _computed(kind: str, written: str) -> Colour | None:
    """What a function gives, with commas or without."""
    parts = [_NUMBER.match(part) for part in written.replace(",", " ").replace("/", " ").split()]
    if len(parts) not in (3, 4) or not all(parts):
        return None
    numbers = [(float(part[1]), part[2] or "") for part in parts if part is not None]
    alpha = 1.0
    if len(numbers) == 4:
        value, unit = numbers[3]
        alpha = _within(value / 100 if unit == "%" else value)
    if kind == "hsl":
        hue, saturation, light = (value for value, _ in numbers[:3])
        return _of_hue(hue, _within(saturation / 100), _within(light / 100), alpha)
    red, green, blue = (_within(value / (100 if unit == "%" else 255)) * 255 for value, unit in numbers[:3])
    return Colour(red, green, blue, alpha)


def _of_hue(hue: float, saturation: float, light: float, alpha: float) -> Colour:
    span = saturation * min(light, 1 - light)

    def part(offset: int) -> float:
        step = (offset + hue / 30) % 12
        return 255 * (light - span * max(-1.0, min(step - 3, 9 - step, 1.0)))

    return Colour(part(0), part(8), part(4), alpha)


def _within(value: float) -> float:
    return max(0.0, min(value, 1.0))


_NAMED = """
aliceblue:f0f8ff antiquewhite:faebd7 aqua:00ffff aquamarine:7fffd4 azure:f0ffff beige:f5f5dc bisque:ffe4c4
black:000000 blanchedalmond:ffebcd blue:0000ff blueviolet:8a2be2 brown:a52a2a burlywood:deb887 cadetblue:5f9ea0
chartreuse:7fff00 chocolate:d2691e coral:ff7f50 cornflowerblue:6495ed cornsilk:fff8dc crimson:dc143c cyan:00ffff
darkblue:00008b darkcyan:008b8b darkgoldenrod:b8860b darkgray:a9a9a9 darkgreen:006400 darkgrey:a9a9a9
darkkhaki:bdb76b darkmagenta:8b008b darkolivegreen:556b2f darkorange:ff8c00 darkorchid:9932cc darkred:8b0000
darksalmon:e9967a darkseagreen:8fbc8f darkslateblue:483d8b darkslategray:2f4f4f darkslategrey:2f4f4f
darkturquoise:00ced1 darkviolet:9400d3 deeppink:ff1493 deepskyblue:00bfff dimgray:696969 dimgrey:696969
dodgerblue:1e90ff firebrick:b22222 floralwhite:fffaf0 forestgreen:228b22 fuchsia:ff00ff gainsboro:dcdcdc
ghostwhite:f8f8ff gold:ffd700 goldenrod:daa520 gray:808080 green:008000 greenyellow:adff2f grey:808080
honeydew:f0fff0 hotpink:ff69b4 indianred:cd5c5c indigo:4b0082 ivory:fffff0 khaki:f0e68c lavender:e6e6fa
lavenderblush:fff0f5 lawngreen:7cfc00 lemonchiffon:fffacd lightblue:add8e6 lightcoral:f08080 lightcyan:e0ffff
lightgoldenrodyellow:fafad2 lightgray:d3d3d3 lightgreen:90ee90 lightgrey:d3d3d3 lightpink:ffb6c1
lightsalmon:ffa07a lightseagreen:20b2aa lightskyblue:87cefa lightslategray:778899 lightslategrey:778899
lightsteelblue:b0c4de lightyellow:ffffe0 lime:00ff00 limegreen:32cd32 linen:faf0e6 magenta:ff00ff maroon:800000
mediumaquamarine:66cdaa mediumblue:0000cd mediumorchid:ba55d3 mediumpurple:9370db mediumseagreen:3cb371
mediumslateblue:7b68ee mediumspringgreen:00fa9a mediumturquoise:48d1cc mediumvioletred:c71585
midnightblue:191970 mintcream:f5fffa mistyrose:ffe4e1 moccasin:ffe4b5 navajowhite:ffdead navy:000080
oldlace:fdf5e6 olive:808000 olivedrab:6b8e23 orange:ffa500 orangered:ff4500 orchid:da70d6 palegoldenrod:eee8aa
palegreen:98fb98 paleturquoise:afeeee palevioletred:db7093 papayawhip:ffefd5 peachpuff:ffdab9 peru:cd853f
pink:ffc0cb plum:dda0dd powderblue:b0e0e6 purple:800080 rebeccapurple:663399 red:ff0000 rosybrown:bc8f8f
royalblue:4169e1 saddlebrown:8b4513 salmon:fa8072 sandybrown:f4a460 seagreen:2e8b57 seashell:fff5ee
sienna:a0522d silver:c0c0c0 skyblue:87ceeb slateblue:6a5acd slategray:708090 slategrey:708090 snow:fffafa
springgreen:00ff7f steelblue:4682b4 tan:d2b48c teal:008080 thistle:d8bfd8 tomato:ff6347 turquoise:40e0d0
violet:ee82ee wheat:f5deb3 white:ffffff whitesmoke:f5f5f5 yellow:ffff00 yellowgreen:9acd32
"""
NAMES: Final = dict(pair.split(":") for pair in _NAMED.split())
"""The colours that have names in CSS (Color Module Level 4, 6.1), in hexadecimal digits."""
