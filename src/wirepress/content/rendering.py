"""Renderings of posts: made when something is written, kept with the post, made anew where none holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from wirepress.content.lookup import TracingLookup
from wirepress.content.site import Site
from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.model.rendering import Rendering
from wirepress.render.post import RENDER_VERSION, render_post
from wirepress.store import posts as store
from wirepress.store import remote

_AT_ONCE = 100  # how many posts that used what was written are rendered in its unit; others wait until they are read
_EVERYWHERE = (
    "use_smilies",
    "excerpt_length",
    "excerpt_more",
    "permalink_structure",
    "category_base",
    "tag_base",
    "upload_url_path",
    "show_on_front",
    "page_on_front",
)
"""What (nearly) every rendering depends on besides the site's address.  It is not noted with each of them: together it
makes the mark that a kept rendering must carry."""


def mark(site: Site) -> int:
    """The number that renderings made for this site, as it is now, are kept under."""
    return _mark((str(RENDER_VERSION), site.home, site.base, *(str(site.option(name)) for name in _EVERYWHERE)))


@lru_cache(maxsize=64)
def _mark(values: tuple[str, ...]) -> int:
    digest = hashlib.blake2b("\0".join(values).encode("utf-8", "replace"), digest_size=7).digest()
    return int.from_bytes(digest, "big")


def rendered(view: View, post: Post) -> Post:
    """The post with its rendering: the kept one while it holds, else one made now."""
    kept = post.rendering
    if kept is not None and kept.post_version == post.version and kept.render_version == mark(view.site):
        return post
    return replace(post, rendering=render(view, post))


def render(view: View, post: Post) -> Rendering:
    """A rendering of a post and what it looked at."""
    view.lookup.prefetch((post,), texts=True)
    lookup = TracingLookup(view.lookup)
    made = render_post(post, lookup)
    seen = lookup.used(besides=post.id)
    used = replace(
        made.used,
        posts=made.used.posts | seen.posts,
        terms=made.used.terms | seen.terms,
        options=(made.used.options | seen.options).difference(_EVERYWHERE),
        wishes=seen.wishes,
    )
    return replace(made, post_version=post.version, render_version=mark(view.site), used=used)


def refresh(view: View, ids: Sequence[int]) -> None:
    """Renders posts and keeps what came out and what they want of other sites; in a view that writes."""
    posts = store.load(view.unit, ids)
    view.lookup.add_posts(posts.values())
    for post in posts.values():
        refreshed(view, post)


def refreshed(view: View, post: Post) -> Post:
    """The post with a rendering made now, which is kept with it; in a view that writes.  A revision has none."""
    if post.type == "revision":
        return post
    made = render(view, post)
    store.save_rendering(view.unit, post.id, made)
    remote.want(view.unit, made.used.wishes)
    post = replace(post, rendering=made)
    view.lookup.add_posts((post,))
    return post


def refresh_old(view: View, limit: int = 100) -> int:
    """Renders some posts whose renderings were made for the site as it was; how many.  For a worker with time."""
    ids = store.rendered_otherwise(view.unit, mark(view.site), limit)
    refresh(view, ids)
    return len(ids)


def refresh_spoiled(view: View) -> None:
    """Renders some of the posts whose renderings the view's unit has spoiled; called once, at its end."""
    refresh(view, tuple(view.unit.spoiled)[:_AT_ONCE])
