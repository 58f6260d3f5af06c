"""Renderings of posts: made when something is written, kept with the post, made anew where none holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.rendering import Rendering
from wirepress.render.post import RENDER_VERSION, render_post
from wirepress.store import posts as store

_AT_ONCE = 100  # how many posts that used a changed one are rendered in its write; others wait until they are read


def rendered(view: View, post: Post) -> Post:
    """The post with its rendering: the kept one while it holds, else one made now."""
    kept = post.rendering
    if kept is not None and kept.post_version == post.version and kept.render_version == RENDER_VERSION:
        return post
    return replace(post, rendering=render(view, post))


def render(view: View, post: Post) -> Rendering:
    """A rendering of a post and what it looked at."""
    view.lookup.prefetch((post,), texts=True)
    view.lookup.trace()
    made = render_post(post, view.lookup)
    seen = view.lookup.traced(but=post.id)
    used = replace(
        made.used,
        posts=made.used.posts | seen.posts,
        terms=made.used.terms | seen.terms,
        options=made.used.options | seen.options,
    )
    return replace(made, post_version=post.version, render_version=RENDER_VERSION, used=used)


def refresh(view: View, ids: Sequence[int]) -> None:
    """Renders posts and keeps what came out; in a view that writes."""
    posts = store.load(view.unit, ids)
    view.lookup.remember(posts.values())
    for post in posts.values():
        if post.type != "revision":
            store.save_rendering(view.unit, post.id, render(view, post))


def refresh_spoiled(view: View, ids: Sequence[int]) -> None:
    """Renders some of the posts whose renderings a write has spoiled."""
    refresh(view, ids[:_AT_ONCE])
