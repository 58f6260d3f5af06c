"""The rendering of a post: title, content and excerpt, as they are kept with it.

What a rendering asked of the site is noted by the `Lookup` that it asked; `Rendering.used` is left to whoever keeps
it.  An attachment's content is its description with the file before it, its excerpt the caption.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.model.rendering import Hole, HoleKind, Rendering, Text, pieces_to_json, solid
from wirepress.render.blocks.parse import has_blocks
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.budget import WORK, Budget, OverBudget, answer_too_large, for_text
from wirepress.render.chains import the_content, the_excerpt
from wirepress.render.entities import escape_html
from wirepress.render.excerpts import trimmed_excerpt, unfolded
from wirepress.render.numbers import clean
from wirepress.render.phpstr import trim
from wirepress.render.response_context import ResponseContext
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import CORE_SHORTCODES, names_in
from wirepress.render.titles import title
from wirepress.render.typography import signs_for

RENDER_VERSION = 7
"""Raised with every change of the code that could change a kept rendering."""

_STRENGTH = (HoleKind.POSTS, HoleKind.TIME, HoleKind.ADDRESS, HoleKind.VIEWER)


def render_post(post: Post, lookup: Lookup, *, purse: Budget | None = None) -> Rendering:
    """A post's rendering, to be kept: everything that only an answer knows is a hole.

    A text that takes more work than it may is shown as it was written, and `flaw` says why.  With a `purse` all texts
    take at most what is in it, and OverBudget is raised instead.
    """
    content = _content(post, lookup, purse)
    if content.flaw and not post.excerpt:
        excerpt = _Made(solid(as_written(post, "excerpt")))  # its way leads through the content
    else:
        excerpt = _excerpt(post, lookup, purse)
    return Rendering(
        title=solid(title(post.title, signs_for(lookup))),
        content=content.text,
        excerpt=excerpt.text,
        post_version=post.version,
        render_version=RENDER_VERSION,
        flaw=content.flaw or excerpt.flaw,
    )


class _Made(NamedTuple):
    text: Text
    flaw: str = ""


def render_content(post: Post, lookup: Lookup) -> Text:
    """`content.rendered`, whether the post is protected or not."""
    return _content(post, lookup, None).text


def render_excerpt(post: Post, lookup: Lookup) -> Text:
    """`excerpt.rendered`; numbers that the way to it used up are among its `takes`."""
    return _excerpt(post, lookup, None).text


def _content(post: Post, lookup: Lookup, purse: Budget | None) -> _Made:
    raw = clean(post.content)
    made = _within(lambda scene: the_content(raw, scene), scene_of(post, lookup, None), "content", purse)
    if made.flaw or has_blocks(post.content) or not names_in(post.content, CORE_SHORTCODES):
        return made
    after_blocks = replace(scene_of(post, lookup, None), after_blocks=True)
    late = _within(lambda scene: the_content(raw, scene), after_blocks, "content", purse)
    if late.flaw or late.text.pieces == made.text.pieces:
        return late if late.flaw else made
    return _Made(Text((Hole(HoleKind.NUMBER, "autop", [_json(made.text), _json(late.text)]),), made.text.takes))


def _excerpt(post: Post, lookup: Lookup, purse: Budget | None) -> _Made:
    return _within(lambda scene: excerpt_html(post, scene), scene_of(post, lookup, None), "excerpt", purse)


def _within(make: Callable[[Scene], str], scene: Scene, name: str, purse: Budget | None) -> _Made:
    post = scene.post
    assert post is not None, name
    budget = for_text(post.content, WORK if purse is None else purse.left)
    try:
        return _Made(_made(make, replace(scene, budget=budget), name))
    except OverBudget as error:
        if purse is not None:
            raise
        return _Made(solid(as_written(post, name)), error.reason)
    finally:
        if purse is not None:
            purse.left = max(0, budget.left)


_MOST_SHOWN = 500
"""How many characters an excerpt has that is shown as it was written."""


def as_written(post: Post, name: str) -> str:
    """A content, or the beginning of an excerpt, as text: nothing in it is markup any more."""
    if name == "content":
        return f"<pre>{escape_html(clean(post.content))}</pre>"
    return f"<p>{escape_html(clean(post.excerpt or post.content)[:_MOST_SHOWN])}</p>"


def excerpt_html(post: Post, scene: Scene) -> str:
    """The excerpt of a post as readers see it; a revision has none but its own."""
    if post.type == "revision" and not trim(post.excerpt):
        return ""
    return the_excerpt(trimmed_excerpt(clean(post.excerpt), clean(post.content), scene), scene)


def remade(hole: Hole, lookup: Lookup, answer: ResponseContext, post: Post | None = None) -> Text:
    """A text that can only be rendered for an answer, rendered for this one.

    Raises Invalid where the texts of the answer take more work than one answer may, OverBudget where nobody is patient.
    """
    post = post or lookup.post(int(hole.data["post"]))
    if post is None:
        return solid("")
    scene = replace(scene_of(post, lookup, answer), remote=dict(hole.data.get("remote", {})))
    return _now(post, hole.name, scene, answer)


def render_for_feed(post: Post, lookup: Lookup, answer: ResponseContext, *, after_blocks: bool = False) -> Text:
    """A post's content as feeds have it: its first page, with links for galleries and playlists.  Raises as `remade`
    does."""
    scene = replace(scene_of(post, lookup, answer), feed=True, after_blocks=after_blocks)
    return _now(post, "content", scene, answer)


def _now(post: Post, name: str, scene: Scene, answer: ResponseContext) -> Text:
    """A post's content or excerpt, rendered for an answer within its budget."""
    raw = clean(post.content)
    if scene.feed:
        raw = unfolded(raw, post.id)
    budget = for_text(post.content, max(0, min(WORK, answer.budget.left)))
    scene = replace(scene, budget=budget)
    before = budget.left
    try:
        html = excerpt_html(post, scene) if name == "excerpt" else the_content(raw, scene)
    except OverBudget as error:
        if not answer.patient:
            raise
        if answer.listed and answer.budget.left < WORK:
            raise answer_too_large() from error
        return solid(as_written(post, name))
    finally:
        answer.budget.left -= before - budget.left
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
