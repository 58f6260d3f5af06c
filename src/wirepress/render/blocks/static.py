"""Blocks whose saved HTML is their HTML, with what their PHP adds to it."""

from __future__ import annotations

import re
from collections.abc import Callable

from wirepress.render.autop import autop
from wirepress.render.blocks import featured
from wirepress.render.blocks.parse import Block
from wirepress.render.scene import Scene
from wirepress.render.tags import first_tag, tags

_TAGS = re.compile(r"<[^>]*+>")


def heading(html: str, _block: Block, _scene: Scene) -> str:
    return _class_on(html, "wp-block-heading", "h1", "h2", "h3", "h4", "h5", "h6")


def listing(html: str, _block: Block, _scene: Scene) -> str:
    return _class_on(html, "wp-block-list", "ol", "ul")


def paragraph(html: str) -> str:
    """The class of paragraphs; it comes after everything else."""
    return _class_on(html, "wp-block-paragraph", "p")


def _class_on(html: str, name: str, *elements: str) -> str:
    tag = first_tag(html, *elements)
    if tag is None:
        return html
    tag.add_class(name)
    return tag.apply()


def button(html: str, _block: Block, _scene: Scene) -> str:
    """A button without a text is not shown."""
    tag = first_tag(html, "a", "button")
    if tag is None:
        return html
    inside = html[tag.end :].partition(f"</{tag.name}")[0]
    shown = _TAGS.sub("", inside).strip() or "<img" in inside or "<svg" in inside
    return html if shown else ""


def image(html: str, block: Block, _scene: Scene) -> str:
    tag = first_tag(html, "img")
    if tag is None or not tag.get("src"):
        return ""
    if (data_id := block.settings.get("data-id")) is not None:
        tag.set("data-id", str(data_id))
        return tag.apply()
    return html


def gallery(html: str, _block: Block, scene: Scene) -> str:
    tag = first_tag(html)
    if tag is None:
        return html
    tag.add_class(f"wp-block-gallery-{scene.numbers.take()}")
    return tag.apply()


def shortcode(html: str, _block: Block, _scene: Scene) -> str:
    return autop(html)


def accordion(html: str, block: Block, _scene: Scene) -> str:
    tag = first_tag(html)
    if tag is None:
        return html
    autoclose = str(bool(block.settings.get("autoclose"))).lower()
    tag.set("data-wp-interactive", "core/accordion")
    tag.set("data-wp-context", f'{{ "autoclose": {autoclose}, "accordionItems": [] }}')
    return tag.apply()


def accordion_item(html: str, block: Block, scene: Scene) -> str:
    name = f"accordion-item-{scene.numbers.take()}"
    opened = str(bool(block.settings.get("openByDefault"))).lower()
    item = {
        "data-wp-context": f'{{ "id": "{name}", "openByDefault": {opened} }}',
        "data-wp-class--is-open": "state.isOpen",
        "data-wp-init": "callbacks.initAccordionItems",
        "data-wp-on-window--hashchange": "callbacks.hashChange",
    }
    toggle = {
        "data-wp-on--click": "actions.toggle",
        "data-wp-on--keydown": "actions.handleKeyDown",
        "id": name,
        "aria-controls": f"{name}-panel",
        "data-wp-bind--aria-expanded": "state.isOpen",
    }
    panel = {"id": f"{name}-panel", "aria-labelledby": name, "data-wp-bind--inert": "!state.isOpen"}
    for wanted, attributes in (
        ("wp-block-accordion-item", item),
        ("wp-block-accordion-heading__toggle", toggle),
        ("wp-block-accordion-panel", panel),
    ):
        tag = next((tag for tag in tags(html) if tag.has_class(wanted)), None)
        if tag is None:
            break
        for attribute, value in attributes.items():
            tag.set(attribute, value)
        html = tag.apply()
    return html


STATIC: dict[str, Callable[[str, Block, Scene], str]] = {
    "core/accordion": accordion,
    "core/accordion-item": accordion_item,
    "core/button": button,
    "core/cover": featured.cover,
    "core/file": featured.file,
    "core/gallery": gallery,
    "core/heading": heading,
    "core/image": image,
    "core/list": listing,
    "core/media-text": featured.media_text,
    "core/shortcode": shortcode,
    "core/video": featured.video,
}
