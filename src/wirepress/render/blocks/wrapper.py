"""The attributes of a dynamic block's outer element (`get_block_wrapper_attributes`)."""

from __future__ import annotations

from collections.abc import Iterator

from wirepress.render.blocks.layout import default_class
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at
from wirepress.render.blocks.styles import looks_of
from wirepress.render.blocks.types import supports
from wirepress.render.entities import escape_attribute

_ENDS = " \t\n\r\0\x0b;"


def wrapper(block: Block, classes: str = "", **more: str) -> str:
    """The attributes as text, without a space before: own classes first, then those of the block and its settings.

    `style` comes behind the settings' own, `id` and `aria_label` in place of them.
    """
    settings, name = block.settings, block.name
    looks = looks_of(name, settings)
    names = " ".join((classes, *_classes(block), *looks.classes)).split()
    styles = (";".join(looks.declarations), more.pop("style", "").strip(_ENDS))
    written = {
        "style": ";".join(filter(None, styles)),
        "class": " ".join(dict.fromkeys(names)),
        "id": more.pop("id", "") or (settings.get("anchor") if supports(name, "anchor") else ""),
        "aria-label": more.pop("aria_label", "") or (settings.get("ariaLabel") if supports(name, "ariaLabel") else ""),
        **more,
    }
    given = {key: value for key, value in written.items() if isinstance(value, str) and value}
    return " ".join(f'{key}="{escape_attribute(value)}"' for key, value in given.items())


def wrapped(block: Block, html: str, classes: str = "", element: str = "div") -> str:
    """The block's outer element around its HTML; nothing around nothing."""
    return f"<{element} {wrapper(block, classes)}>{html}</{element}>" if html else ""


def aligned(block: Block) -> str:
    """The class of a text that is set to a side by the block itself."""
    side = block.settings.get("textAlign")
    return f"has-text-align-{side}" if isinstance(side, str) and side else ""


def linked(block: Block) -> str:
    """The class of a block whose links have a colour."""
    return "has-link-color" if at(block.settings, "style", "elements", "link", "color", "text") else ""


def _classes(block: Block) -> Iterator[str]:
    settings, name = block.settings, block.name
    align = settings.get("align")
    if isinstance(align, str) and supports(name, "align"):
        yield f"align{align}"
    own = settings.get("className")
    if isinstance(own, str) and supports(name, "customClassName", default=True):
        yield own
    if supports(name, "className", default=True):
        yield default_class(name or "")
