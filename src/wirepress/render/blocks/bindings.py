"""Block bindings: attributes of a block that come from elsewhere (`WP_Block::process_block_bindings`).

A synced pattern lets each place that shows it say parts of it anew (`core/pattern-overrides`), and a block may show
what is known of the post around it (`core/post-data`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at
from wirepress.render.blocks.shown import is_locked, local, machine_day
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.tags import first_tag

_PUBLIC_META = "footnotes"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("core/paragraph", "content"): ("p",),
    ("core/heading", "content"): _HEADINGS,
    ("core/button", "text"): ("a", "button"),
    ("core/image", "caption"): ("figcaption",),
}
"""The attributes that are an element's content ..."""
_ATTRIBUTES: Mapping[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("core/button", "url"): (("a",), "href"),
    ("core/button", "linkTarget"): (("a",), "target"),
    ("core/button", "rel"): (("a",), "rel"),
    ("core/image", "url"): (("img",), "src"),
    ("core/image", "title"): (("img",), "title"),
    ("core/image", "alt"): (("img",), "alt"),
}
"""... and those that are an attribute of one."""


def with_bindings(html: str, block: Block, scene: Scene) -> str:
    """The saved HTML with what its bindings say in place."""
    metadata = block.settings.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(bindings := metadata.get("bindings"), dict):
        return html
    for name, attribute in (*_TEXTS, *_ATTRIBUTES):
        if name == block.name and (value := _value(attribute, bindings, metadata, scene)) is not None:
            html = _replaced(html, name, attribute, value)
    return html


def _value(attribute: str, bindings: Mapping[str, Any], metadata: Mapping[str, Any], scene: Scene) -> str | None:
    bound = bindings.get(attribute)
    everything = bindings.get("__default")
    if isinstance(everything, dict) and everything.get("source") == "core/pattern-overrides":
        bound = bound or everything
    if not isinstance(bound, dict):
        return None
    if bound.get("source") == "core/pattern-overrides":
        return _override(metadata.get("name"), attribute, scene)
    arguments = bound.get("args")
    if bound.get("source") == "core/post-meta" and isinstance(arguments, dict):
        return _of_meta(arguments.get("key"), scene)
    if bound.get("source") == "core/post-data" and isinstance(arguments, dict):
        return _of_post(arguments.get("field") or arguments.get("key"), scene)
    return None


def _override(name: Any, attribute: str, scene: Scene) -> str | None:
    if not isinstance(name, str) or not name:
        return None
    value = at(scene.context.get("overrides"), name, attribute)
    return value if isinstance(value, str) else None


def _of_meta(key: object, scene: Scene) -> str | None:
    """The meta of the post that the API shows of any post; other meta is nobody's business here."""
    post = scene.post
    if post is None or key != _PUBLIC_META or is_locked(post, scene):
        return None
    value = post.first_meta(_PUBLIC_META)
    return value if isinstance(value, str) else ""


def _of_post(field: object, scene: Scene) -> str | None:
    post = scene.post
    if post is None or is_locked(post, scene):
        return None
    if field == "date":
        return machine_day(local(post.date, scene))
    if field == "modified":
        if post.modified <= post.date:
            return ""
        return machine_day(local(post.modified, scene))
    return scene.lookup.permalink(post) if field == "link" else None


def _replaced(html: str, name: str, attribute: str, value: str) -> str:
    if (name, attribute) in _ATTRIBUTES:
        elements, written = _ATTRIBUTES[name, attribute]
        tag = first_tag(html, *elements)
        if tag is None:
            return html
        tag.set(written, value)
        return tag.apply()
    tag = first_tag(html, *_TEXTS[name, attribute])
    if tag is None or (close := html.lower().find(f"</{tag.name}", tag.end)) < 0:
        return html
    return f"{html[: tag.end]}{kses_markup(value)}{html[close:]}"
