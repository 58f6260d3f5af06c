"""The rendering of a post: title, content and excerpt, as they are kept with it.

What a rendering asked of the site is noted by the `Lookup` that it asked; `Rendering.used` is left to whoever keeps
it.  An attachment's content is its description with the file before it, its excerpt the caption.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.model.rendering import Hole, HoleKind, Rendering, Text, pieces_to_json, solid
from wirepress.render.blocks.parse import has_blocks
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.chains import the_content, the_excerpt
from wirepress.render.excerpts import trimmed_excerpt
from wirepress.render.numbers import clean
from wirepress.render.phpstr import trim
from wirepress.render.response_context import ResponseContext
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import CORE_SHORTCODES, names_in
from wirepress.render.titles import title
from wirepress.render.typography import signs_for

RENDER_VERSION = 3
"""Raised with every change of the code that could change a kept rendering."""

_STRENGTH = (HoleKind.POSTS, HoleKind.TIME, HoleKind.ADDRESS, HoleKind.VIEWER)


def render_post(post: Post, lookup: Lookup) -> Rendering:
    """A post's rendering, to be kept: everything that only an answer knows is a hole."""
    return Rendering(
        title=solid(title(post.title, signs_for(lookup))),
        content=render_content(post, lookup),
        excerpt=render_excerpt(post, lookup),
        post_version=post.version,
        render_version=RENDER_VERSION,
    )


def render_content(post: Post, lookup: Lookup) -> Text:
    """`content.rendered`, whether the post is protected or not."""
    text = _made(lambda scene: the_content(clean(post.content), scene), scene_of(post, lookup, None), "content")
    if has_blocks(post.content) or not names_in(post.content, CORE_SHORTCODES):
        return text
    late = _made(
        lambda scene: the_content(clean(post.content), replace(scene, after_blocks=True)),
        scene_of(post, lookup, None),
        "content",
    )
    if late.pieces == text.pieces:
        return text
    return Text((Hole(HoleKind.NUMBER, "autop", [_json(text), _json(late)]),), text.takes)


def render_excerpt(post: Post, lookup: Lookup) -> Text:
    """`excerpt.rendered`; numbers that the way to it used up are among its `takes`."""
    return _made(lambda scene: excerpt_html(post, scene), scene_of(post, lookup, None), "excerpt")


def excerpt_html(post: Post, scene: Scene) -> str:
    """The excerpt of a post as readers see it; a revision has none but its own."""
    if post.type == "revision" and not trim(post.excerpt):
        return ""
    return the_excerpt(trimmed_excerpt(clean(post.excerpt), clean(post.content), scene), scene)


def remade(hole: Hole, lookup: Lookup, answer: ResponseContext, post: Post | None = None) -> Text:
    """A text that can only be rendered for an answer, rendered for this one."""
    post = post or lookup.post(int(hole.data["post"]))
    if post is None:
        return solid("")
    scene = replace(scene_of(post, lookup, answer), remote=dict(hole.data.get("remote", {})))
    html = excerpt_html(post, scene) if hole.name == "excerpt" else the_content(clean(post.content), scene)
    return scene.numbers.text(html)


def _made(make: Callable[[Scene], str], scene: Scene, name: str) -> Text:
    html = make(scene)
    if scene.needed:
        kind = max(scene.needed, key=_STRENGTH.index)
        data: dict[str, Any] = {"post": scene.post_id}
        if scene.remote:
            data["remote"] = scene.remote
        return Text((Hole(kind, name, data),))
    return scene.numbers.text(html)


def scene_of(post: Post, lookup: Lookup, answer: ResponseContext | None) -> Scene:
    """What a post's texts are rendered in; without an answer they are rendered to be kept."""
    return Scene(lookup, post, answer, DYNAMIC, the_content, _inner_excerpt, open=(post.id,))


def _inner_excerpt(post: Post, scene: Scene, length: int) -> str:
    return trimmed_excerpt(clean(post.excerpt), clean(post.content), scene, length=length)


def _json(text: Text) -> list[object]:
    value = pieces_to_json(Text(text.pieces))
    return list(value)
