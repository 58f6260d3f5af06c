"""What WordPress adds to the saved HTML of blocks: classes of elements, styles, positions, and fluid sizes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from wirepress.render.blocks import theme
from wirepress.render.blocks.fluid import fluid_size
from wirepress.render.blocks.layout import with_layout
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at, mapping
from wirepress.render.blocks.types import block_types, is_left_to_the_block, supports
from wirepress.render.css import clean_style
from wirepress.render.entities import escape_attribute
from wirepress.render.numbers import Numbers
from wirepress.render.slugs import key
from wirepress.render.tags import Tag, first_tag, with_attribute, with_class

_HEADINGS = ("heading", "h1", "h2", "h3", "h4", "h5", "h6")
_ELEMENT_PATHS = (
    ("link", ("color", "text")),
    ("link", (":hover", "color", "text")),
    ("button", ("color", "text")),
    ("button", ("color", "background")),
    ("button", ("color", "gradient")),
    *((heading, ("color", part)) for heading in _HEADINGS for part in ("text", "background", "gradient")),
)
_STYLE_NAME = re.compile(r"\bis-style-(?!default\b)(\S+)")


class Added:
    """The classes that a block gets for itself; the numbers are taken before its inner blocks are rendered."""

    __slots__ = ("elements", "variation")

    def __init__(self, block: Block, numbers: Numbers) -> None:
        self.variation = _variation(block, numbers)
        self.elements = ""
        if element_colours(block):
            self.elements = f"wp-elements-{numbers.take('elements')}"


def _variation(block: Block, numbers: Numbers) -> str:
    for name in _STYLE_NAME.findall(str(block.settings.get("className"))):
        if name in theme.STYLE_VARIATIONS.get(block.name or "", ()):
            return f"is-style-{name}--{numbers.take()}"
    return ""


def element_colours(block: Block) -> Mapping[str, Any]:
    """The colours of elements inside that a block leaves to us, with all else that it says of them; none where it sets
    none."""
    elements = mapping(at(block.settings, "style", "elements"))
    if block.name not in block_types():
        return {}
    has_any = any(
        at(elements, name, *path)
        and not is_left_to_the_block(block.name, "color", "heading" if name in _HEADINGS else name)
        for name, path in _ELEMENT_PATHS
    )
    return elements if has_any else {}


def with_supports(html: str, block: Block, added: Added, numbers: Numbers) -> str:
    """The rendered block with everything that its settings ask for (the `render_block` filters, in their order)."""
    style = mapping(block.settings.get("style"))
    if added.elements:
        html = with_class(html, added.elements)
    if style:
        html = _with_fluid_size(html, style.get("typography"))
    html = with_layout(html, block)
    if style:
        html = _with_position(html, block, style.get("position"), numbers)
    html = _with_dimensions(html, block, style)
    if style:
        html = _with_duotone(html, block, numbers)
        html = _with_background(html, block, style.get("background"))
    if added.variation:
        html = with_class(html, added.variation)
    if hidden := [f"wp-block-hidden-{name}" for name in sorted(_hidden_on(block))]:
        html = _kept_back(with_class(html, *hidden))
    return html


def with_own_elements(html: str, block: Block) -> str:
    """What a template repeats, with the class that the colours of the template's elements gave it."""
    names = str(block.settings.get("className") or "").split()
    return with_class(html, *(name for name in names if name.startswith("wp-elements-")))


def _with_fluid_size(html: str, typography: Any) -> str:
    size = at(typography, "fontSize")
    if not size or not (fluid := fluid_size(size)) or fluid == size:
        return html
    pattern = re.compile(rf"font-size\s*:\s*{re.escape(str(size))}\s*;?")
    return pattern.sub(lambda _: f"font-size:{escape_attribute(fluid)};", html, count=1)


def _with_position(html: str, block: Block, position: Any, numbers: Numbers) -> str:
    if block.name != "core/group" or not position:
        return html
    number = numbers.take()
    if at(position, "type") != "sticky":
        return html
    return with_class(html, f"wp-container-{number}", "is-position-sticky")


def _with_dimensions(html: str, block: Block, style: Mapping[str, Any]) -> str:
    """A proportion, for which the heights have to go, or a least height, for which the proportion has to
    (`wp_render_dimensions_support`)."""
    dimensions = style.get("dimensions")
    ratio, height = at(dimensions, "aspectRatio"), at(dimensions, "minHeight")
    if not supports(block.name, "dimensions", "aspectRatio") or (tag := first_tag(html)) is None:
        return html
    has_height = height is not None or block.settings.get("minHeight") is not None
    if ratio == "auto" and not has_height:
        rules = "aspect-ratio:auto;"
    elif ratio and ratio != "auto" and isinstance(ratio, str | int | float):
        rules = f"{clean_style(f'aspect-ratio:{ratio};height:unset;min-height:unset')};"
        tag.add_class("has-aspect-ratio")
    elif has_height:
        rules = "aspect-ratio:unset;"
    else:
        return html
    tag.set("style", _ended(tag) + rules)
    return tag.apply()


class Duotone(NamedTuple):
    """A filter of two colours (or more) over pictures: the class that it is known by, without the number that a filter
    without a preset gets behind it, and its colours as its writer gave them; none where a filter was taken off."""

    name: str
    colours: tuple[str, ...]
    is_preset: bool


def duotone_of(block: Block) -> Duotone | None:
    """The filter of a block (`WP_Duotone`); None without one, and for a preset that nobody knows."""
    duotone = at(block.settings, "style", "color", "duotone")
    if not duotone or block.name not in _DUOTONES:
        return None
    if isinstance(duotone, list):
        colours = tuple(str(one) for one in duotone)
        return Duotone(f"wp-duotone-{key('-'.join((*colours, '')))}", colours, is_preset=False)
    if not isinstance(duotone, str):
        return None
    if found := _DUOTONE_PRESET.search(duotone):
        preset = theme.DUOTONES.get(found[1])
        return Duotone(f"wp-duotone-{found[1]}", preset, is_preset=True) if preset else None
    return Duotone(f"wp-duotone-{key(f'{duotone}-')}", (), is_preset=False)


def _with_duotone(html: str, block: Block, numbers: Numbers) -> str:
    duotone = duotone_of(block)
    if duotone is None:
        return html
    return with_class(html, duotone.name if duotone.is_preset else f"{duotone.name}{numbers.take()}")


def _with_background(html: str, block: Block, background: Any) -> str:
    if block.name not in _BACKGROUNDS or not isinstance(background, Mapping):
        return html
    rules = _background_rules(background)
    if rules is None or (tag := first_tag(html)) is None:
        return html
    given = (clean_style(f"{name}:{value}") for name, value in rules.items() if isinstance(value, str) and value)
    written = (f"{rule};" for rule in given if rule)
    tag.set("style", f"{_ended(tag)}{''.join(written)}")
    tag.add_class("has-background")
    return tag.apply()


def _background_rules(background: Mapping[str, Any]) -> dict[str, Any] | None:
    """The rules of a background, in WordPress's order: of its picture, or else of its gradient; None without both."""
    size, position = background.get("backgroundSize"), background.get("backgroundPosition")
    image: Any = _background_picture(background.get("backgroundImage"))
    if image:
        size = size or "cover"
        if size == "contain":
            position = position or "50% 50%"
    else:
        image = background.get("gradient")
    if not isinstance(image, str) or not image:
        return None
    return {
        "background-image": image,
        "background-position": position,
        "background-repeat": background.get("backgroundRepeat"),
        "background-size": size,
        "background-attachment": background.get("backgroundAttachment"),
    }


def _background_picture(picture: Any) -> str:
    """A picture as a style names it, "" where there is none: it is kept as that, or with its address."""
    if isinstance(picture, dict):
        return f"url('{picture['url']}')" if picture.get("url") else ""
    return picture if isinstance(picture, str) else ""


def _ended(tag: Tag) -> str:
    """The style that a tag has, ready for more rules."""
    before = (tag.get("style") or "").strip()
    return f"{before.rstrip(';')};" if before else ""


_BACKGROUNDS = frozenset(
    ("core/accordion", "core/group", "core/post-content", "core/pullquote", "core/quote", "core/verse")
)
_DUOTONES = frozenset(
    ("core/avatar", "core/cover", "core/image", "core/post-author", "core/post-featured-image", "core/site-logo")
)
_DUOTONE_PRESET = re.compile(r"\Avar(?::preset\|duotone\||\(--wp--preset--duotone--)([\w-]+)", re.ASCII)


_VIEWPORTS = ("mobile", "tablet", "desktop")


def is_hidden(block: Block) -> bool:
    """Whether an editor has hidden the block everywhere (`blockVisibility`)."""
    return _visibility(block) is False or len(_hidden_on(block)) == len(_VIEWPORTS)


def _hidden_on(block: Block) -> list[str]:
    """The viewports that a block is hidden on."""
    views = mapping(at(_visibility(block), "viewport"))
    return [name for name in _VIEWPORTS if views.get(name) is False]


def _visibility(block: Block) -> Any:
    return at(block.settings, "metadata", "blockVisibility")


def _kept_back(html: str) -> str:
    """Images that some screens do not show are not fetched before others."""
    return with_attribute(html, "img", "fetchpriority", "auto")
