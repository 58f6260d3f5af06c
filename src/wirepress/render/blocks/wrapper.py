"""The attributes of a dynamic block's outer element (`get_block_wrapper_attributes`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wirepress.render.blocks.fluid import fluid_size
from wirepress.render.blocks.layout import default_class
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at
from wirepress.render.entities import escape_attribute
from wirepress.render.slugs import html_class

_PRESET = re.compile(r"var:([a-z-]+)\|([a-z-]+)\|([\w-]+)\Z", re.ASCII)
_COLOURS = (("text", "color"), ("background", "background-color"), ("gradient", "background"))
_COLOUR_CLASSES = (
    ("textColor", "text", "has-text-color", "color"),
    ("backgroundColor", "background", "has-background", "background-color"),
)
_LETTERS = (
    ("fontFamily", "font-family"),
    ("fontStyle", "font-style"),
    ("fontWeight", "font-weight"),
    ("lineHeight", "line-height"),
    ("textDecoration", "text-decoration"),
    ("textTransform", "text-transform"),
    ("letterSpacing", "letter-spacing"),
)


def wrapper(block: Block, classes: str = "", **more: str) -> str:
    """The attributes as text, without a space before: own classes first, then those of the block and its settings.

    `style`, `id` and `aria_label` come before or in place of the settings' own.
    """
    settings = block.settings
    names = " ".join(part for part in (classes, *_classes(block)) if part)
    style = more.pop("style", "") + _style(settings.get("style"))
    written = {
        "style": style,
        "class": names,
        "id": more.pop("id", "") or settings.get("anchor"),
        "aria-label": more.pop("aria_label", "") or settings.get("ariaLabel"),
        **more,
    }
    given = {name: value for name, value in written.items() if isinstance(value, str) and value}
    return " ".join(f'{name}="{escape_attribute(value)}"' for name, value in given.items())


def wrapped(block: Block, html: str, classes: str = "", element: str = "div") -> str:
    """The block's outer element around its HTML; nothing around nothing."""
    return f"<{element} {wrapper(block, classes)}>{html}</{element}>" if html else ""


def _classes(block: Block) -> Iterator[str]:
    settings = block.settings
    if settings.get("align") in ("left", "center", "right", "wide", "full"):
        yield f"align{settings['align']}"
    if isinstance(own := settings.get("className"), str):
        yield own
    yield default_class(block.name or "")
    yield from _colour_classes(settings)
    if isinstance(size := settings.get("fontSize"), str) and size:
        yield f"has-{html_class(size)}-font-size"
    align = settings.get("textAlign") or at(settings, "style", "typography", "textAlign")
    if align in ("left", "center", "right"):
        yield f"has-text-align-{align}"


def _colour_classes(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, own_key, class_name, kind in _COLOUR_CLASSES:
        value = settings.get(name)
        if value or at(settings, "style", "color", own_key):
            yield class_name
        if isinstance(value, str) and value:
            yield f"has-{html_class(value)}-{kind}"


def _style(style: Any) -> str:
    if not isinstance(style, Mapping):
        return ""
    rules: list[str] = []
    for key, name in _COLOURS:
        _rule(rules, name, at(style, "color", key))
    if size := at(style, "typography", "fontSize"):
        _rule(rules, "font-size", fluid_size(size) or size)
    for key, name in _LETTERS:
        _rule(rules, name, at(style, "typography", key))
    for kind in ("padding", "margin"):
        value = at(style, "spacing", kind)
        if isinstance(value, Mapping):
            for side in ("top", "right", "bottom", "left"):
                _rule(rules, f"{kind}-{side}", value.get(side))
        else:
            _rule(rules, kind, value)
    return "".join(rules)


def _rule(rules: list[str], name: str, value: Any) -> None:
    if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value):
        text = str(value)
        if found := _PRESET.match(text):
            text = f"var(--wp--{found[1]}--{found[2]}--{found[3]})"
        if not re.search(r"[;{}<>\\]", text):
            rules.append(f"{name}:{text};")
