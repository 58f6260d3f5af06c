"""Blocks whose saved HTML is their HTML, with what their PHP adds to it."""

from __future__ import annotations

import re
from collections.abc import Callable

from wirepress.render.autop import autop
from wirepress.render.blocks import featured
from wirepress.render.blocks.parse import Block
from wirepress.render.scene import Scene
from wirepress.render.tags import Tag, first_tag, rewritten, tags, with_attribute

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


def gallery(html: str, block: Block, scene: Scene) -> str:
    if block.settings.get("dynamicContent"):
        return ""  # pictures that are found when a page is made; outside of one there are none
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
    return _with_open_items(tag.apply())


def _with_open_items(html: str) -> str:
    """What a browser's script would say of the items at first is in the HTML already."""
    is_open = False

    def change(tag: Tag) -> bool:
        nonlocal is_open
        if tag.has_class("wp-block-accordion-item"):
            is_open = '"openByDefault": true' in (tag.get("data-wp-context") or "")
            if is_open:
                tag.add_class("is-open")
        elif tag.get("data-wp-bind--aria-expanded") is not None:
            tag.set("aria-expanded", str(is_open).lower())
        else:
            return False
        return True

    return rewritten(html, change)


def details(html: str, block: Block, _scene: Scene) -> str:
    """Images that are folded away at first are not fetched before others."""
    if block.settings.get("showContent"):
        return html
    return with_attribute(html, "img", "fetchpriority", "low")


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
        "id": name,
        "aria-controls": f"{name}-panel",
        "data-wp-bind--aria-expanded": "state.isOpen",
    }
    panel = {
        "id": f"{name}-panel",
        "aria-labelledby": name,
        "data-wp-bind--hidden": "state.isHidden",
        "data-wp-on--beforematch": "actions.handleBeforeMatch",
    }
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
    "core/details": details,
    "core/file": featured.file,
    "core/gallery": gallery,
    "core/heading": heading,
    "core/image": image,
    "core/list": listing,
    "core/media-text": featured.media_text,
    "core/shortcode": shortcode,
    "core/video": featured.video,
}
