"""`post-new.php` and `post.php`: the block editor for a new post or one that is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from wirepress.admin import assets, editor_settings, editor_words, pages
from wirepress.admin.visit import Screen, Visit
from wirepress.content.identity import nonces
from wirepress.content.posts import locks, publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.web import Response
from wirepress.web.headers import Kind

API_NONCE = "wp_rest"
PREFERENCES = "wp_persisted_preferences"
"""Where the editor keeps what somebody has set in it (the API shows it as persisted_preferences)."""
NEW_TITLE = "Auto Draft"
"""The title of a post that nobody has written in yet (get_default_post_to_edit)."""


def opens_new(visit: Visit) -> int:
    """Makes a post that nobody has written in yet, an auto-draft until it is saved, and locks it."""
    kind = _kind(visit, visit.asked.text("post_type", "post"))
    post = publishing.create(visit.view, visit.viewer, kind.name, Changes(title=NEW_TITLE, status="auto-draft"))
    locks.take(visit.view, visit.viewer, post.id)
    return post.id


def show_new(visit: Visit) -> Response:
    post = publishing.existing(visit.view, visit.opened)
    edits = {"title": visit.asked.text("post_title"), "content": "", "excerpt": ""}
    return _editor(visit, post, _kind(visit, post.type), edits)


def opens(visit: Visit) -> None:
    """Locks a post for whoever opens it; `get-post-lock` takes it over from whoever has it open."""
    post = _asked(visit)
    if "get-post-lock" in visit.asked:
        if not nonces.holds(visit.view, visit.viewer, f"lock-post_{post.id}", visit.asked.text("_wpnonce")):
            raise Forbidden("stale_form", "This page has been open for too long. Go back, load it anew, and try again.")
        locks.take(visit.view, visit.viewer, post.id)
    elif post.type != "attachment" and not locks.holder(visit.view, visit.viewer, post):
        locks.take(visit.view, visit.viewer, post.id)


def show(visit: Visit) -> Response:
    """The editor with a post; a file of the media library has a page of its own."""
    post = _asked(visit)
    if post.type == "attachment":
        return pages.towards(visit, "upload.php", item=post.id)
    if post.status == "trash":
        raise Invalid("in_trash", "This is in the trash. Restore it from there to edit it.")
    kind = _kind(visit, post.type)
    if "get-post-lock" in visit.asked:
        return pages.towards(visit, f"post.php?post={post.id}&action=edit")
    edits = {"title": "", "content": "", "excerpt": ""} if post.status == "auto-draft" else {}
    return _editor(visit, post, kind, edits)


def _asked(visit: Visit) -> Post:
    """The post of the address.  Raises NotFound where there is none, Forbidden where the user may not edit it."""
    post = reading.get(visit.view, visit.asked.number("post"))
    if post is None or post.type == "revision":
        raise NotFound("no_post", "There is no such post. Perhaps it was deleted.")
    if not visit.may("edit_post", post):
        raise Forbidden("no_access", "You may not edit this.")
    return post


def _kind(visit: Visit, name: str) -> PostType:
    """The type of posts that are edited here.  Raises Invalid for one that is not."""
    kind = visit.site.type(name)
    if kind is None or not kind.show_ui or not kind.show_in_rest or "editor" not in kind.supports:
        raise Invalid("no_editor", "What is of this type is not edited here.")
    return kind


def _editor(visit: Visit, post: Post, kind: PostType, edits: Mapping[str, str]) -> Response:
    """The page of the editor: its files, its settings and the answers that it would ask for first."""
    manifest = assets.editor()
    preload = visit.ports.preload(visit.view, visit.viewer, visit.request, post, kind)
    config = configuration(visit, post, kind, edits, preload)
    words: dict[str, Any] = {
        "config": _script_safe(config),
        "heading": visit.say("Edit") if post.status != "auto-draft" else visit.say("Write"),
        "post_type": kind.name,
        "script": _file(visit, manifest["entries"]["editor.js"]),
        "style": _file(visit, manifest["entries"]["editor.css"]),
        "modules": [_file(visit, name) for name in manifest["preload"]],
    }
    scripts = " ".join(f"'{mark}'" for mark in manifest["inlineScripts"])
    rules = {"script_src": f"'self' {scripts}"}
    title = f"{words['heading']} – {kind.singular}"
    return pages.page(visit, "editor.html", title, guarded=Kind.EDITOR, rules=rules, **words)


def _file(visit: Visit, name: str) -> str:
    return visit.address(f"{assets.FOLDER}editor/{name}")


def _script_safe(value: Any) -> str:
    """JSON that may stand in a script element, whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def configuration(
    visit: Visit, post: Post, kind: PostType, edits: Mapping[str, str], preload: Mapping[str, Any]
) -> dict[str, Any]:
    """What docs/editor.md says of the page's configuration."""
    site = visit.site
    theme = _body(preload, "/wp/v2/global-styles/themes/")
    kept = (visit.user.meta.get(PREFERENCES) or [None])[0]
    return {
        "root": site.rest_url("/"),
        "nonce": nonces.nonce(visit.view, visit.viewer, API_NONCE),
        "nonceEndpoint": visit.address("admin-ajax.php?action=rest-nonce"),
        "loginUrl": f"{site.base}/wp-login.php",
        "heartbeat": visit.address("admin-ajax.php?action=wirepress-lock"),
        "user": {"id": visit.viewer.id},
        "post": {
            "id": post.id,
            "type": kind.name,
            "flaw": post.rendering.flaw if post.rendering else "",
            **({"initialEdits": dict(edits)} if edits else {}),
        },
        "settings": editor_settings.settings(visit, post, kind, theme.get("settings", {})),
        "canvasStyles": [
            _file(visit, assets.editor()["entries"]["canvas.css"]),
            visit.address(assets.address("canvas.css")),
        ],
        "blockCategories": [
            {"slug": slug, "title": visit.say(title), "icon": None} for slug, title in editor_settings.CATEGORIES
        ],
        "translations": editor_words.translations(visit),
        "date": editor_words.dates(visit),
        "preferences": kept if isinstance(kept, dict) else {},
        "preload": preload,
        **({} if visit.may("edit_others_posts") else {"library": "all"}),
    }


def _body(preload: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """What the API answers at the first path that begins so, {} where it did not."""
    for asked, answer in preload.items():
        if asked.startswith(path) and isinstance(answer.get("body"), dict):
            found: Mapping[str, Any] = answer["body"]
            return found
    return {}


def _may_write(visit: Visit) -> bool:
    kind = visit.site.type(visit.asked.text("post_type", "post"))
    return kind is not None and visit.may(kind.capabilities.get("create_posts", kind.capabilities["edit_posts"]))


SCREENS = (
    Screen(path="post-new.php", show=show_new, may=_may_write, opens=opens_new),
    Screen(path="post.php", show=show, may=lambda visit: visit.may("edit_posts"), opens=opens),
)
