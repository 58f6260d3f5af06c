"""A theme read from its folder: what theme.toml says, checked, over what the newspaper says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from wirepress.content.themes import folder as folders
from wirepress.content.themes import settings
from wirepress.content.themes.colours import is_colour
from wirepress.content.themes.css import is_whole
from wirepress.content.themes.theme import Colours, ImageSize, Spacing, Theme, Type, names_of
from wirepress.model.errors import Invalid

WORDS = ("name", "description", "version", "author")
TABLES = ("colours", "type", "spacing", "menus", "images", "settings")
SCHEMES = ("light", "dark")
FAMILIES = ("serif", "sans")
MOST_PLACES = 12
MOST_IMAGES = 10
LARGEST_IMAGE = 4096
LONGEST = 500
_PLACE = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")
_CSS = re.compile(r"""[\w\s"'%.,()+*/-]{1,400}\Z""", re.ASCII)
_FETCHES = re.compile(r"url|image|expression|/\*", re.IGNORECASE)
_TAKEN = ("thumbnail", "medium", "medium_large", "large", "full", "1536x1536", "2048x2048")
"""Sizes of pictures that every site has."""

Table = TypeVar("Table", Colours, Type, Spacing)


def read(path: Path, like: Theme | None) -> tuple[Theme, list[str]]:
    """The theme in a folder, and what is wrong with its theme.toml, a line each; what is wrong there, and what is not
    said, is as it is in `like`.

    Without one (the newspaper itself) everything has to be said.  Raises Invalid where there is no theme to be read.
    """
    found = folders.read(path)
    try:
        said = tomllib.loads(found.manifest)
    except (ValueError, RecursionError) as error:
        raise Invalid("theme_manifest", f"{path.name}/{folders.MANIFEST}: {error or 'nested too deeply'}") from None
    reader = Reader(said)
    words = {word: reader.words(word) for word in WORDS}
    if not words["name"]:
        reader.problems.append('name is missing: what people call the theme, such as name = "Evening"')
    colours = reader.table(said, "colours", SCHEMES)
    theme = Theme(
        name=path.name,
        title=words["name"] or path.name,
        description=words["description"],
        version=words["version"],
        author=words["author"],
        light=reader.read(colours, "light", Colours, None if like is None else like.light, "colours."),
        dark=reader.read(colours, "dark", Colours, None if like is None else like.dark, "colours."),
        type=reader.read(said, "type", Type, None if like is None else like.type),
        spacing=reader.read(said, "spacing", Spacing, None if like is None else like.spacing),
        menus=reader.menus(),
        images=reader.images(),
        templates=found.templates,
        statics=found.statics,
        style=found.style,
        revision=found.revision,
    )
    own = reader.table(said, "settings")
    return replace(theme, settings=settings.checked(own, reader.problems)), reader.problems


class Reader:
    """Reads the tables of a theme.toml, and notes what is wrong with them."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.said = said
        self.problems: list[str] = []
        self.only(said, (*WORDS, *TABLES), "")

    def only(self, table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        """Notes keys that mean nothing, with the one that was meant, if one is like it."""
        names = tuple(known)
        for key in table:
            if key not in names:
                self.problems.append(unknown(where + key, key, names))

    def words(self, key: str) -> str:
        """A text of one line."""
        value = self.said.get(key, "")
        if not isinstance(value, str) or len(value) > LONGEST or "\n" in value:
            self.problems.append(f"{key} is one line of text, of {LONGEST} characters at most")
            return ""
        return value.strip()

    def table(
        self, said: Mapping[str, Any], key: str, known: Iterable[str] | None = None, where: str = ""
    ) -> Mapping[str, Any]:  # fmt: skip
        """A table, empty where there is none; `known` are the keys that it may have."""
        value = said.get(key, {})
        if not isinstance(value, dict):
            self.problems.append(f"{where}{key} is a table: [{where}{key}]")
            return {}
        if known is not None:
            self.only(value, known, f"{where}{key}.")
        return value

    def read(self, said: Mapping[str, Any], key: str, kind: type[Table], like: Table | None, where: str = "") -> Table:
        """A table of fixed names over another.  Raises Invalid where a value is missing and there is no other."""
        names = names_of(kind)
        given = self.table(said, key, names, where)
        values: dict[str, Any] = asdict(like) if like is not None else {}
        for name in names:
            if name in given:
                problem = wrong(kind, name, given[name])
                if not problem:
                    values[name] = given[name]
                else:
                    self.problems.append(f"{where}{key}.{name} = {given[name]!r} {problem}")
        if missing := [name for name in names if name not in values]:
            raise Invalid("theme_manifest", f"{where}{key}.{missing[0]} is missing")
        return kind(**values)

    def menus(self) -> dict[str, str]:
        """The places for menus with their labels."""
        places: dict[str, str] = {}
        for place, label in self.table(self.said, "menus").items():
            if not _PLACE.match(place):
                self.problems.append(f"menus.{place}: a place has small letters, digits and dashes")
            elif not isinstance(label, str) or not 0 < len(label) <= 100:
                self.problems.append(f'menus.{place} is a label, such as {place} = "Main menu"')
            elif len(places) == MOST_PLACES:
                self.problems.append(f"menus: there are {MOST_PLACES} places at most")
                break
            else:
                places[place] = label
        return places

    def images(self) -> tuple[ImageSize, ...]:
        """The sizes that pictures are cut to."""
        sizes: list[ImageSize] = []
        for name, said in self.table(self.said, "images").items():
            if not _PLACE.match(name) or name in _TAKEN:
                self.problems.append(f"images.{name} cannot be the name of a size of pictures")
            elif not isinstance(said, dict) or not is_size(said):
                self.problems.append(
                    f"images.{name} has a width and perhaps a height, 1 to {LARGEST_IMAGE}, and crop = true or false"
                )
            elif len(sizes) == MOST_IMAGES:
                self.problems.append(f"images: there are {MOST_IMAGES} sizes at most")
                break
            else:
                self.only(said, ("width", "height", "crop"), f"images.{name}.")
                sizes.append(ImageSize(name, said["width"], said.get("height", 0), said.get("crop", False)))
        return tuple(sizes)


def is_size(said: Mapping[str, Any]) -> bool:
    """Whether a table says a size of pictures; one that is cropped has both sides."""
    width, height, crop = said.get("width"), said.get("height", 0), said.get("crop", False)
    if type(width) is not int or type(height) is not int or not isinstance(crop, bool):
        return False
    return 0 < width <= LARGEST_IMAGE and (0 if not crop else 1) <= height <= LARGEST_IMAGE


def wrong(kind: type[Colours | Type | Spacing], name: str, value: Any) -> str:
    """What is wrong with a value of a table, "" where it is right."""
    if kind is Colours:
        return "" if isinstance(value, str) and is_colour(value) else "is no colour such as #1b1a18"
    if name == "line":
        is_line = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 3
        return "" if is_line else "is no height of a line, 1 to 3"
    if name in ("text", "headings"):
        return "" if value in FAMILIES else f"is neither {' nor '.join(FAMILIES)}"
    return "" if is_css(value) else "is no plain CSS value"


def is_css(value: Any) -> bool:
    """Whether it may stand in the style as it is: one value, which ends nothing and fetches nothing."""
    if not isinstance(value, str) or not _CSS.match(value) or _FETCHES.search(value):
        return False
    return is_whole(value)


def unknown(whole: str, key: str, known: Iterable[str]) -> str:
    """The line on a key that means nothing."""
    alike = get_close_matches(key, list(known), 1)
    return f"{whole} means nothing" + (f"; did you mean {alike[0]}?" if alike else "")
