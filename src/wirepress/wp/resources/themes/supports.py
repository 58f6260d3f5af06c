"""What a theme can support, and in which words it says so (WP_REST_Themes_Controller::get_item_schema)."""

from __future__ import annotations

from wirepress.wp import schema as s
from wirepress.wp.schema import Schema

_FLAG = s.boolean(default=False)
_TEXT, _NUMBER, _PLAIN = s.text(), s.integer(), s.boolean()


def _options(**options: Schema) -> Schema:
    """No, yes, or an object with some options."""
    named = {name.replace("_", "-"): schema for name, schema in options.items()}
    return s.of(["boolean", "object"], default=False, properties=named, additionalProperties=False)


def _presets(value: str, kind: str) -> Schema:
    """No, or what there is to choose from."""
    names = ("name", value, "slug") if value != "color" else ("name", "slug", value)
    properties = {name: {"type": kind} if name == value else _TEXT for name in names}
    preset = s.mapping(properties=properties, additionalProperties=False)
    return s.of(["boolean", "array"], default=False, items=preset)


HTML5 = ("search-form", "comment-form", "comment-list", "gallery", "caption", "script", "style")
FORMATS = ("standard", "aside", "chat", "gallery", "link", "image", "quote", "status", "video", "audio")
SUPPORTS: Schema = {
    "align-wide": _FLAG,
    "automatic-feed-links": _FLAG,
    "block-templates": _FLAG,
    "block-template-parts": _FLAG,
    "custom-background": _options(
        default_image=s.uri(),
        default_preset=s.choice("", ("default", "fill", "fit", "repeat", "custom")),
        default_position_x=s.choice("", ("left", "center", "right")),
        default_position_y=s.choice("", ("left", "center", "right")),
        default_size=s.choice("", ("auto", "contain", "cover")),
        default_repeat=s.choice("", ("repeat-x", "repeat-y", "repeat", "no-repeat")),
        default_attachment=s.choice("", ("scroll", "fixed")),
        default_color=_TEXT,
    ),
    "custom-header": _options(
        default_image=s.uri(), random_default=_PLAIN, width=_NUMBER, height=_NUMBER, flex_height=_PLAIN,
        flex_width=_PLAIN, default_text_color=_TEXT, header_text=_PLAIN, uploads=_PLAIN, video=_PLAIN,
    ),
    "custom-logo": _options(
        width=_NUMBER, height=_NUMBER, flex_width=_PLAIN, flex_height=_PLAIN, header_text=s.array("", "string"),
        unlink_homepage_logo=_PLAIN,
    ),
    "customize-selective-refresh-widgets": _FLAG,
    "dark-editor-style": _FLAG,
    "disable-custom-colors": _FLAG,
    "disable-custom-font-sizes": _FLAG,
    "disable-custom-gradients": _FLAG,
    "disable-layout-styles": _FLAG,
    "editor-color-palette": _presets("color", "string"),
    "editor-font-sizes": _presets("size", "number"),
    "editor-gradient-presets": _presets("gradient", "string"),
    "editor-spacing-sizes": _presets("size", "string"),
    "editor-styles": _FLAG,
    "html5": s.of(["boolean", "array"], default=False, items=s.choice("", HTML5)),
    "formats": s.of("array", default=["standard"], items={"type": "string", "enum": {name: name for name in FORMATS}}),
    "post-thumbnails": s.of(["boolean", "array"], default=False, items=_TEXT),
    "responsive-embeds": _FLAG,
    "title-tag": _FLAG,
    "wp-block-styles": _FLAG,
}  # fmt: skip
