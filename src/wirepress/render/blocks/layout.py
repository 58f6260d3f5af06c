"""The layout support: classes that say how a block lays out what it holds (`wp_render_layout_support_flag`)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wirepress.render.blocks import theme
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at, mapping, one_of
from wirepress.render.slugs import query_slug
from wirepress.render.tags import opened_and_closed, tags, with_class

_FLOW = (
    "core/accordion", "core/accordion-item", "core/accordion-panel", "core/column", "core/cover", "core/details",
    "core/group", "core/latest-posts", "core/post-content", "core/post-template", "core/query", "core/quote",
    "core/tab-panel", "core/tabs", "core/term-template", "core/terms-query",
)  # fmt: skip
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    **{name: {} for name in _FLOW},
    "core/buttons": {"type": "flex"},
    "core/columns": {"type": "flex", "flexWrap": "nowrap"},
    "core/comments-pagination": {"type": "flex"},
    "core/gallery": {"type": "flex"},
    "core/navigation": {"type": "flex"},
    "core/query-pagination": {"type": "flex"},
    "core/social-links": {"type": "flex"},
    "core/tab-list": {"type": "flex", "flexWrap": "wrap"},
}
"""The blocks with layout support and the layout each has when none is set."""

_DEEPEST = 50
_LONGEST_VALUE = 1_000
"""Characters of a value that a block's class tells of: each child of the block would tell of it again."""
"""How far back an end of an element is looked for its beginning."""
_NAMES = {"default": "flow", "constrained": "constrained", "flex": "flex", "grid": "grid"}
_UNSAFE = re.compile(r"[\\(&=}]|/\*")
_HORIZONTAL = ("left", "right", "center", "space-between")
_CHILD_KEYS = ("selfStretch", "flexSize", "columnStart", "columnSpan", "rowStart", "rowSpan")


def with_layout(html: str, block: Block) -> str:
    """The block's HTML with its layout classes on the element that holds the inner blocks."""
    if (place := place_of(block)) is not None:
        html = with_class(html, place[0])
    if (layout := layout_of(block)) is None:
        return html
    holder = _holder_classes(block)
    for tag in tags(html):
        if not holder or holder in (tag.get("class") or ""):
            tag.add_class(*_classes(block, layout))
            return tag.apply()
    return html


def _holder_classes(block: Block) -> str | None:
    """The classes of the last element that is open before the first inner block."""
    if len(block.parts) < 2 or block.parts[0] is None:
        return None
    open_ones: list[tuple[str, str | None]] = []
    for name, tag in opened_and_closed(block.parts[0]):
        if tag is not None:
            open_ones.append((name, tag.get("class")))
        elif any(name == opened for opened, _ in open_ones[-_DEEPEST:]):
            while open_ones.pop()[0] != name:
                pass
    return next((classes for _, classes in reversed(open_ones) if classes), None)


class Layout(NamedTuple):
    """How a block lays out what it holds: what its settings say, the kind that this is, the gap between what it holds
    (a mapping of sides, or for all), and its other spaces."""

    values: dict[str, Any]
    kind: str
    gap: Any
    spacing: Any


def layout_of(block: Block) -> Layout | None:
    """The layout of a block; None where its type has none."""
    default = DEFAULTS.get(block.name or "")
    if default is None:
        return None
    own = block.settings.get("layout")
    values: dict[str, Any] = dict(mapping(own) if isinstance(own, dict) or own == [] else default)
    if values.get("inherit") or values.get("contentSize"):
        values["type"] = "constrained"
    spacing = at(block.settings, "style", "spacing")
    return Layout(values, one_of(values.get("type"), _NAMES, "default"), _gap(at(spacing, "blockGap")), spacing)


def container_class(block: Block, layout: Layout) -> str:
    """The class that the rules of a block's own layout are known by, "" where it needs none."""
    if not _has_styles(layout.values, layout.kind, layout.gap, at(layout.spacing, "padding")):
        return ""
    name = block.name or ""
    fallback = theme.BLOCK_GAPS.get(name, theme.BLOCK_GAP)
    values = [layout.values, True, layout.gap, False, fallback, layout.spacing]
    return _hashed(values, f"wp-container-{name.replace('/', '-')}-is-layout-")


def place_of(block: Block) -> tuple[str, Mapping[str, Any]] | None:
    """The class that the rules of a block's place in the layout around it are known by, and what they are made of;
    None where it needs none."""
    child = mapping(at(block.settings, "style", "layout"))
    return (_child_class(child, block.around), child) if child and _child_has_styles(child) else None


def _classes(block: Block, layout: Layout) -> list[str]:
    kind = _NAMES[layout.kind]
    classes = ["has-global-padding"] if layout.kind == "constrained" else []
    classes += [*_chosen_classes(mapping(block.settings.get("layout"))), f"is-layout-{kind}"]
    if own := container_class(block, layout):
        classes.append(own)
    classes.append(f"{default_class(block.name or '')}-is-layout-{kind}")
    return classes


def _chosen_classes(layout: Mapping[str, Any]) -> Iterator[str]:
    if layout.get("orientation"):
        yield f"is-{query_slug(str(layout['orientation']))}"
    if layout.get("justifyContent"):
        yield f"is-content-justification-{query_slug(str(layout['justifyContent']))}"
    if layout.get("flexWrap") == "nowrap":
        yield "is-nowrap"


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
        padded = at(padding, "right") or at(padding, "left")
        return bool(sized or padded) or layout.get("justifyContent") in ("left", "right")
    return kind == "flex" and _flex_has_styles(layout)


def _flex_has_styles(layout: Mapping[str, Any]) -> bool:
    if layout.get("orientation", "horizontal") != "horizontal" or layout.get("flexWrap") == "nowrap":
        return True
    aligned = layout.get("justifyContent") in _HORIZONTAL
    return aligned or layout.get("verticalAlignment") in ("top", "center", "bottom", "stretch")


def _child_class(child: Mapping[str, Any], around: Any) -> str:
    own = {key: value for key, value in child.items() if key in _CHILD_KEYS and _is_short(value)}
    columns = {
        key: around[key]
        for key in ("minimumColumnWidth", "columnCount")
        if key in mapping(around) and _is_short(around[key])
    }
    return _hashed({"layout": own or [], "parentLayout": columns or []}, "wp-container-content-")


def _is_short(value: Any) -> bool:
    """Whether a value is worth a name: each child makes one of its parent's."""
    return not isinstance(value, dict | list) and (not isinstance(value, str) or len(value) <= _LONGEST_VALUE)


def _child_has_styles(child: Mapping[str, Any]) -> bool:
    if child.get("selfStretch") in ("fixed", "fixedNoShrink"):
        return bool(child.get("flexSize"))
    return child.get("selfStretch") == "fill" or any(child.get(key) for key in _CHILD_KEYS[2:])


def _hashed(values: Any, prefix: str) -> str:
    """`wp_unique_id_from_values`: a name from the values' JSON."""
    text = json.dumps(values, separators=(",", ":")).replace("/", "\\/")
    return prefix + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:8]
