"""The presets that blocks name - colours, gradients, sizes, spaces, shadows - as custom properties and classes.

The theme's own colours follow the scheme of the reader's screen.  Every other colour is a writer's: what stands on it
is dark or light whatever the scheme, so that it can be read, and a text in such a colour is shaded until it can be read
on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wirepress.content.themes.css import is_whole
from wirepress.render.blocks.settings import at, mapping
from wirepress.render.colours import BLACK, WHITE, Colour, colour_of, least, readable, text_on
from wirepress.render.slugs import kebab

FOLLOWING: Final = ("paper", "ink", "accent", "soft", "rule", "tint")
"""The theme's colours, each a custom property of the site's style."""
ALIASES: Final = {
    "base": "paper", "background": "paper", "contrast": "ink", "foreground": "ink", "primary": "accent",
    "secondary": "soft", "tertiary": "tint", "accent-4": "soft", "accent-5": "tint", "accent-6": "rule",
}  # fmt: skip
"""Which of them stand for the colours of WordPress's themes, which imported articles name."""
LIGHT: Final = {
    "paper": "#fffdf9", "tint": "#f4f0e8", "ink": "#1b1a18", "soft": "#5f5b54", "rule": "#d9d3c7", "accent": "#9b1c1c",
}  # fmt: skip
"""What they are where the settings do not say it."""
_INVERSE: Final = ("ink", "accent", "soft")
"""Colours that the page's own colour is read on."""
DARK: Final = {
    "paper": "#161513", "tint": "#23211e", "ink": "#e9e5dc", "soft": "#a8a297", "rule": "#3b3833", "accent": "#f0938a",
}  # fmt: skip
"""The theme's colours on a dark screen."""
COLOURS: Final = {
    "black": "#000000", "cyan-bluish-gray": "#abb8c3", "white": "#ffffff", "pale-pink": "#f78da7",
    "vivid-red": "#cf2e2e", "luminous-vivid-orange": "#ff6900", "luminous-vivid-amber": "#fcb900",
    "light-green-cyan": "#7bdcb5", "vivid-green-cyan": "#00d084", "pale-cyan-blue": "#8ed1fc",
    "vivid-cyan-blue": "#0693e3", "vivid-purple": "#9b51e0", "accent-1": "#ffee58", "accent-2": "#f6cff4",
    "accent-3": "#503aa8",
}  # fmt: skip
"""WordPress's own palette, and the fixed colours of its default theme."""
GRADIENTS: Final = {
    "vivid-cyan-blue-to-vivid-purple": "#0693e3,#9b51e0",
    "light-green-cyan-to-vivid-green-cyan": "#7adcb4,#00d082",
    "luminous-vivid-amber-to-luminous-vivid-orange": "#fcb900,#ff6900",
    "luminous-vivid-orange-to-vivid-red": "#ff6900,#cf2e2e",
    "very-light-gray-to-cyan-bluish-gray": "#eeeeee,#a9b8c3",
    "cool-to-warm-spectrum": "#4aeadc,#9778d1,#cf2aba,#ee2c82,#fb6962,#fef84c",
    "blush-light-purple": "#ffceec,#9896f0",
    "blush-bordeaux": "#fecda5,#fe2d2d,#6b003e",
    "luminous-dusk": "#ffcb70,#c751c0,#4158d0",
    "pale-ocean": "#fff5cb,#b6e3d4,#33a7b5",
    "electric-grass": "#caf880,#71ce7e",
    "midnight": "#020381,#2874fc",
}
"""WordPress's own gradients, by the colours that each goes through at 135 degrees."""
FONT_SIZES: Final = {"small": "0.875rem", "medium": "1.1rem", "large": "1.4rem", "x-large": "1.8rem",
                     "xx-large": "2.2rem", "huge": "2.6rem", "normal": "1rem"}  # fmt: skip
SHADOWS: Final = {
    "natural": "6px 6px 9px rgb(0 0 0/.2)", "deep": "12px 12px 50px rgb(0 0 0/.4)",
    "sharp": "6px 6px 0 rgb(0 0 0/.2)", "outlined": "6px 6px 0 -3px #fff,6px 6px #000", "crisp": "6px 6px 0 #000",
}  # fmt: skip
SPACES: Final = {"10": "0.25rem", "80": "clamp(3.4rem, 8vw, 5rem)"}
"""Steps of WordPress's spacing that the theme has none of."""
_STOP = re.compile(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl)a?\([^()]{1,80}\)")
_SLUG = re.compile(r"[a-z0-9-]{1,60}\Z")
_SAFE = re.compile(r"[^{}<>;@\\]{1,600}\Z")
_MOST: Final = 100
"""Presets of one kind that are shown."""

Presets = Mapping[str, str]


@dataclass(slots=True)
class Grounds:
    """Classes of backgrounds, by what can be read on them; `veiled` have a veil over them (white or black, and how
    much of it)."""

    dark_text: list[str] = field(default_factory=list)
    light_text: list[str] = field(default_factory=list)
    veiled: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, name: str, value: str, colours: list[Colour]) -> None:
        """Sorts a class in whose background goes through these colours."""
        text, veil = text_on(colours)
        (self.dark_text if text == BLACK else self.light_text).append(name)
        if veil:
            self.veiled.append((name, value, veil))


def stylesheet(settings: Mapping[str, Any], dark: Mapping[str, str] = DARK) -> str:
    """The part of the style for the presets of a theme's settings (theme.json, version 3) and for WordPress's own;
    `dark` are the theme's colours on a dark screen."""
    colours = COLOURS | dict(listed(settings, "color", "palette", "color"))
    given = {slug: colours.pop(slug, "") for slug in FOLLOWING}
    light = {slug: value if colour_of(value) else LIGHT[slug] for slug, value in given.items()}
    light |= {alias: light[slug] for alias, slug in ALIASES.items() if alias not in colours}
    gradients = {slug: f"linear-gradient(135deg,{stops})" for slug, stops in GRADIENTS.items()}
    gradients |= dict(listed(settings, "color", "gradients", "gradient"))
    grounds = Grounds()
    for slug, value in colours.items():
        if (colour := colour_of(value)) is not None:
            grounds.add(f".has-{slug}-background-color", f"var(--wp--preset--color--{slug})", [colour])
    for slug, value in gradients.items():
        if stops := stops_of(value):
            grounds.add(f".has-{slug}-gradient-background", f"var(--wp--preset--gradient--{slug})", stops)
    names = properties(settings, colours, gradients, light)
    rules = [
        rule(":root", names),
        *following(light),
        *fixed(colours, grounds, light),
        *shaded(colours, grounds, light, dark),
        *classes(names, colours),
    ]
    made = "\n".join(rules)
    return f"/* The presets of blocks: made from the theme's settings (site/blocks/presets.py) */\n\n{made}\n"


def listed(settings: Mapping[str, Any], kind: str, group: str, key: str) -> Iterator[tuple[str, str]]:
    """The presets of a kind, those of the theme after the default ones, with their values."""
    for origin in ("default", "theme", "custom"):
        presets = at(settings, kind, group, origin)
        for preset in presets[:_MOST] if isinstance(presets, list) else ():
            slug, value = kebab(str(mapping(preset).get("slug", ""))), mapping(preset).get(key)
            if _SLUG.match(slug) and isinstance(value, str) and _SAFE.match(value) and is_whole(value):
                yield slug, value


def stops_of(gradient: str) -> list[Colour]:
    """The colours that a gradient goes through, as they show on a light page."""
    found = (colour_of(stop) for stop in _STOP.findall(gradient[:2000]))
    return [colour.over(WHITE) for colour in found if colour is not None]


def properties(
    settings: Mapping[str, Any], colours: Presets, gradients: Presets, light: Presets
) -> dict[str, str]:  # fmt: skip
    """The custom properties, by their names."""
    followed = {slug: f"var(--{ALIASES.get(slug, slug)})" for slug in light}
    sizes = FONT_SIZES | dict(listed(settings, "typography", "fontSizes", "size"))
    kinds: dict[str, Presets] = {
        "color": {**colours, **followed},
        "gradient": gradients,
        "font-size": sizes,
        "font-family": dict(listed(settings, "typography", "fontFamilies", "fontFamily")),
        "spacing": SPACES | dict(listed(settings, "spacing", "spacingSizes", "size")),
        "shadow": SHADOWS | dict(listed(settings, "shadow", "presets", "shadow")),
        "aspect-ratio": dict(listed(settings, "dimensions", "aspectRatios", "ratio")),
    }
    found = {
        f"--wp--preset--{kind}--{slug}": value for kind, presets in kinds.items() for slug, value in presets.items()
    }
    found["--wp--style--block-gap"] = "1.1em"
    found["--wp--style--global--content-size"] = "var(--measure)"
    found["--wp--style--global--wide-size"] = "var(--wide)"
    return found


def following(light: Presets) -> Iterator[str]:
    """The theme's colours as backgrounds, which follow the scheme."""
    inverse = [name for name in light if ALIASES.get(name, name) in _INVERSE]
    plain = [name for name in light if name not in inverse]
    usual = {f"--{slug}": f"var(--wp--preset--color--{slug})" for slug in FOLLOWING}
    yield rule(backgrounds(plain), usual)
    yield rule(backgrounds([name for name in plain if ALIASES.get(name, name) == "rule"]), _STEPPING_BACK)
    turned = {"--ink": usual["--paper"], "--paper": usual["--ink"]}
    yield rule(backgrounds(inverse), turned | _STEPPING_BACK)
    yield rule(f"{backgrounds(light)}:not(.has-text-color)", {"color": "var(--ink)"})


_STEPPING_BACK: Final = {
    "--soft": "var(--ink)",
    "--accent": "var(--ink)",
    "--rule": "color-mix(in srgb, var(--ink) 40%, transparent)",
    "--tint": "color-mix(in srgb, var(--paper) 14%, transparent)",
}
"""On a strong colour nothing steps back, or it could not be read."""


def fixed(colours: Presets, grounds: Grounds, light: Presets) -> Iterator[str]:
    """The backgrounds that a writer chose: dark or light text on them, whatever the scheme."""
    on_light, on_dark = ([*names, own] for names, own in ((grounds.dark_text, _LIGHT), (grounds.light_text, _DARK)))
    chosen = f":is({', '.join([*on_light, *on_dark])})"
    written = ", ".join(f".has-{slug}-color" for slug in colours)
    kept = {f"--wp--preset--color--{slug}": value for slug, value in light.items()}
    yield rule(f"{chosen}, {backgrounds(light)}:is({written}, .is-written)", _STEPPING_BACK | kept)
    yield rule(f":is({', '.join(on_light)})", {"color-scheme": "light", "--ink": "#000", "--paper": "#fff"})
    yield rule(f":is({', '.join(on_dark)})", {"color-scheme": "dark", "--ink": "#fff", "--paper": "#000"})
    yield rule(f"{chosen}:not(.has-text-color)", {"color": "var(--ink)"})
    yield rule(".has-text-color.has-background", {"--soft": "currentcolor", "--accent": "currentcolor"})
    for name, value, share in grounds.veiled:
        veil = "0 0 0" if name in grounds.light_text else "255 255 255"
        shown = f"linear-gradient(rgb({veil}/{share:g}) 0 0), {value}"
        yield rule(
            f"{name}:not(.has-text-color, .wp-block-cover__background, hr)", {"background": f"{shown} !important"}
        )


_LIGHT, _DARK = ".is-on-light", ".is-on-dark"
"""What a text on a background that a style gives is marked with."""


def shaded(colours: Presets, grounds: Grounds, light: Presets, dark: Mapping[str, str]) -> Iterator[str]:
    """Texts in a writer's colours: as they are on a background that somebody chose, else readable on the page."""
    on_light, on_dark = ([known(scheme["paper"]), known(scheme["tint"])] for scheme in (light, dark))
    shades, raw = {}, {}
    for slug, value in colours.items():
        if (colour := colour_of(value)) is None:
            continue
        pair = (readable(colour, on_light, BLACK).hex, readable(colour, on_dark, WHITE).hex)
        if pair[0] != pair[1]:
            name = f"--wp--text--{slug}"
            shades[name], raw[name] = f"light-dark({pair[0]}, {pair[1]})", value
    chosen = [*grounds.dark_text, *grounds.light_text, _LIGHT, _DARK, ".wp-block-cover", backgrounds(light)]
    yield rule(":root", shades)
    yield rule(f":is({', '.join(chosen)})", raw)
    yield rule(".is-shaded", {"color": "light-dark(var(--on-light), var(--on-dark)) !important"})
    yield rule(f":is({', '.join(chosen)}) .is-shaded", {"color": "var(--written) !important"})
    button = ".wp-block-button:not(.is-style-outline) > .has-{}-color:not(.has-background)"
    for slug, value in colours.items():
        if (colour := colour_of(value)) is not None:
            ground = max((BLACK, WHITE), key=lambda one: least(colour, [one]))
            yield rule(button.format(slug), {"background-color": ground.hex, f"--wp--text--{slug}": value})


def known(value: str) -> Colour:
    """A colour that has to be one.  Raises ValueError."""
    colour = colour_of(value)
    if colour is None:
        raise ValueError(f"{value!r} is no colour")
    return colour


def classes(names: Iterable[str], colours: Presets) -> Iterator[str]:
    """The classes by which blocks name presets, of which there are these custom properties."""
    for known_as in names:
        kind, _, name = known_as.removeprefix("--wp--preset--").partition("--")
        value = f"var({known_as})"
        if kind == "color":
            text = f"var(--wp--text--{name}, {value})" if name in colours else value
            yield rule(f".has-{name}-color", {"color": f"{text} !important"})
            yield rule(f".has-{name}-background-color", {"background-color": f"{value} !important"})
            yield rule(f".has-{name}-border-color", {"border-color": f"{value} !important"})
        elif kind == "gradient":
            yield rule(f".has-{name}-gradient-background", {"background": f"{value} !important"})
        elif kind in ("font-size", "font-family"):
            yield rule(f".has-{name}-{kind}", {kind: f"{value} !important"})


def backgrounds(slugs: Iterable[str]) -> str:
    """The selector of what has one of these colours as its background."""
    return f":is({', '.join(f'.has-{slug}-background-color' for slug in slugs)})"


def rule(selector: str, declarations: Mapping[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'{name}: {value};' for name, value in declarations.items())} }}"
