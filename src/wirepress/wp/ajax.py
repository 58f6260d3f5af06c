"""`/wp-admin/admin-ajax.php`: what the block editor asks besides the API.

`rest-nonce` gives a new nonce, `wirepress-lock` keeps the lock of a post that is open (WordPress's heartbeat does that,
in words of its own), `wp-remove-post-lock` gives it back when the page is left.
"""

from __future__ import annotations

from typing import Any

from wirepress.content.identity import nonces, second_factor
from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.cookies import AUTH, LOGGED_IN, Jar
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import locks, reading
from wirepress.model.post import Post
from wirepress.model.web import Request, Response
from wirepress.web.headers import Kind, guards
from wirepress.wp import avatars, json
from wirepress.wp.auth import NONCE
from wirepress.wp.errors import WireError
from wirepress.wp.form import Variables
from wirepress.wp.login_pages import UNCACHED
from wirepress.wp.values import to_int

PATH = "/wp-admin/admin-ajax.php"
HEADERS = (*guards(Kind.AJAX), *UNCACHED)


def answer(newsroom: Newsroom, request: Request, asked: Variables) -> Response:
    """The answer to an action; 400 with `0` where there is no such action or nobody is logged in."""
    action = asked.text("action")
    with newsroom.view() as view:
        viewer = Jar.of(view.site, request).viewer(view, request, AUTH, LOGGED_IN)
        if viewer is None:
            return _text(400, "0")
        if action == "rest-nonce":
            return _text(200, nonces.nonce(view, viewer, NONCE))
        if second_factor.is_due(view, viewer):
            return _text(403, "-1")
    if action == "wirepress-lock" and request.method == "POST":
        return _renewed(newsroom, viewer, request)
    if action == "wp-remove-post-lock" and request.method == "POST":
        return _released(newsroom, viewer, asked)
    return _text(400, "0")


def _text(status: int, text: str) -> Response:
    return Response(status, [("Content-Type", "text/html; charset=UTF-8"), *HEADERS], text.encode())


def _json(status: int, value: Any) -> Response:
    return Response(status, [("Content-Type", "application/json; charset=UTF-8"), *HEADERS], json.dump(value))


def _refused(code: str, message: str) -> Response:
    return _json(403, WireError(code, message, 403).body())


def _renewed(newsroom: Newsroom, viewer: Viewer, request: Request) -> Response:
    """The lock as it is from now on, or who has the post instead (wp_refresh_post_lock)."""
    try:
        sent = json.load(request.body.read(10_000))
    except json.NoJson:
        sent = None
    number = to_int(sent.get("post")) if isinstance(sent, dict) else 0
    with newsroom.write(actor_of(viewer, request)) as view:
        given = request.headers.get("x-wp-nonce", "")
        if not nonces.holds(view, viewer, NONCE, given):
            return _refused("rest_cookie_invalid_nonce", "The nonce does not hold.")
        post = _editable(view, viewer, number)
        if post is None:
            return _refused("rest_cannot_edit", "You may not edit this post.")
        other = locks.holder(view, viewer, post)
        kept: dict[str, Any] = {"lock": None, "holder": None, "taken_over": bool(other)}
        if other:
            kept["holder"] = _shown(view, other)
        else:
            kept["lock"] = locks.take(view, viewer, post.id)
        return _json(200, {**kept, "nonce": nonces.nonce(view, viewer, NONCE)})


def _shown(view: View, user_id: int) -> dict[str, Any]:
    """Somebody as the editor's dialogue shows them."""
    user = view.lookup.user(user_id)
    if user is None:
        return {"id": user_id, "name": "", "avatar": ""}
    picture = avatars.of_email(view.site, user.email)["48"] if view.site.flag("show_avatars") else ""
    return {"id": user_id, "name": user.name or user.login, "avatar": picture}


def _released(newsroom: Newsroom, viewer: Viewer, asked: Variables) -> Response:
    """Gives a lock back; the form comes from a page that is being left, and nobody reads the answer."""
    number = to_int(asked.posted("post_ID"))
    with newsroom.view() as view:
        if not nonces.holds(view, viewer, f"update-post_{number}", asked.posted("_wpnonce")):
            return _text(403, "-1")
    with newsroom.write() as view:
        if _editable(view, viewer, number) is None:
            return _text(403, "-1")
        locks.release(view, viewer, number, asked.posted("active_post_lock"))
    return _text(200, "1")


def _editable(view: View, viewer: Viewer, number: int) -> Post | None:
    post = reading.get(view, number) if number > 0 else None
    if post is None or not may(view, viewer, "edit_post", post):
        return None
    return post
