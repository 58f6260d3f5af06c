"""What the block editor is given of a theme (theme.json, version 3): our own settings, with the theme's colours, type
and measures, and then what its theme.toml says under `settings`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from wirepress.content.themes.styles import SETTINGS, STYLES
from wirepress.content.themes.theme import Theme

Json = Mapping[str, Any]

NAMES: Final = {
    "paper": "Paper", "ink": "Ink", "accent": "Accent", "soft": "Soft", "rule": "Rule", "tint": "Tint",
}  # fmt: skip
"""The colours of a theme as its palette names them, in its order."""
PRESETS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("color", "palette"): ("color", "name", "slug"),
    ("color", "gradients"): ("name", "gradient", "slug"),
    ("typography", "fontSizes"): ("name", "size", "slug"),
    ("typography", "fontFamilies"): ("name", "slug", "fontFamily"),
    ("spacing", "spacingSizes"): ("name", "size", "slug"),
    ("shadow", "presets"): ("name", "shadow", "slug"),
}
"""Lists of presets that a theme may have in the place of ours, with what each preset says."""
MOST_PRESETS = 60
_LONGEST = 500
_MORE: Final[Mapping[str, dict[str, Any]]] = {"fontFamilies": {"fontFace": []}, "fontSizes": {"fluid": False}}
"""What a preset has besides, as our own have it."""


def settings_of(theme: Theme) -> Json:
    """The settings of a theme, those of ours that it does not change among them."""
    palette = [{"color": getattr(theme.light, colour), "name": name, "slug": colour} for colour, name in NAMES.items()]
    families = [
        {"name": name, "slug": slug, "fontFamily": family, "fontFace": []}
        for name, slug, family in (("Serif", "serif", theme.type.serif), ("Sans", "sans", theme.type.sans))
    ]
    kept = SETTINGS["typography"]["fontFamilies"]["theme"]
    families += [family for family in kept if family["slug"] not in ("serif", "sans")]
    own: dict[str, Any] = {
        "color": {"palette": {"theme": palette}},
        "typography": {"fontFamilies": {"theme": families}},
        "layout": {"contentSize": theme.spacing.measure, "wideSize": theme.spacing.wide},
    }
    return merged(merged(SETTINGS, own), theme.settings)


def styles_of(theme: Theme) -> Json:
    """The styles of a theme: ours in its type."""
    text, headings = (f"var:preset|font-family|{family}" for family in (theme.type.text, theme.type.headings))
    typography = {"fontFamily": text, "fontSize": theme.type.size, "lineHeight": f"{theme.type.line:g}"}
    elements: dict[str, Any] = {"button": {"typography": {"fontFamily": text}}}
    if headings != text:
        elements["heading"] = {"typography": {"fontFamily": headings}}
    return merged(STYLES, {"typography": typography, "elements": elements})


def merged(under: Json, over: Json) -> dict[str, Any]:
    """Tables put over each other; whatever is no table is replaced."""
    found = dict(under)
    for key, value in over.items():
        below = found.get(key)
        found[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return found


def checked(said: Json, problems: list[str]) -> dict[str, Any]:
    """What `[settings]` says, as it is put over ours; what cannot be is left out and noted."""
    return _checked(said, SETTINGS, (), problems)


def _checked(said: Json, ours: Json, path: tuple[str, ...], problems: list[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in said.items():
        where, name = (*path, key), ".".join(("settings", *path, key))
        if where in PRESETS:
            if (presets := _presets(value, where, name, problems)) is not None:
                kept[key] = {"theme": presets}
        elif key not in ours or where == ("blocks",):
            alike = get_close_matches(key, list(ours), 1)
            problems.append(f"{name} means nothing" + (f"; did you mean {alike[0]}?" if alike else ""))
        elif isinstance(ours[key], Mapping) and isinstance(value, dict):
            kept[key] = _checked(value, ours[key], where, problems)
        elif type(value) is type(ours[key]) and is_plain(value):
            kept[key] = value
        else:
            problems.append(f"{name} is {_kind(ours[key])}")
    return kept


def is_plain(value: Any) -> bool:
    """Whether it is short, and something that JSON has: TOML also has dates, times, and numbers that are none."""
    try:
        return len(json.dumps(value, allow_nan=False)) <= _LONGEST
    except (TypeError, ValueError):
        return False


def _presets(value: Any, where: tuple[str, ...], name: str, problems: list[str]) -> list[dict[str, Any]] | None:
    words = PRESETS[where]  # type: ignore[index] # only asked for paths that are in it

    def is_preset(one: Any) -> bool:
        return (
            isinstance(one, dict)
            and set(one) == set(words)
            and all(isinstance(text, str) and 0 < len(text) <= _LONGEST for text in one.values())
        )

    if not isinstance(value, list) or len(value) > MOST_PRESETS or not all(map(is_preset, value)):
        problems.append(f"{name} is a list of {MOST_PRESETS} at most, each with {', '.join(words)}: [[{name}]]")
        return None
    return [{word: one[word] for word in words} | _MORE.get(where[-1], {}) for one in value]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    return "a table" if isinstance(value, Mapping) else f"something like {json.dumps(value)[:60]}"
