"""Tabs: a list of buttons and the panels that they show.

The markup is what WordPress's script works on; without one all panels but the shown one would stay hidden, so the
attribute that hides them is the same as WordPress's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.settings import number
from wirepress.render.scene import Scene
from wirepress.render.tags import Tag, first_tag, rewritten

_HIDDEN = ' hidden=""'


@dataclass(slots=True)
class _Tabs:
    """The tabs under way: how they are called, what their panels are called, and how many have been met."""

    name: str
    panels: list[str] = field(default_factory=list)
    met: int = 0


def tabs(block: Block, scene: Scene) -> str:
    """The frame of the tabs."""
    settings = block.settings
    name = f"tabs_{scene.numbers.take()}"
    written = f'"{name}"'  # a number that is not known yet
    if isinstance(anchor := settings.get("anchor"), str) and anchor:
        name, written = anchor, json.dumps(anchor)
    panels = [str(panel.settings.get("anchor") or f"{name}-tab-{place}") for place, panel in enumerate(_panels(block))]
    html = inner_html(block, scene.around(scene.post, tabs=_Tabs(name, panels)))
    if (tag := first_tag(html)) is None:
        return html
    active = number(settings.get("activeTabIndex"), 0, 10_000)
    tag.set("data-wp-context", f'{{"tabsId":{written},"activeTabIndex":{active}}}')
    tag.set("data-wp-init", "callbacks.onTabsInit")
    tag.set("data-wp-interactive", "core/tabs")
    tag.set("data-wp-on--keydown", "actions.handleTabKeyDown")
    return tag.apply()


def _panels(block: Block) -> list[Block]:
    """The panels of a block's tabs, without those of tabs in them."""
    found: list[Block] = []
    for inner in block.inner:
        if inner.name == "core/tab-panel":
            found.append(inner)
        elif inner.name == "core/tab-panels":
            found += [panel for panel in inner.inner if panel.name == "core/tab-panel"]
    return found


def tab_list(block: Block, scene: Scene) -> str:
    """The buttons; those beyond the panels show none."""
    html = inner_html(block, scene)
    if (whole := first_tag(html)) is None:
        return html
    whole.set("aria-label", "Tabbed content")
    around = scene.context.get("tabs")
    panels = around.panels if isinstance(around, _Tabs) else []
    place = 0

    def change(tag: Tag) -> bool:
        nonlocal place
        if tag.name != "button" or place >= len(panels):
            return False
        tag.set("aria-controls", panels[place])
        tag.set("data-wp-bind--aria-selected", "state.isActiveTab")
        tag.set("data-wp-bind--tabindex", "state.tabIndexAttribute")
        tag.set("data-wp-context", f'{{"tabIndex":{place}}}')
        tag.set("data-wp-on--click", "actions.handleTabClick")
        tag.set("data-wp-on--keydown", "actions.handleTabKeyDown")
        tag.set("id", f"tab__{panels[place]}")
        place += 1
        return True

    return rewritten(whole.apply(), change)


def tab_panel(block: Block, scene: Scene) -> str:
    """A panel, named after its place where it has no name of its own."""
    html = inner_html(block, scene)
    if (tag := first_tag(html)) is None:
        return html
    around = scene.context.get("tabs")
    place, before = 0, ""
    if isinstance(around, _Tabs):
        place, before = around.met, f"{around.name}-"
        around.met += 1
    name = tag.get("id") or f"{before}tab-{place}"
    tag.set("aria-labelledby", f"tab__{name}")
    tag.set("data-wp-bind--hidden", "!state.isActiveTab")
    if not tag.get("id"):
        tag.set("id", name)
    html = tag.apply()
    if not before or (tag := first_tag(html)) is None:
        return html
    tag.set("hidden", "")
    start, left = tag.start, len(html) - tag.end
    html = tag.apply()
    end = len(html) - left
    return f"{html[:start]}{html[start:end].replace(_HIDDEN, ' hidden', 1)}{html[end:]}"
