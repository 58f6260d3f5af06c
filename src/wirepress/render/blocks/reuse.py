"""Blocks kept elsewhere: synced patterns (`core/block`) and their guard against recursion."""

from __future__ import annotations

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html, render_block, render_blocks
from wirepress.render.blocks.settings import number
from wirepress.render.embeds import autoembed, run_embeds
from wirepress.render.entities import escape_html
from wirepress.render.numbers import clean
from wirepress.render.scene import Scene

MAX_NESTING = 16


def synced_pattern(block: Block, scene: Scene) -> str:
    """The content of a stored block; one that holds itself is nothing where it would begin again."""
    ref = number(block.settings.get("ref"), 0, 2**62)
    if not ref or ref in scene.open or len(scene.open) > MAX_NESTING:
        return ""
    stored = scene.lookup.post(ref)
    if stored is None or stored.type != "wp_block" or stored.status != "publish" or stored.is_protected:
        return ""
    inside = scene.inside(stored)
    text = autoembed(run_embeds(clean(stored.content), inside), inside)
    said = block.settings.get("content")
    more = {} if said is None else {"overrides": said}
    # the blocks in it belong to the post around it
    return render_blocks(text, inside.around(scene.post, **more))


def pattern(block: Block, scene: Scene) -> str:
    """A registered pattern: none is registered here, so what was saved inside stays."""
    return inner_html(block, scene)


def widget_group(block: Block, scene: Scene) -> str:
    """Blocks that stood in a sidebar under one title; HTML between them does not show."""
    title = str(block.settings.get("title") or "")
    heading = f'<h2 class="widget-title">{escape_html(title)}</h2>' if title else ""
    inner = "".join([render_block(one, scene) for one in block.inner])
    return f'{heading}<div class="wp-widget-group__inner-blocks">{inner}</div>'
