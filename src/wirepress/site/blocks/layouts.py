"""The rules that lay out single blocks, which WordPress prints into the head of a page.

The classes are in the content already, made from the blocks' settings; here the rules are made from the same settings.
Columns of a grid become fewer where there is no room for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wirepress.content.themes.css import is_whole
from wirepress.render.blocks.layout import Layout, container_class, layout_of, place_of
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at, mapping, number
from wirepress.render.blocks.supports import element_colours
from wirepress.render.colours import colour_of
from wirepress.render.slugs import kebab
from wirepress.site.blocks.grounds import Page

CUES = ("wp-container-", "wp-elements-")
"""A text without either has no rules of its own."""
MOST = 400
"""Rules that a text may have."""
GAP = "1.2rem"
_GALLERY_GAP = ".6rem"
_NARROWEST = "8rem"
"""Of a column of a grid whose number of columns is set."""
_VALUE = re.compile(r"[\w .,%()+*/#-]{1,120}\Z", re.ASCII)
_FUNCTION = re.compile(r"([\w-]*)\(", re.ASCII)
_FUNCTIONS = frozenset(
    ("", "var", "calc", "min", "max", "clamp", "rgb", "rgba", "hsl", "hsla", "linear-gradient", "radial-gradient")
)
_PRESET = re.compile(r"var:preset\|([a-z-]{1,40})\|([\w-]{1,60})\Z", re.ASCII)
_COLOUR_PRESET = re.compile(r"var\(--wp--preset--color--([\w-]{1,60})\)\Z", re.ASCII)
_ACROSS = {"left": "flex-start", "right": "flex-end", "center": "center", "space-between": "space-between",
           "stretch": "stretch"}  # fmt: skip
_UPRIGHT = {"top": "flex-start", "center": "center", "bottom": "flex-end", "stretch": "stretch",
            "space-between": "space-between"}  # fmt: skip

_REPEATING = frozenset(
    (
        *("core/post-template", "core/comment-template", "core/term-template"),
        *("core/query-no-results", "core/archives", "core/post-content"),
    )
)
"""Blocks that show what they hold more than once, or not at all."""
MOST_PIXELS = 1_000_000

Declarations = dict[str, str]


def rules(blocks: Iterable[Block], page: Page) -> str:
    """The rules for the blocks of a text, which come as they are rendered (`written.Written`), as a style sheet."""
    found: dict[str, None] = {}
    coloured = 0
    is_counted = True
    for block in blocks:
        layout = layout_of(block)
        if layout is not None and (name := container_class(block, layout)):
            container = _gallery if block.name == "core/gallery" else _container
            found |= dict.fromkeys(container(f".content .{name}", layout))
        if (place := place_of(block)) is not None:
            found |= dict.fromkeys(_place(f".content .{place[0]}", place[1]))
        # A list of posts repeats what it holds, so that nobody knows here which number a later block has.
        is_counted &= block.name not in _REPEATING
        if is_counted and (colours := element_colours(block)):
            coloured += 1
            found |= dict.fromkeys(_colours(f".content .wp-elements-{coloured}", colours, page))
        if len(found) >= MOST:
            break
    return "\n".join(list(found)[:MOST])


def _container(name: str, layout: Layout) -> Iterator[str]:
    gap = _gap(layout.gap)
    if layout.kind == "flex":
        yield from _rule(name, _flex(layout.values) | ({"gap": gap.both} if gap else {}))
    elif layout.kind == "grid":
        yield from _rule(name, {"grid-template-columns": _columns(layout.values, gap.column if gap else GAP)})
        yield from _rule(name, {"gap": gap.both} if gap else {})
    else:
        if layout.kind == "constrained":
            yield from _constrained(name, layout.values)
        if gap:
            yield from _rule(f"{name} > *", {"margin-block": "0"})
            yield from _rule(f"{name} > * + *", {"margin-block-start": gap.row})


def _gallery(name: str, layout: Layout) -> Iterator[str]:
    """The gap of a gallery; its columns are as wide as the gap between them leaves (blocks.css)."""
    if gap := _gap(layout.gap, _GALLERY_GAP):
        yield from _rule(name, {"--wp--style--unstable-gallery-gap": gap.column, "gap": gap.both})


def _flex(values: Mapping[str, Any]) -> Declarations:
    across, upright = _ACROSS.get(str(values.get("justifyContent"))), _UPRIGHT.get(str(values.get("verticalAlignment")))
    if values.get("orientation", "horizontal") == "horizontal":
        found = {"justify-content": across, "align-items": upright}
    else:
        found = {"flex-direction": "column", "align-items": across or "flex-start", "justify-content": upright}
    return {name: value for name, value in found.items() if value}


def _columns(values: Mapping[str, Any], between: str) -> str:
    """Columns with a gap between them."""
    least = _value(values.get("minimumColumnWidth"))
    fill = "auto-fit" if values.get("autoFit") else "auto-fill"
    if not values.get("columnCount"):
        return f"repeat({fill}, minmax(min({least or '12rem'}, 100%), 1fr))"
    count = number(values["columnCount"], 3, 16, 1)
    share = f"(100% - ({between} * {count - 1})) / {count}"
    return f"repeat({fill}, minmax(max(min({least or _NARROWEST}, 100%), {share}), 1fr))"


def _constrained(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    content, wide = _value(values.get("contentSize")), _value(values.get("wideSize"))
    inner = f"{name} > :where(:not(.alignleft, .alignright, .alignfull))"
    if content or wide:
        yield from _rule(inner, {"max-width": f"min(100%, {content or wide})"})
        yield from _rule(f"{name} > .alignwide", {"max-width": f"min(100%, {wide or content})"})
    sides = {"left": {"margin-inline": "0 auto"}, "right": {"margin-inline": "auto 0"}}
    yield from _rule(inner, sides.get(str(values.get("justifyContent")), {"margin-inline": "auto"}))


def _place(name: str, child: Mapping[str, Any]) -> Iterator[str]:
    stretch, size = child.get("selfStretch"), _value(child.get("flexSize"))
    if stretch == "fill":
        yield from _rule(name, {"flex-grow": "1"})
    elif stretch in ("fixed", "fixedNoShrink") and size:
        shrink = {"flex-shrink": "0"} if stretch == "fixedNoShrink" else {}
        yield from _rule(name, {"flex-basis": f"min(100%, {size})", **shrink})
    spans = {"grid-column": _span(child, "column"), "grid-row": _span(child, "row")}
    for made in _rule(name, {key: value for key, value in spans.items() if value}):
        yield f"@media (min-width: 48rem) {{ {made} }}"


def _span(child: Mapping[str, Any], kind: str) -> str:
    start, span = (number(child.get(f"{kind}{what}"), 0, 100) for what in ("Start", "Span"))
    parts = [str(start) if start else "", f"span {span}" if span else ""]
    return " / ".join(filter(None, parts))


def _colours(name: str, elements: Mapping[str, Any], page: Page) -> Iterator[str]:
    """The colours of links, buttons and headings in a block."""
    for kind, selectors in _ELEMENTS.items():
        of_kind = mapping(elements.get(kind))
        for state, selector in selectors.items():
            colours = mapping(at(of_kind, state, "color") if state else of_kind.get("color"))
            ground = _value(colours.get("background")) or _value(colours.get("gradient"))
            yield from _rule(f"{name} {selector}", {"background": ground} if ground else {})
            if text := _value(colours.get("text")):
                yield from _text(f"{name} {selector}", text, is_alone=not ground, page=page)


def _text(selector: str, text: str, *, is_alone: bool, page: Page) -> Iterator[str]:
    """The colour of a text, which can be read on the page where it has no background of its own."""
    colour = colour_of(text)
    if colour is not None and is_alone:
        light, dark = page.shades(colour)
        yield from _rule(selector, {"color": f"light-dark({light.hex}, {dark.hex})"})
        own = selector.removeprefix(".content ")
        yield from _rule(f".content :is(.has-background, .wp-block-cover) {own}", {"color": text})
        yield from _rule(f".content .has-background{own}", {"color": text})
        return
    preset = _COLOUR_PRESET.match(text) if is_alone else None
    yield from _rule(selector, {"color": f"var(--wp--text--{preset[1]}, {text})" if preset else text})


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ELEMENTS: Mapping[str, Mapping[str, str]] = {
    "link": {"": "a:where(:not(.wp-element-button))", ":hover": "a:where(:not(.wp-element-button)):hover"},
    "button": {"": ":is(.wp-element-button, .wp-block-button__link)"},
    "heading": {"": f":is({', '.join(_HEADINGS)})"},
    **{name: {"": name} for name in _HEADINGS},
}


class _Gap(NamedTuple):
    """The gap between what lies below each other, and between what lies beside each other."""

    row: str
    column: str

    @property
    def both(self) -> str:
        return self.row if self.row == self.column else f"{self.row} {self.column}"


def _gap(gap: Any, usual: str = GAP) -> _Gap | None:
    """The gap that a block sets, None where it sets none."""
    if isinstance(gap, dict):
        row, column = (_space(gap.get(side), usual) or usual for side in ("top", "left"))
        return _Gap(row, column)
    space = _space(gap, usual)
    sides = space.split(" ") if "(" not in space else [space]
    return _Gap(sides[0], sides[-1]) if space else None


def _space(value: Any, usual: str) -> str:
    """A length between two blocks.  Even none has a unit, or nothing could be reckoned with it; the usual gap stands
    for a preset that the theme has none of."""
    space = _value(value)
    if space == "0":
        return "0px"
    return f"{space[:-1]}, {usual})" if isinstance(value, str) and _PRESET.match(value) else space


def _value(value: Any) -> str:
    """A value that is safe in a style sheet, "" for any other; a preset as its property."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}px" if -MOST_PIXELS < value < MOST_PIXELS else ""
    if not isinstance(value, str):
        return ""
    if found := _PRESET.match(value):
        return f"var(--wp--preset--{found[1]}--{kebab(found[2])})"
    is_value = _VALUE.match(value) is not None and is_whole(value)
    return value.strip() if is_value and _FUNCTIONS.issuperset(_FUNCTION.findall(value.lower())) else ""


def _rule(selector: str, declarations: Mapping[str, str]) -> Iterator[str]:
    if declarations:
        yield f"{selector} {{ {' '.join(f'{name}: {value};' for name, value in declarations.items())} }}"
