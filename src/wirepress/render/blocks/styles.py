"""What a block's settings say of its looks, as classes and declarations (`wp_style_engine_get_styles`).

Only what the block's type supports counts.  A preset is a class, and where a setting names one, what was set beside it
does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wirepress.render.blocks.fluid import fluid_size
from wirepress.render.blocks.settings import at
from wirepress.render.blocks.types import is_left_to_the_block, supported, supports
from wirepress.render.css import clean_style
from wirepress.render.slugs import kebab

_PRESET = re.compile(r"var:preset\|([a-z-]+)\|(.+)\Z", re.ASCII)

_BARE_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+\Z")


class Looks(NamedTuple):
    """Classes and declarations, both in order."""

    classes: list[str]
    declarations: list[str]


class _Feature(NamedTuple):
    """A property: its name in the settings, in what a block supports, and in CSS; where it has presets, the setting
    that names one, the kind of the presets, and the class that says that there is one."""

    key: str
    support: str
    css: str
    preset: str = ""
    kind: str = ""
    form: str = ""
    mark: str = ""


_COLOURS = (
    _Feature("text", "text", "color", "textColor", "color", "has-{}-color", "has-text-color"),
    _Feature(
        "background", "background", "background-color", "backgroundColor", "color", "has-{}-background-color",
        "has-background",
    ),
    _Feature(
        "gradient", "gradients", "background", "gradient", "gradient", "has-{}-gradient-background", "has-background"
    ),
)  # fmt: skip
_LETTERS = (
    _Feature("fontSize", "fontSize", "font-size", "fontSize", "font-size", "has-{}-font-size"),
    _Feature("fontFamily", "__experimentalFontFamily", "font-family", "fontFamily", "font-family",
             "has-{}-font-family"),
    _Feature("fontStyle", "__experimentalFontStyle", "font-style"),
    _Feature("fontWeight", "__experimentalFontWeight", "font-weight"),
    _Feature("lineHeight", "lineHeight", "line-height"),
    _Feature("textColumns", "textColumns", "column-count"),
    _Feature("textDecoration", "__experimentalTextDecoration", "text-decoration"),
    _Feature("textIndent", "textIndent", "text-indent"),
    _Feature("textTransform", "__experimentalTextTransform", "text-transform"),
    _Feature("letterSpacing", "__experimentalLetterSpacing", "letter-spacing"),
    _Feature("writingMode", "__experimentalWritingMode", "writing-mode"),
)  # fmt: skip
_BORDERS = (
    _Feature("color", "color", "border-color", "borderColor", "color", "has-{}-border-color", "has-border-color"),
    _Feature("radius", "radius", "border-radius"),
    _Feature("style", "style", "border-style"),
    _Feature("width", "width", "border-width"),
)
PRESETS = frozenset(feature.preset for feature in (*_COLOURS, *_LETTERS, *_BORDERS) if feature.preset)
"""The settings that name a preset."""
_CORNERS = {"topLeft": "top-left", "topRight": "top-right", "bottomLeft": "bottom-left", "bottomRight": "bottom-right"}
_SIDES = ("top", "right", "bottom", "left")
_SIZES = (
    _Feature("aspectRatio", "aspectRatio", "aspect-ratio"),
    _Feature("height", "height", "height"),
    _Feature("minHeight", "minHeight", "min-height"),
    _Feature("width", "width", "width"),
)
_ALIGNMENTS = ("left", "center", "right")


def looks_of(name: str | None, settings: Mapping[str, Any]) -> Looks:
    """All that a block's outer element is to look like."""
    looks = Looks([], [])
    for part in (colours, letters, borders, spaces, sizes, shadow):
        found = part(name, settings)
        looks.classes.extend(found.classes)
        looks.declarations.extend(found.declarations)
    return looks


def colours(name: str | None, settings: Mapping[str, Any], *, outer: bool = True) -> Looks:
    """Text, background and gradient; `outer` leaves out what the block writes on an inner element, as below."""
    looks = Looks([], [])
    whole = supported(name, "color")
    if whole is not True and not isinstance(whole, Mapping):
        return looks
    for feature in _COLOURS:
        usual = feature.key != "gradient"
        is_meant = usual if whole is True else supports(name, "color", feature.support, default=usual)
        if is_meant and not (outer and is_left_to_the_block(name, "color", feature.support)):
            _show(looks, feature, settings, at(settings, "style", "color", feature.key))
    return looks


def letters(name: str | None, settings: Mapping[str, Any], *, outer: bool = True) -> Looks:
    """The font and how the text is set."""
    looks = Looks([], [])
    for feature in _LETTERS:
        is_left = outer and is_left_to_the_block(name, "typography", feature.key)
        if is_left or not supports(name, "typography", feature.support):
            continue
        value = at(settings, "style", "typography", feature.key)
        if feature.key == "fontSize":
            value = fluid_size(value) or value
        _show(looks, feature, settings, value)
    align = at(settings, "style", "typography", "textAlign")
    if align in _ALIGNMENTS and supports(name, "typography", "textAlign"):
        looks.classes.append(f"has-text-align-{align}")
    return looks


def borders(name: str | None, settings: Mapping[str, Any], *, outer: bool = True) -> Looks:
    """The border: its colour, corners, style and width, on all sides or on some."""
    looks = Looks([], [])
    group = "__experimentalBorder"
    meant = [
        feature
        for feature in _BORDERS
        if supports(name, group, feature.support) and not (outer and is_left_to_the_block(name, group, feature.key))
    ]
    for feature in meant:
        value = at(settings, "style", "border", feature.key)
        if feature.key == "radius" and isinstance(value, Mapping):
            for corner, css in _CORNERS.items():
                looks.declarations.extend(_declared(f"border-{css}-radius", value.get(corner)))
            continue
        if feature.key in ("radius", "width") and _is_bare_number(value):
            value = f"{value}px"
        _show(looks, feature, settings, value)
    for side in _SIDES if meant else ():
        for key in ("width", "color", "style"):
            value = at(settings, "style", "border", side, key)
            looks.declarations.extend(_declared(f"border-{side}-{key}", value, "color" if key == "color" else ""))
    return looks


def spaces(name: str | None, settings: Mapping[str, Any], *, outer: bool = True) -> Looks:
    """Padding and margin."""
    declarations: list[str] = []
    for key in ("padding", "margin"):
        if supports(name, "spacing", key) and not (outer and is_left_to_the_block(name, "spacing", key)):
            value = at(settings, "style", "spacing", key)
            if isinstance(value, Mapping):
                for side, part in value.items():
                    declarations.extend(_declared(f"{key}-{kebab(str(side))}", part, "spacing"))
            else:
                declarations.extend(_declared(key, value, "spacing"))
    return Looks([], declarations)


def sizes(name: str | None, settings: Mapping[str, Any], *, outer: bool = True) -> Looks:
    """Proportions, heights and widths."""
    looks = Looks([], [])
    for feature in _SIZES:
        is_meant = supports(name, "dimensions", feature.support)
        if is_meant and not (outer and is_left_to_the_block(name, "dimensions", feature.key)):
            _show(looks, feature, settings, at(settings, "style", "dimensions", feature.key))
    return looks


def shadow(name: str | None, settings: Mapping[str, Any], *, outer: bool = True) -> Looks:
    if not supports(name, "shadow") or (outer and is_left_to_the_block(name, "shadow")):
        return Looks([], [])
    return Looks([], list(_declared("box-shadow", at(settings, "style", "shadow"), "shadow")))


def _show(looks: Looks, feature: _Feature, settings: Mapping[str, Any], value: Any) -> None:
    """Adds what one property shows as."""
    named = settings.get(feature.preset) if feature.preset else None
    if isinstance(named, str) and named:
        value = f"var:preset|{feature.kind}|{named}"
    if feature.mark and value and feature.mark not in looks.classes:
        looks.classes.append(feature.mark)
    preset = _PRESET.match(value) if isinstance(value, str) and feature.form else None
    if preset is not None and preset[1] == feature.kind and (named or feature.key != "fontFamily"):
        looks.classes.append(feature.form.format(kebab(preset[2])))
    else:
        looks.declarations.extend(_declared(feature.css, value, feature.kind))


def _is_bare_number(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_BARE_NUMBER.match(value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _declared(css: str, value: Any, kind: str = "") -> Iterator[str]:
    """A declaration, if it is a safe one; a preset has to be of the property's own kind."""
    if not isinstance(value, str) or not value:
        return
    if "var:" in value:
        preset = _PRESET.match(value)
        if preset is None or preset[1] != kind:
            return
        value = f"var(--wp--preset--{kind}--{kebab(preset[2])})"
    if declaration := clean_style(f"{css}:{value}"):
        yield declaration
