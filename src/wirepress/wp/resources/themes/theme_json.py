"""What theme.json may hold, and what WordPress makes of what it holds (WP_Theme_JSON::sanitize).

The names are facts of WordPress 7.1: which styles and settings there are, which elements have states, and which blocks
have states and variations of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, Final

from wirepress.render.blocks.types import block_types

Rule = Callable[[Any], Any]
"""What becomes of a value; None: it goes."""

STYLES: Final[Mapping[str, tuple[str, ...]]] = {
    "background": ("backgroundImage", "backgroundPosition", "backgroundRepeat", "backgroundSize",
                   "backgroundAttachment", "gradient"),
    "border": ("color", "radius", "style", "width", "top", "right", "bottom", "left"),
    "color": ("background", "gradient", "text"),
    "dimensions": ("aspectRatio", "height", "minHeight", "minWidth", "width"),
    "filter": ("duotone",),
    "outline": ("color", "offset", "style", "width"),
    "shadow": (),
    "spacing": ("margin", "padding", "blockGap"),
    "typography": ("fontFamily", "fontSize", "fontStyle", "fontWeight", "letterSpacing", "lineHeight", "textAlign",
                   "textColumns", "textDecoration", "textIndent", "textShadow", "textTransform", "writingMode"),
    "css": (),
}  # fmt: skip
SETTINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "appearanceTools": (),
    "useRootPaddingAwareAlignments": (),
    "background": ("backgroundImage", "backgroundSize", "gradient"),
    "border": ("color", "radius", "radiusSizes", "style", "width"),
    "color": ("background", "custom", "customDuotone", "customGradient", "defaultDuotone", "defaultGradients",
              "defaultPalette", "duotone", "gradients", "link", "heading", "button", "caption", "palette", "text"),
    "custom": (),
    "dimensions": ("aspectRatio", "aspectRatios", "defaultAspectRatios", "dimensionSizes", "height", "minHeight",
                   "minWidth", "width"),
    "layout": ("contentSize", "wideSize", "allowEditing", "allowCustomContentAndWideSize"),
    "position": ("fixed", "sticky"),
    "spacing": ("customSpacingSize", "defaultSpacingSizes", "spacingSizes", "spacingScale", "blockGap", "margin",
                "padding", "units"),
    "shadow": ("presets", "defaultPresets"),
    "typography": ("fluid", "customFontSize", "defaultFontSizes", "dropCap", "fontFamilies", "fontSizes", "fontStyle",
                   "fontWeight", "letterSpacing", "lineHeight", "textAlign", "textColumns", "textDecoration",
                   "textIndent", "textTransform", "writingMode"),
}  # fmt: skip
"""Groups of styles and settings with the names in each; a name without a group has any value."""
SWITCHES: Final = {"lightbox": ("enabled", "allowEditing"), "blockVisibility": ("allowEditing",)}
"""Settings that are true or false and nothing else."""
VIEWPORTS: Final = ("mobile", "tablet")
PRESETS: Final = (
    ("dimensions", "aspectRatios"), ("color", "palette"), ("color", "gradients"), ("color", "duotone"),
    ("spacing", "spacingSizes"), ("typography", "fontSizes"), ("typography", "fontFamilies"), ("shadow", "presets"),
    ("border", "radiusSizes"), ("dimensions", "dimensionSizes"),
)  # fmt: skip
"""Where settings hold lists to choose from, which are told apart by who made them."""
MAKERS: Final = ("default", "blocks", "theme", "custom")
_FONT: Final = ("fontFamily", "name", "slug")
_FACE: Final = (
    "ascentOverride", "descentOverride", "fontDisplay", "fontFamily", "fontFeatureSettings", "fontStyle",
    "fontStretch", "fontVariationSettings", "fontWeight", "lineGapOverride", "sizeAdjust", "src", "unicodeRange",
)  # fmt: skip
ELEMENTS: Final = (
    "link", "heading", "h1", "h2", "h3", "h4", "h5", "h6", "button", "caption", "cite", "textInput", "select",
)  # fmt: skip
_POINTED: Final = (":hover", ":focus", ":focus-visible", ":active")
_STATES: Final = dict.fromkeys(("link", "button"), (":link", ":any-link", ":visited", *_POINTED))
_BLOCK_STATES: Final = dict.fromkeys(("core/button", "core/navigation-link"), _POINTED)
_OWN_STATES: Final = {"core/navigation-link": ("-current",)}
_BREAKPOINTS: Final = ("@mobile", "@tablet")
_VARIATIONS: Final = {
    "core/button": ("fill", "outline"), "core/image": ("default", "rounded"), "core/list": ("checkmark-list",),
    "core/site-logo": ("default", "rounded"), "core/tag-cloud": ("default", "outline"),
    "core/quote": ("default", "plain"), "core/separator": ("default", "wide", "dots"),
    "core/social-links": ("default", "logos-only", "pill-shape"), "core/table": ("regular", "stripes"),
}  # fmt: skip
_OPTED_IN: Final = {
    "background": ("backgroundImage", "backgroundSize", "gradient"),
    "border": ("color", "radius", "style", "width"),
    "color": ("link", "heading", "button", "caption"),
    "dimensions": ("aspectRatio", "height", "minHeight", "minWidth", "width"),
    "position": ("sticky",),
    "spacing": ("blockGap", "margin", "padding"),
    "typography": ("lineHeight", "textColumns"),
}
"""The settings that `appearanceTools` switches on."""


def known_styles(value: Any) -> Any:
    """The styles that there are, each preset as CSS (`var:preset|color|x` as `var(--wp--preset--color--x)`)."""
    return _resolved(_styles()(value) or {})


def known_settings(value: Any, maker: str) -> Any:
    """The settings that there are, those of single blocks too, with each list to choose from under the name of who
    made it."""
    found = _resolved(_settings()(value) or {})
    if not isinstance(found, dict):
        return {}
    if isinstance(blocks := found.get("blocks"), dict):
        found["blocks"] = {name: _completed(inner, maker) for name, inner in blocks.items()}
    return _completed(found, maker)


# ---- what WordPress makes of it


def _resolved(value: Any) -> Any:
    """A value with its presets as CSS; an object of nothing is a list to PHP."""
    if isinstance(value, str) and value.startswith("var:"):
        return f"var(--wp--{value.removeprefix('var:').replace('|', '--')})"
    if isinstance(value, dict):
        return {name: [] if inner == {} else _resolved(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner) for inner in value]
    return value


def _completed(settings: Any, maker: str) -> Any:
    if not isinstance(settings, dict):
        return settings
    found = dict(settings)
    if found.get("appearanceTools") is True:
        del found["appearanceTools"]
        for group, names in _OPTED_IN.items():
            kept = found.get(group)
            if kept is None or isinstance(kept, dict):
                found[group] = {**(kept or {}), **{name: True for name in names if name not in (kept or {})}}
    for group, name in PRESETS:
        inner = found.get(group)
        if isinstance(inner, dict) and isinstance(inner.get(name), list):
            found[group] = {**inner, name: {maker: inner[name]}}
    return found


# ---- what there is


def _anything(value: Any) -> Any:
    return value


def _switch(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _group(rules: Mapping[str, Rule], value: Any) -> Any:
    """What there is of a group.  A list stays as it is; a group of nothing goes, and so does what is no group."""
    if isinstance(value, list) or value == {}:
        return value
    if not isinstance(value, dict):
        return None
    kept: dict[str, Any] = {}
    for name, inner in value.items():
        made = rules[name](inner) if name in rules else None
        if made is not None or (inner is None and rules.get(name) is _anything):
            kept[name] = made
    return kept or None


def _each(rules: Mapping[str, Rule], value: Any) -> Any:
    """As `_group`, where a list holds groups."""
    if isinstance(value, list):
        return [(_group(rules, item) or []) if isinstance(item, dict) else item for item in value]
    return _group(rules, value)


def _any_of(names: Iterable[str], rule: Rule = _anything) -> dict[str, Rule]:
    return dict.fromkeys(names, rule)


def _groups(groups: Mapping[str, tuple[str, ...]]) -> dict[str, Rule]:
    return {name: partial(_group, _any_of(inner)) if inner else _anything for name, inner in groups.items()}


@cache
def _settings() -> Rule:
    rules = _groups(SETTINGS)
    lightbox, visible = (partial(_group, _any_of(inner, _switch)) for inner in SWITCHES.values())
    of_block = partial(_group, {**rules, "lightbox": lightbox})
    fonts: dict[str, Rule] = {**_any_of(_FONT), "fontFace": partial(_each, _any_of(_FACE))}
    families = partial(_each, {**fonts, **_any_of(MAKERS, partial(_each, fonts))})
    whole: dict[str, Rule] = {
        "lightbox": lightbox,
        "blockVisibility": visible,
        "typography": partial(_group, {**_any_of(SETTINGS["typography"]), "fontFamilies": families}),
        "viewport": partial(_group, _any_of(VIEWPORTS)),
        "blocks": partial(_group, _any_of(block_types(), of_block)),
    }
    return partial(_group, {**rules, **whole})


@cache
def _styles() -> Rule:
    plain = _groups(STYLES)
    elements = partial(_group, {name: partial(_group, _of_element(plain, name)) for name in ELEMENTS})
    inner: dict[str, Rule] = {**plain, "elements": elements}
    bare = {name: _of_block(plain, inner, name) for name in block_types()}
    nested = partial(_group, {name: partial(_group, rules) for name, rules in bare.items()})
    blocks: dict[str, Rule] = {}
    for name, rules in bare.items():
        variation = partial(_group, _of_variation(plain, {**inner, "blocks": nested}, name))
        variations = partial(_group, _any_of(_VARIATIONS.get(name, ()), variation))
        blocks[name] = partial(_group, {**rules, "variations": variations})
    return partial(_group, {**inner, "blocks": partial(_group, blocks)})


def _of_element(plain: dict[str, Rule], name: str) -> dict[str, Rule]:
    return {**plain, **_any_of((*_STATES.get(name, ()), *_BREAKPOINTS), partial(_group, plain))}


def _of_block(plain: dict[str, Rule], inner: dict[str, Rule], name: str) -> dict[str, Rule]:
    states = _any_of(_BLOCK_STATES.get(name, ()), partial(_group, plain))
    own = _any_of(_OWN_STATES.get(name, ()), partial(_group, {**plain, **states}))
    return {**inner, **states, **own, **_any_of(_BREAKPOINTS, partial(_group, {**inner, **states}))}


def _of_variation(plain: dict[str, Rule], whole: dict[str, Rule], name: str) -> dict[str, Rule]:
    states = _any_of(_BLOCK_STATES.get(name, ()), partial(_group, plain))
    return {**whole, **states, **_any_of(_BREAKPOINTS, partial(_group, {**whole, **states}))}
