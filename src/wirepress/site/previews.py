"""Previews: what is not published, or not saved yet, as its page will look, for those who may edit it.

WordPress's addresses: `?p=N&preview=true` for what is not published, `preview_id` and `preview_nonce` besides for what
an editor holds of a published post (_set_preview, _show_post_preview).
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from wirepress.content.addresses.archive import post_of
from wirepress.content.addresses.page import Shown
from wirepress.content.identity import nonces
from wirepress.content.identity.cookies import LOGGED_IN, Jar
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import reading, revisions
from wirepress.content.rendering import render
from wirepress.content.rewrite.rules import resolve
from wirepress.model.post import Post
from wirepress.model.web import Request


def asked_for(request: Request) -> bool:
    """Whether a request is for a preview, and comes from somebody who may be logged in."""
    return "preview=true" in request.query and "wordpress_logged_in" in request.headers.get("cookie", "")


def shown_to_editor(view: View, request: Request) -> Shown | None:
    """The post of a preview, as its editor holds it; None for those who may not edit it, and where there is none."""
    viewer = Jar.of(view.site, request).viewer(view, request, LOGGED_IN)
    if viewer is None:
        return None
    target = resolve(view.site, request.path, request.query)
    asked = {name: values[-1] for name, values in parse_qs(request.query).items()}
    number = next((asked[name] for name in ("preview_id", "p", "page_id") if asked.get(name, "").isdecimal()), "")
    post = reading.get(view, int(number[:18])) if number else post_of(view, target)
    if post is None or post.status == "trash" or not may(view, viewer, "edit_post", post):
        return None
    if nonces.holds(view, viewer, f"post_preview_{post.id}", asked.get("preview_nonce", "")):
        post = _unsaved(view, viewer, post)
    return Shown(target, post=replace(post, password=""), canonical=view.lookup.permalink(post))


def _unsaved(view: View, viewer: Viewer, post: Post) -> Post:
    """A post with the texts that the viewer has not saved."""
    kept = revisions.autosaved(view, viewer, post)
    if kept is None:
        return post
    changed = replace(post, title=kept.title, content=kept.content, excerpt=kept.excerpt)
    return replace(changed, rendering=render(view, changed))
