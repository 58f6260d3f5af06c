"""A theme as the site's people have changed it in WordPress's Styles (theme.json of the origin "custom"), as far as it
has a place for that: colours that can be read, fonts, sizes and measures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from wirepress.content.themes.colours import READABLE, contrast, is_bright, is_colour, mixed
from wirepress.content.themes.reading import is_css
from wirepress.content.themes.theme import Colours, Theme, Type

Json = Mapping[str, Any]

ORIGINS = ("custom", "theme", "default")
MOST_FACES = 20
LARGEST = 1_000_000
_PRESET = re.compile(r"var:preset\|(?P<kind>[a-z-]+)\|(?P<slug>[\w-]+)\Z", re.ASCII)
_VARIABLE = re.compile(
    r"var\(\s*--wp--preset--(?P<kind>color|font-family|font-size)--(?P<slug>[\w-]+)\s*\)\Z", re.ASCII
)
_LENGTH = re.compile(r"(?:[0-9.]{1,8}(?:px|r?em|ch|vw|%)|(?:clamp|min|max|calc)\([\w\s.,%()+*/-]{1,100}\))\Z", re.ASCII)
_FILE = re.compile(r"[\w./:%~-]{1,500}\.(?:woff2?|ttf|otf)\Z", re.ASCII)
_WEIGHT = re.compile(r"(?:[0-9]{1,4}(?: [0-9]{1,4})?|normal|bold)\Z", re.ASCII)
_FAMILY = re.compile(r"""[\w "',-]{1,100}\Z""", re.ASCII)
_STEPS = (0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.0)
"""Shares of paper in soft text, the softest first."""


@dataclass(frozen=True, slots=True)
class Customised:
    """A theme with the changes that it has a place for; `left` says in a line each what was left out and why, `palette`
    are the colours that people have named for themselves."""

    theme: Theme
    left: tuple[str, ...] = ()
    palette: tuple[Json, ...] = ()


def customised(theme: Theme, text: str, uploads: str = "") -> Customised:
    """The theme with what the text of `wp_global_styles` changes; with nothing changed where that says nothing.

    `uploads` is the address of uploaded files: fonts are taken from there and from nowhere else.
    """
    said = _said(text)
    if not said:
        return Customised(theme)
    taking = _Taking(theme, said)
    taking.colours()
    taking.type()
    taking.measures()
    faces = "\n".join(taking.faces(uploads)) if uploads else ""
    made = taking.theme
    if faces:
        made = replace(made, style=f"{faces}\n{made.style}")
    return Customised(made, tuple(taking.left), tuple(taking.presets("color", "palette", ("custom", "theme"))))


def _said(text: str) -> Json:
    if not text or len(text) > LARGEST:
        return {}
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and said.get("isGlobalStylesUserThemeJSON") else {}


def _at(said: Any, *path: str) -> Any:
    """What lies at a path of tables, None where nothing does."""
    for key in path:
        if not isinstance(said, Mapping):
            return None
        said = said.get(key)
    return said


class _Taking:
    """What is taken over of the styles, step by step."""

    def __init__(self, theme: Theme, said: Json) -> None:
        self.theme = theme
        self.said = said
        self.left: list[str] = []

    def presets(self, group: str, name: str, origins: Sequence[str] = ORIGINS) -> Iterator[Json]:
        """The presets of a kind that the styles bring along."""
        for origin in origins:
            found = _at(self.said, "settings", group, name, origin)
            yield from (one for one in found or () if isinstance(one, Mapping)) if isinstance(found, list) else ()

    def value(self, *path: str) -> str:
        """The value at a path of the styles, presets looked up; "" where nothing is said."""
        value = _at(self.said, "styles", *path)
        if not isinstance(value, str) or not value:
            return ""
        found = _PRESET.match(value) or _VARIABLE.match(value)
        if found is None:
            return value
        kinds = {
            "color": ("color", "palette", "color"),
            "font-family": ("typography", "fontFamilies", "fontFamily"),
            "font-size": ("typography", "fontSizes", "size"),
        }
        group, name, word = kinds.get(found["kind"], ("", "", ""))
        for one in self.presets(group, name):
            if one.get("slug") == found["slug"]:
                return str(one.get(word) or "")
        if found["kind"] == "color" and found["slug"] in Colours.__slots__:
            return str(getattr(self.theme.light, found["slug"]))
        self.leave(path, f"{found['slug']} is not among its presets")
        return ""

    def leave(self, path: Sequence[str], why: str) -> None:
        self.left.append(f"styles.{'.'.join(path)} is not taken over: {why}")

    # ---- colours

    def colour(self, *path: str) -> str:
        value = self.value(*path)
        if value and not is_colour(value):
            self.leave(path, f"{value[:60]} is no colour of hexadecimal digits")
            return ""
        return value.lower()

    def colours(self) -> None:
        """Paper and ink go to the scheme that they belong to; the accent to both, where it can be read."""
        paper, ink = self.colour("color", "background"), self.colour("color", "text")
        if paper or ink:
            self.ground(paper, ink)
        path = ("elements", "link", "color", "text")
        accent = self.colour(*path) or self.colour("elements", "button", "color", "background")
        for name, scheme in self.theme.schemes if accent else ():
            lowest = min(contrast(accent, scheme.paper), contrast(accent, scheme.tint))
            if lowest < READABLE:
                self.leave(path, f"in the {name} scheme {accent} has a contrast of {lowest:.1f} only")
            else:
                self.keep(name, replace(scheme, accent=accent))

    def ground(self, paper: str, ink: str) -> None:
        is_light = is_bright(paper) if paper else not is_bright(ink)
        name = "light" if is_light else "dark"
        scheme = dict(self.theme.schemes)[name]
        paper, ink = paper or scheme.paper, ink or scheme.ink
        tint = mixed(paper, ink, 0.05)
        lowest = min(contrast(ink, paper), contrast(ink, tint))
        if lowest < READABLE:
            self.leave(("color",), f"{ink} on {paper} has a contrast of {lowest:.1f} only")
            return
        softer = (mixed(ink, paper, share) for share in _STEPS)
        soft = next(one for one in softer if min(contrast(one, paper), contrast(one, tint)) >= READABLE)
        accent = scheme.accent
        if min(contrast(accent, paper), contrast(accent, tint)) < READABLE:
            accent = ink
        self.keep(name, Colours(paper, tint, ink, soft, mixed(paper, ink, 0.18), accent))

    def keep(self, name: str, scheme: Colours) -> None:
        self.theme = replace(self.theme, light=scheme) if name == "light" else replace(self.theme, dark=scheme)

    # ---- fonts and sizes

    def type(self) -> None:
        """Fonts of texts and of headings take the place of the theme's own; sizes where they are plain."""
        kinds = self.theme.type
        text = self.css("typography", "fontFamily")
        headings = self.css("elements", "heading", "typography", "fontFamily")
        if headings and headings != text and kinds.headings == kinds.text:
            kinds = replace(kinds, headings="sans" if kinds.text == "serif" else "serif")
        if headings:
            kinds = with_family(kinds, kinds.headings, headings)
        if text:
            kinds = with_family(kinds, kinds.text, text)
        size = self.css("typography", "fontSize")
        if size and is_length(size):
            kinds = replace(kinds, size=size)
        line = _at(self.said, "styles", "typography", "lineHeight")
        if isinstance(line, str | int | float) and re.fullmatch(r"[12](\.[0-9]{1,3})?", str(line)):
            kinds = replace(kinds, line=float(line))
        self.theme = replace(self.theme, type=kinds)

    def css(self, *path: str) -> str:
        value = self.value(*path)
        if value and not is_css(value):
            self.leave(path, f"{value[:60]} is no plain CSS value")
            return ""
        return value

    def measures(self) -> None:
        """The widths of texts and of wide blocks."""
        for name, key in (("measure", "contentSize"), ("wide", "wideSize")):
            value = _at(self.said, "settings", "layout", key)
            if isinstance(value, str) and is_length(value):
                spacing = replace(self.theme.spacing, **{name: value})
                self.theme = replace(self.theme, spacing=spacing)

    def faces(self, uploads: str) -> Iterator[str]:
        """Rules for the fonts that the site's people have put into its library."""
        number = 0
        for family in self.presets("typography", "fontFamilies", ("custom", "theme")):
            faces = family.get("fontFace")
            for face in faces if isinstance(faces, list) else ():
                if number < MOST_FACES and isinstance(face, Mapping) and (rule := _rule(face, uploads)):
                    number += 1
                    yield rule


def is_length(value: str) -> bool:
    """Whether a value is a length, or a function of some, that ends what it begins."""
    return _LENGTH.match(value) is not None and is_css(value)


def with_family(kinds: Type, name: str, family: str) -> Type:
    """The type with another family in the place of one of its two."""
    return replace(kinds, serif=family) if name == "serif" else replace(kinds, sans=family)


def _rule(face: Json, uploads: str) -> str:
    """The rule of a face whose file is the site's own, "" for any other."""
    name, sources = str(face.get("fontFamily") or ""), face.get("src")
    source = sources[0] if isinstance(sources, list) and sources else sources
    weight, style = str(face.get("fontWeight") or "400"), str(face.get("fontStyle") or "normal")
    own = (f"{uploads}/", f"{urlsplit(uploads).path}/")
    if not isinstance(source, str) or not _FILE.match(source) or source.startswith("//"):
        return ""
    if not source.startswith(own):
        return ""
    if not (_FAMILY.match(name) and _WEIGHT.match(weight) and style in ("normal", "italic", "oblique")):
        return ""
    bare = name.strip(" \"'").replace('"', "").replace("'", "")
    return (
        f'@font-face {{ font-family: "{bare}"; font-style: {style}; font-weight: {weight}; font-display: swap;'
        f' src: url("{source}"); }}'
    )
