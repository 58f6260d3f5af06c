"""Global styles: what the theme sets, what the site's people have changed, and the revisions of that."""

from __future__ import annotations

import json as text_json
from typing import Any

from wirepress.content import posts
from wirepress.content.permissions import may
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.render.titles import title
from wirepress.wp import headers
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError, denied
from wirepress.wp.resources.answers import Answer, Answers, Json, item, own, to
from wirepress.wp.resources.common import page_of, refuse, whole
from wirepress.wp.resources.kinds import edits_any
from wirepress.wp.resources.theme_facts import stylesheet
from wirepress.wp.resources.theme_styles import SETTINGS, STYLES
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

ROUTE = "/wp/v2/global-styles"
ITEM = r"/wp/v2/global-styles/(?P<id>[\/\d+]+)"
REVISIONS = r"/wp/v2/global-styles/(?P<parent>[\d]+)/revisions"
THEME = r'/wp/v2/global-styles/themes/(?P<stylesheet>[^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)'
VARIATIONS = r"/wp/v2/global-styles/themes/(?P<stylesheet>[\/\s%\w\.\(\)\[\]\@_\-]+)/variations"
CHANGING = ("POST", "PUT", "PATCH")


def styles_id(call: Call) -> int:
    """The id of the post that holds what the site's people have changed of the theme, 0 when nothing was."""
    found = call.memory.get("styles")
    if found is None:
        query = PostQuery(
            types=("wp_global_styles",),
            slugs=(f"wp-global-styles-{stylesheet(call)}",),
            statuses=("publish",),
            visibility=Visibility(all_of=("publish",)),
            per_page=1,
        )
        ids = posts.browse(call.view, call.viewer, query).ids
        found = call.memory["styles"] = ids[0] if ids else 0
    return int(found)


def _post(call: Call, name: str = "id") -> Post:
    post = posts.get(call.view, whole(call.params, name), ("wp_global_styles",))
    if post is None:
        raise WireError("rest_global_styles_not_found", "There are no such styles.", 404)
    return post


def _read_rule(call: Call) -> None:
    post = _post(call)
    if call.params.get("context") == "edit" and not may(call.view, call.viewer, "edit_post", post):
        refuse(call, "rest_forbidden_context", "You may not edit these styles.")
    if not edits_any(call):
        refuse(call, "rest_cannot_view", "You may not see these styles.")


def _changed(post: Post) -> dict[str, Any]:
    """What the post holds (theme.json in words); anything else is nothing."""
    try:
        kept = text_json.loads(post.content)
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) and kept.get("isGlobalStylesUserThemeJSON") else {}


def read(call: Call) -> Result:
    post = _post(call)
    changed = _changed(post)
    value = {
        "id": post.id,
        "title": {"raw": post.title, "rendered": title(post.title)},
        "settings": changed.get("settings") or {},
        "styles": changed.get("styles") or {},
    }
    route = f"{ROUTE}/{post.id}"
    changing = CHANGING if may(call.view, call.viewer, "edit_post", post) else ()
    links: dict[str, list[dict[str, Json]]] = {
        "self": own(call, route, ("GET", *changing)),
        "about": to(call, "/wp/v2/types/wp_global_styles"),
        "version-history": to(call, f"{route}/revisions", count=post.revisions),
    }
    if post.revisions and post.last_revision:
        links["predecessor-version"] = to(call, f"{route}/revisions/{post.last_revision}", id=post.last_revision)
    links["wp:action-publish"] = to(call, route)
    if may(call.view, call.viewer, "edit_css"):
        links["wp:action-edit-css"] = to(call, route)
    return Result(value=item(call, value, schema_of(ITEM), links, listed=False))


def _theme_rule(call: Call) -> None:
    if not (edits_any(call) or call.viewer.can("edit_theme_options")):
        raise denied("rest_cannot_read_global_styles", "You may not see the theme's styles.", call.logged_in)


def _of_theme(call: Call) -> str:
    name = str(call.params.get("stylesheet"))
    if name != stylesheet(call):
        raise WireError("rest_theme_not_found", "There is no such theme.", 404)
    return name


def theme(call: Call) -> Result:
    name = _of_theme(call)
    links = {"self": own(call, f"{ROUTE}/themes/{name}")}
    value = {"settings": SETTINGS, "styles": STYLES}
    return Result(value=item(call, value, schema_of(ITEM), links, listed=False))


def variations(call: Call) -> Result:
    """The theme comes in one style."""
    _of_theme(call)
    return Result(value=[])


def _revisions_rule(call: Call) -> None:
    post = posts.get(call.view, whole(call.params, "parent"), ("wp_global_styles",))
    if post is None:
        raise WireError("rest_post_invalid_parent", "There are no such styles.", 404)
    if not may(call.view, call.viewer, "edit_post", post):
        refuse(call, "rest_cannot_read", "You may not see these revisions.")


def revisions(call: Call) -> Result:
    post = _post(call, "parent")
    if post.revisions:
        raise WireError("rest_not_implemented", "These revisions cannot be shown yet.", 501)
    result = Result(value=[])
    size = whole(call.params, "per_page", 10)
    headers.paging(call, result, f"{ROUTE}/{post.id}/revisions", 0, size, page_of(call.params))
    return result


ANSWERS: Answers = {
    ITEM: Answer(read, _read_rule),
    REVISIONS: Answer(revisions, _revisions_rule),
    THEME: Answer(theme, _theme_rule),
    VARIATIONS: Answer(variations, _theme_rule),
}
