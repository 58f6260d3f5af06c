"""The search form: its colours, borders and letters are those of what is in it (`render_block_core_search`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from wirepress.render.blocks import styles
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import label_class, mapping, number
from wirepress.render.blocks.styles import Looks
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.css import clean_style
from wirepress.render.entities import escape_attribute
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.strip import strip_all_tags
from wirepress.render.urls import clean_url

_PLACES = ("button-inside", "button-outside", "no-button", "button-only")
_GLASS = (  # a magnifying glass, drawn here
    '<svg class="search-icon" viewBox="0 0 24 24" width="24" height="24">'
    '<path d="M14 4a6 6 0 0 0-4.7 9.7l-5 5 1 1 5-5A6 6 0 1 0 14 4zm0 10.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z"></path>'
    "</svg>"
)
_LABEL = "wp-block-search__label"
_PADDING = "4px"
"""How far the frame of a button inside stands off from it, which its corners follow."""
_LINES = ("width", "color", "style")
_LETTERS = (
    "font-size", "letter-spacing", "font-weight", "font-style", "line-height", "text-transform", "text-decoration",
)  # fmt: skip
"""The order of the rules for letters here."""
_FOLDED = (
    ' \n\t\t data-wp-interactive="core/search"\n\t\t data-wp-context=\''
    '{{"isSearchInputVisible":false,"inputId":"{name}","ariaLabelExpanded":"Submit Search",'
    '"ariaLabelCollapsed":"Expand search field"}}\'\n'
    '\t\t data-wp-class--wp-block-search__searchfield-hidden="!context.isSearchInputVisible"\n'
    '\t\t data-wp-on--keydown="actions.handleSearchKeydown"\n\t\t data-wp-on--focusout="actions.handleSearchFocusout"\n'
    "\t\t"
)
_FOLDED_BUTTON = (
    ' aria-expanded="false"  {classes} data-wp-bind--aria-controls="state.ariaControls" '
    'data-wp-bind--aria-expanded="context.isSearchInputVisible" data-wp-bind--aria-label="state.ariaLabel" '
    'data-wp-bind--type="state.type" data-wp-on--click="actions.openSearchInput"  '
)


class _Part(NamedTuple):
    """What an element inside is given to look like."""

    classes: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()

    def named(self, *names: str) -> str:
        """Its class attribute, after names of its own."""
        return f'class="{escape_attribute(" ".join((*names, *self.classes)))}"'

    @property
    def style(self) -> str:
        """Its style attribute with the space before it, "" where it has none."""
        rules = clean_style(";".join(rule.replace(":", ": ", 1) for rule in self.declarations))
        return f' style="{escape_attribute(rules)}"' if rules else ""


class _Parts(NamedTuple):
    label: _Part
    frame: _Part
    field: _Part
    button: _Part


def search(block: Block, scene: Scene) -> str:
    settings = block.settings
    place = str(settings.get("buttonPosition") or "")
    is_folded = place == "button-only"
    name = f"wp-block-search__input-{scene.numbers.take()}"
    label = kses_markup(str(settings.get("label") or "")) or "Search"
    hidden = label_class(settings.get("showLabel", True) and settings.get("label", True))
    parts = _parts(block)
    if hidden:
        letters = parts.label.declarations
        if not settings.get("showLabel", True):
            letters = tuple(rule for rule in letters if not rule.startswith("text-decoration:"))
        parts = parts._replace(label=_Part(tuple(hidden.split()), letters))
    extra = "".join(
        f'<input type="hidden" name="{escape_attribute(str(key))}" value="{escape_attribute(_text(value))}" />'
        for key, value in mapping(settings.get("query")).items()
    )
    inside = f"{_field(block, name, parts.field, is_folded)}{extra}"
    if place != "no-button":
        inside += _button(block, parts.button, is_folded)
    folded = _FOLDED.format(name=name) if is_folded else " "
    return (
        f'<form role="search" method="get" action="{clean_url(scene.lookup.home("/"))}" '
        f"{wrapper(block, _classes(settings, place))}{folded}>"
        f'<label {parts.label.named(_LABEL)} for="{name}" {parts.label.style}>{label}</label>'
        f"<div {parts.frame.named('wp-block-search__inside-wrapper')} {parts.frame.style}>{inside}</div></form>"
    )


def _classes(settings: dict[str, Any], place: str) -> str:
    names = [f"wp-block-search__{place}"] if place in _PLACES else []
    if place == "button-only":
        names.append("wp-block-search__searchfield-hidden")
    if place and place != "no-button":
        names.append(f"wp-block-search__{'icon' if settings.get('buttonUseIcon') else 'text'}-button")
    return " ".join(names)


def _text(value: object) -> str:
    return "Array" if isinstance(value, list | dict) else str(value)


def _field(block: Block, name: str, part: _Part, is_folded: bool) -> str:
    placeholder = escape_attribute(str(block.settings.get("placeholder") or ""))
    classes, folded, gap = part.named("wp-block-search__input"), "", ""
    if is_folded:
        classes, gap = f'aria-hidden="true" {classes}', " "
        folded = 'data-wp-bind--aria-hidden="!context.isSearchInputVisible" data-wp-bind--tabindex="state.tabindex" '
    return (
        f'<input {classes} {folded}id="{name}" placeholder="{placeholder}"{gap} value="" type="search" name="s" '
        f"required {part.style}/>"
    )


def _button(block: Block, part: _Part, is_folded: bool) -> str:
    settings = block.settings
    text = str(settings.get("buttonText", "Search"))
    icon = bool(settings.get("buttonUseIcon"))
    names = ["wp-block-search__button", *part.classes, *(["has-icon"] if icon else []), "wp-element-button"]
    classes = f'class="{escape_attribute(" ".join(names))}"'
    marks = f'aria-label="{escape_attribute(strip_all_tags(text))}" {classes} type="submit" '
    if is_folded:
        marks = _FOLDED_BUTTON.format(classes=classes)
    return f"<button {marks}{part.style}>{_GLASS if icon else kses_markup(text)}</button>"


def _parts(block: Block) -> _Parts:
    """The looks of what is inside: a button that stands inside shares one frame with the field."""
    border, colours, letters = (_looks(block, part) for part in (styles.borders, styles.colours, styles.letters))
    corners = [rule for rule in border.declarations if "radius" in rule]
    lines = sorted((rule for rule in border.declarations if "radius" not in rule), key=_place_of_line)
    around: tuple[str, ...] = ()
    on_parts, classes = (*lines, *corners), tuple(border.classes)
    frame = _width(block.settings)
    if block.settings.get("buttonPosition") == "button-inside":
        around, classes = classes, ()
        frame += (*lines, *(_wider(rule) for rule in corners))
        on_parts = tuple(corners)
    on_field = Looks([], [])
    if block.settings.get("buttonPosition") == "no-button":
        on_field = colours
    letters = Looks(letters.classes, sorted(letters.declarations, key=_place_of_letters))
    undecorated = tuple(rule for rule in letters.declarations if not rule.startswith("text-decoration:"))
    return _Parts(
        label=_Part(tuple(letters.classes), tuple(letters.declarations)),
        frame=_Part(around, frame),
        field=_Part((*classes, *on_field.classes, *letters.classes), (*on_parts, *on_field.declarations, *undecorated)),
        button=_Part(
            (*colours.classes, *letters.classes, *classes),
            (*on_parts, *colours.declarations, *letters.declarations),
        ),
    )


def _place_of_letters(rule: str) -> int:
    name = rule.partition(":")[0]
    return _LETTERS.index(name) if name in _LETTERS else len(_LETTERS)


def _looks(block: Block, part: Callable[..., Looks]) -> Looks:
    """Here presets leave room for what was set beside them."""
    settings = block.settings
    beside = {key: value for key, value in settings.items() if key not in styles.PRESETS}
    classes = part(block.name, settings, outer=False).classes
    # Its border is drawn as a group's, dotted or dashed too, though the block does not say that it can be.
    name = "core/group" if part is styles.borders else block.name
    return Looks(classes, part(name, beside, outer=False).declarations)


def _place_of_line(rule: str) -> int:
    """Where a rule of a frame stands: widths before colours before styles, and what a value has smuggled in last."""
    name = rule.partition(":")[0].rpartition("-")[2]
    return _LINES.index(name) if name in _LINES else len(_LINES)


def _wider(rule: str) -> str:
    name, _, value = rule.partition(":")
    return f"{name}:calc({value} + {_PADDING})"


def _width(settings: dict[str, Any]) -> tuple[str, ...]:
    width, unit = number(settings.get("width"), 0, 10**6), str(settings.get("widthUnit") or "")
    return (f"width:{width}{escape_attribute(unit)}",) if width and unit else ()
