"""The layout support: classes that say how a block lays out what it holds (`wp_render_layout_support_flag`)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from wirepress.render.blocks import theme
from wirepress.render.blocks.parse import Block
from wirepress.render.slugs import query_slug
from wirepress.render.tags import tags

DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "core/accordion": {},
    "core/accordion-item": {},
    "core/accordion-panel": {},
    "core/buttons": {"type": "flex"},
    "core/column": {},
    "core/columns": {"type": "flex", "flexWrap": "nowrap"},
    "core/comments-pagination": {"type": "flex"},
    "core/cover": {},
    "core/details": {},
    "core/gallery": {"type": "flex"},
    "core/group": {},
    "core/latest-posts": {},
    "core/navigation": {"type": "flex"},
    "core/post-content": {},
    "core/post-template": {},
    "core/query": {},
    "core/query-pagination": {"type": "flex"},
    "core/quote": {},
    "core/social-links": {"type": "flex"},
    "core/tab-list": {"type": "flex", "flexWrap": "wrap"},
    "core/tab-panel": {},
    "core/tabs": {},
    "core/term-template": {},
    "core/terms-query": {},
}
"""The blocks with layout support and the layout each has when none is set."""

_NAMES = {"default": "flow", "constrained": "constrained", "flex": "flex", "grid": "grid"}
_UNSAFE = re.compile(r"[\\(&=}]|/\*")
_HORIZONTAL = ("left", "right", "center", "space-between")
_CHILD_KEYS = ("selfStretch", "flexSize", "columnStart", "columnSpan", "rowStart", "rowSpan")


def with_layout(html: str, block: Block) -> str:
    """The block's HTML with its layout classes on the element that holds the inner blocks."""
    settings = block.settings
    child = _dict(_dict(settings.get("style")).get("layout"))
    default = DEFAULTS.get(block.name or "")
    if default is None and not child:
        return html
    outer = [_child_class(child, block.around)] if child else []
    if outer and not _child_has_styles(child):
        outer = []
    classes = [] if default is None else _classes(block, default)
    found = tags(html)
    first = next(found, None)
    if first is None:
        return html
    if outer:
        first.add_class(*outer)
        html = first.apply()
        found = tags(html)
        first = next(found)
    holder = _holder_classes(block) if classes else None
    tag = first
    if holder:
        while holder not in (tag.get("class") or ""):
            following = next(found, None)
            if following is None:
                return html
            tag = following
    tag.add_class(*classes)
    return tag.apply()


def _holder_classes(block: Block) -> str | None:
    """The classes of the last element that opens before the first inner block."""
    if len(block.parts) < 2 or block.parts[0] is None:
        return None
    last = None
    for tag in tags(block.parts[0]):
        last = tag.get("class") or last
    return last


def _classes(block: Block, default: Mapping[str, str]) -> list[str]:
    own = block.settings.get("layout")
    layout: dict[str, Any] = dict(own) if isinstance(own, dict) else {} if own == [] else dict(default)
    if layout.get("inherit") or layout.get("contentSize"):
        layout["type"] = "constrained"
    kind = layout.get("type", "default")
    kind = kind if kind in _NAMES else "default"
    classes = ["has-global-padding"] if kind == "constrained" else []
    said = own if isinstance(own, dict) else {}
    if said.get("orientation"):
        classes.append(f"is-{query_slug(str(said['orientation']))}")
    if said.get("justifyContent"):
        classes.append(f"is-content-justification-{query_slug(str(said['justifyContent']))}")
    if said.get("flexWrap") == "nowrap":
        classes.append("is-nowrap")
    classes.append(f"is-layout-{_NAMES[kind]}")
    spacing = _dict(block.settings.get("style")).get("spacing")
    gap = _gap(_dict(spacing).get("blockGap"))
    if _has_styles(layout, kind, gap, _dict(spacing).get("padding")):
        name = block.name or ""
        fallback = theme.BLOCK_GAPS.get(name, theme.BLOCK_GAP)
        values = [layout, True, gap, False, fallback, spacing]
        classes.append(_hashed(values, f"wp-container-{name.replace('/', '-')}-is-layout-"))
    classes.append(f"{default_class(block.name or '')}-is-layout-{_NAMES[kind]}")
    return classes


def default_class(name: str) -> str:
    """`wp-block-group` of `core/group`, `wp-block-a-b` of `a/b` (`wp_get_block_default_classname`)."""
    return "wp-block-" + name.removeprefix("core/").replace("/", "-")


def _gap(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _gap(part) for key, part in value.items()}
    return None if isinstance(value, str) and _UNSAFE.search(value) else value


def _has_styles(layout: Mapping[str, Any], kind: str, gap: Any, padding: Any) -> bool:
    """Whether the layout needs rules of its own; only then it has a class of its own."""
    if kind == "grid":
        return True
    if isinstance(gap, dict) and kind != "flex":
        gap = gap.get("top")
    if gap is not None:
        return True
    if kind == "constrained":
        sized = layout.get("contentSize") or layout.get("wideSize")
        padded = isinstance(padding, dict) and (padding.get("right") or padding.get("left"))
        return bool(sized or padded) or layout.get("justifyContent") in ("left", "right")
    if kind == "flex":
        if layout.get("orientation", "horizontal") != "horizontal":
            return True
        aligned = layout.get("justifyContent") in _HORIZONTAL
        placed = layout.get("verticalAlignment") in ("top", "center", "bottom", "stretch")
        return layout.get("flexWrap") == "nowrap" or aligned or placed
    return False


def _child_class(child: Mapping[str, Any], around: Any) -> str:
    own = {key: value for key, value in child.items() if key in _CHILD_KEYS}
    columns = {key: around[key] for key in ("minimumColumnWidth", "columnCount") if key in _dict(around)}
    return _hashed({"layout": own or [], "parentLayout": columns or []}, "wp-container-content-")


def _child_has_styles(child: Mapping[str, Any]) -> bool:
    if child.get("selfStretch") in ("fixed", "fixedNoShrink"):
        return bool(child.get("flexSize"))
    return child.get("selfStretch") == "fill" or any(child.get(key) for key in _CHILD_KEYS[2:])


def _hashed(values: Any, prefix: str) -> str:
    """`wp_unique_id_from_values`: a name from the values' JSON."""
    text = json.dumps(values, separators=(",", ":")).replace("/", "\\/")
    return prefix + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:8]


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
