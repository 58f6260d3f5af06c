"""Rendering blocks (`do_blocks`): inner blocks first, then the block itself, then what its settings add."""

from __future__ import annotations

from dataclasses import replace

from wirepress.render.blocks import static
from wirepress.render.blocks.bindings import with_bindings
from wirepress.render.blocks.parse import Block, parse
from wirepress.render.blocks.supports import Added, is_hidden, with_supports
from wirepress.render.blocks.types import prepared
from wirepress.render.scene import Scene


def render_blocks(text: str, scene: Scene) -> str:
    """A content's blocks rendered."""
    return "".join([render_block(block, scene) for block in parse(text)])


def render_block(block: Block, scene: Scene) -> str:
    """One block rendered; one that is unknown keeps its saved HTML.  Raises OverBudget."""
    if block.name is None:
        return block.html
    scene.budget.enter()
    html = _rendered(block, scene)
    scene.budget.leave(html)
    return html


def _rendered(block: Block, scene: Scene) -> str:
    added = Added(block, scene.numbers)
    dynamic = scene.dynamic.get(block.name or "")
    seen = _as_seen(block, added)
    html = dynamic(seen, scene) if dynamic is not None else _saved(seen, scene)
    if is_hidden(block):
        return ""
    if html:
        html = with_supports(html, block, added, scene.numbers)
        if block.name == "core/paragraph":
            html = static.paragraph(html)
    return html


def _as_seen(block: Block, added: Added) -> Block:
    """The block as its own code sees it: with the settings that its type allows, and the classes that it is given."""
    settings = prepared(block.name, block.settings)
    if given := " ".join(filter(None, (added.elements, added.variation))):
        own = settings.get("className")
        settings["className"] = f"{own} {given}" if isinstance(own, str) and own else given
    return replace(block, attributes=settings)


def _saved(block: Block, scene: Scene) -> str:
    if block.name == "core/gallery":
        _name_images(block)
    html = with_bindings(inner_html(block, scene), block, scene)
    rendered = static.STATIC.get(block.name or "")
    return rendered(html, block, scene) if rendered and html.strip() else html


def inner_html(block: Block, scene: Scene) -> str:
    """The block's saved HTML with its inner blocks rendered in their places."""
    if not block.inner:
        return block.html
    layout = block.settings.get("layout")
    for child in block.inner:
        child.around = layout
    inner = iter(block.inner)
    return "".join([part if part is not None else render_block(next(inner), scene) for part in block.parts])


def _name_images(block: Block) -> None:
    """Images of a gallery carry their id (`data-id`)."""
    for image in block.inner:
        if image.name == "core/image" and "id" in image.settings:
            image.attributes = {**image.settings, "data-id": image.settings["id"]}
