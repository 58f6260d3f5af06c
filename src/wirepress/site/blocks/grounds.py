"""Colours that a text's writer gave in a `style`: what is read on them, or what they are read on, is seen to.

A background without a colour for its text gets dark or light text, whichever can be read on it.  A colour for a text
without a background is shaded, for light screens and for dark ones, until it can be read on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wirepress.content.themes.theme import Theme
from wirepress.render.colours import BLACK, WHITE, Colour, colour_of, least, readable, text_on
from wirepress.site.blocks.markup import Element, Markup
from wirepress.site.blocks.presets import stops_of

CUES = ("color:", "color :", "background:", "background-image:")
"""A text without either has no colours of its own."""
_DECLARATION = re.compile(
    r"(?:^|;)\s*(color|background|background-color|background-image)\s*:\s*([^;]{1,2000})", re.IGNORECASE
)
_TEXT_COLOUR = re.compile(r"(?:^|;)\s*color\s*:[^;]*", re.IGNORECASE)
_TEXTLESS = frozenset(
    ("wp-block-cover__background", "wp-block-cover__gradient-background", "wp-block-separator", "wp-block-spacer")
)
_BACKGROUND_CLASS = re.compile(r"has-[a-z0-9-]+-(?:background-color|gradient-background)\Z")
_FAINT = 0.05


@dataclass(frozen=True, slots=True)
class Page:
    """What a text stands on, on a light screen and on a dark one: the page, and the boxes on it."""

    light: tuple[Colour, Colour]
    dark: tuple[Colour, Colour]

    @property
    def paper(self) -> Colour:
        """The page on a light screen."""
        return self.light[0]

    def shades(self, text: Colour) -> tuple[Colour, Colour]:
        """A text's colour as it can be read on the page, on a light screen and on a dark one."""
        light, dark = (readable(text, page, _away_from(page)) for page in (self.light, self.dark))
        return light, dark


def _away_from(page: Sequence[Colour]) -> Colour:
    """Black or white: towards which a colour can be read better on a page; a theme may be dark in both schemes."""
    return max((BLACK, WHITE), key=lambda one: least(one, page))


def page_of(theme: Theme) -> Page:
    """The page of a theme."""
    (light, boxes), (dark, dark_boxes) = (
        (colour_of(scheme.paper), colour_of(scheme.tint)) for _, scheme in theme.schemes
    )
    assert light is not None
    assert boxes is not None
    assert dark is not None
    assert dark_boxes is not None  # a theme's colours are read when it is
    return Page((light, boxes), (dark, dark_boxes))


def seen_to(markup: Markup, page: Page) -> None:
    """Has all text readable that stands on or has a colour of its writer's."""
    grounded: set[Element] = set()
    for element in markup.elements:
        style = element.tag.get("style")
        if not style or element.name == "hr" or element.classes & _TEXTLESS:
            continue
        given = {name.lower(): value for name, value in _DECLARATION.findall(style)}
        if not given:
            continue
        text = colour_of(given.get("color", ""))
        if grounds := _grounds(given):
            see_through = grounds[0].alpha < 1 and any(outer in grounded for outer in element.around())
            if not see_through:
                grounded.add(element)
                _stand(
                    element,
                    style,
                    [one.over(page.paper) for one in grounds],
                    is_glass=grounds[0].alpha < 1,
                    has_text="color" in given or "has-text-color" in element.classes,
                )
        elif text is not None and text.alpha >= _FAINT:
            _colour_text(element, style, text.over(WHITE), page)


def _grounds(given: Mapping[str, str]) -> list[Colour]:
    """The colours that a background goes through; none where it has none or is not known."""
    for name in ("background-image", "background", "background-color"):
        value = given.get(name, "")
        if "gradient(" in value:
            return stops_of(value)
        colour = colour_of(value)
        if colour is not None and colour.alpha >= _FAINT:
            return [colour]
    return []


def _stand(element: Element, style: str, opaque: Sequence[Colour], *, is_glass: bool, has_text: bool) -> None:
    """Gives an element on a background of its own the text that can be read on it; one that the page shines through
    (`is_glass`) is opaque from now on."""
    text, veil = text_on(opaque)
    element.tag.add_class("is-on-light" if text == BLACK else "is-on-dark")
    added = ""
    if len(opaque) == 1 and is_glass:
        added += f";background-color:{opaque[0].hex}"
    if veil and not has_text:
        shade = "255 255 255" if text == BLACK else "0 0 0"
        added += f";box-shadow:inset 0 0 0 100vmax rgb({shade}/{veil:g})"
    if added:
        element.tag.set("style", style.rstrip("; ") + added)


def _colour_text(element: Element, style: str, text: Colour, page: Page) -> None:
    """Has a text in a colour of its own readable where it stands: on a preset, on a button, or on the page."""
    if any(_BACKGROUND_CLASS.match(name) for name in element.classes):
        element.tag.add_class("is-written")
        return
    if "has-background" in element.classes:
        return
    if "wp-block-button__link" in element.classes and element.within("is-style-outline") is None:
        ground = max((BLACK, WHITE), key=lambda one: least(text, [one]))
        element.tag.set("style", f"{style.rstrip('; ')};background-color:{ground.hex}")
        return
    light, dark = page.shades(text)
    if light != dark:
        kept = _TEXT_COLOUR.sub("", style).strip("; ")
        added = f"--written:{text.hex};--on-light:{light.hex};--on-dark:{dark.hex}"
        element.tag.set("style", f"{kept};{added}".lstrip(";"))
        element.tag.add_class("is-shaded")
